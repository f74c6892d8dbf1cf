package test;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantLoader;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import test.Domain.Repository;
import test.Domain.User;

class Loaders {
  private final SingleflightLoader<String, User> users;
  private final TenantLoader<String, String, User> tenants;

  Loaders(Repository repository) {
    this.users = SingleflightLoader.newBuilder().build(repository::findUser);
    this.tenants = SingleflightLoader.newBuilder().buildPerTenant(repository::findUser);
  }

  User timed(String id) {
    // BUG: Diagnostic contains: is the time of the call
    return users.get(id + "@" + System.nanoTime());
  }

  User random(String tenant) {
    // BUG: Diagnostic contains: is random
    return tenants.get(tenant, UUID.randomUUID().toString());
  }

  User stable(String tenant, String id) {
    return users.get(tenant + "/" + id);
  }

  Map<String, User> many(List<String> ids) {
    return users.getAll(ids);
  }
}
