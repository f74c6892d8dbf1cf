package test;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantLoader;
import java.util.List;
import test.Domain.Repository;
import test.Domain.User;

class Loaders {
  private final SingleflightLoader<String, User> users;
  private final TenantLoader<String, String, User> tenants;
  private final SingleflightLoader<String, User> copies;
  private final TenantLoader<String, String, User> tenantCopies;

  Loaders(Repository repository) {
    this.users = SingleflightLoader.newBuilder().maximumSize(10).build(repository::findUser);
    this.tenants = SingleflightLoader.newBuilder().buildPerTenant(repository::findUser);
    this.copies =
        SingleflightLoader.newBuilder()
            .maximumSize(10)
            .copyOnReturn(User::copy)
            .build(repository::findUser);
    this.tenantCopies =
        SingleflightLoader.newBuilder()
            .copyOnReturn(User::copy)
            .buildPerTenant(repository::findUser);
  }

  void direct(String id) {
    User user = users.get(id);
    // BUG: Diagnostic contains: changes an object that a coalesced load hands to every caller
    user.setName("x");
  }

  void inside(String tenant, String id) {
    // BUG: Diagnostic contains: changes an object
    tenants.get(tenant, id).getRoles().add("admin");
  }

  void chosen(String tenant, String id) {
    // BUG: Diagnostic contains: changes an object
    tenants.forTenant(tenant).get(id).touch(1);
  }

  void many(List<String> ids) {
    for (User user : users.getAll(ids).values()) {
      // BUG: Diagnostic contains: changes an object
      user.setName("x");
    }
  }

  void manyOfTheCallersOwn(List<String> ids) {
    users.getAll(ids).remove("x");
  }

  void present(String id) {
    // BUG: Diagnostic contains: changes an object
    users.getIfPresent(id).ifPresent(user -> user.setName("x"));
  }

  void later(String id) {
    // BUG: Diagnostic contains: changes an object
    users.getAsync(id).thenAccept(user -> user.setName("x"));
  }

  void copied(String id) {
    User user = users.get(id).copy();
    user.setName("x");
  }

  /** Each caller gets a copy of its own. */
  void copiedOnReturn(String tenant, String id) {
    copies.get(id).setName("x");
    tenantCopies.get(tenant, id).setName("x");
    tenantCopies.forTenant(tenant).get(id).setName("x");
  }
}
