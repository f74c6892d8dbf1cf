package test;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantLoader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import test.Domain.Repository;
import test.Domain.User;

class Loaders {
  private final SingleflightLoader<String, User> users;
  private final TenantLoader<String, String, User> tenants;

  Loaders(Repository repository) {
    this.users = SingleflightLoader.newBuilder().build(repository::findUser);
    this.tenants = SingleflightLoader.newBuilder().buildPerTenant(repository::findUser);
  }

  synchronized User get(String id) {
    // BUG: Diagnostic contains: waits for a coalesced load (users.get) while holding 'this'
    return users.get(id);
  }

  synchronized Map<String, User> getAll(List<String> ids) {
    // BUG: Diagnostic contains: waits for a coalesced load (users.getAll)
    return users.getAll(ids);
  }

  synchronized User ofTenant(String tenant, String id) {
    // BUG: Diagnostic contains: waits for a coalesced load (tenants.get)
    return tenants.get(tenant, id);
  }

  synchronized User chosen(String tenant, String id) {
    // BUG: Diagnostic contains: waits for a coalesced load
    return tenants.forTenant(tenant).get(id);
  }

  synchronized User refreshed(String id) {
    // BUG: Diagnostic contains: waits for a coalesced load
    return users.refresh(id).join();
  }

  synchronized CompletableFuture<User> started(String id) {
    return users.getAsync(id);
  }

  synchronized void changed(String id) {
    users.invalidate(id);
    users.refresh(id);
    tenants.invalidateAll();
  }

  synchronized User cached(String id) {
    return users.getIfPresent(id).orElse(null);
  }
}
