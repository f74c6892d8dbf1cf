package test;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantLoader;
import test.Domain.Repository;
import test.Domain.User;

class Loaders {
  private final Repository repository;
  private final SingleflightLoader<String, User> users;
  private final SingleflightLoader<String, User> parents =
      // BUG: Diagnostic contains: asks the same group for the same key again
      SingleflightLoader.newBuilder().build(this::parent);
  private final TenantLoader<String, String, User> tenants =
      // BUG: Diagnostic contains: asks the same group for the same key again
      SingleflightLoader.newBuilder().buildPerTenant((tenant, id) -> ofTenant(tenant, id));
  private final SingleflightLoader<String, User> roots =
      SingleflightLoader.newBuilder().build(this::root);
  private final TenantLoader<String, String, User> defaults =
      SingleflightLoader.newBuilder().buildPerTenant((tenant, id) -> orDefault(tenant, id));

  Loaders(Repository repository) {
    this.repository = repository;
    // BUG: Diagnostic contains: The loader of Builder.build for the key it is given asks
    this.users = SingleflightLoader.newBuilder().build(id -> again(id));
  }

  private User again(String id) {
    User found = repository.findUser(id);
    return found != null ? found : users.get(id);
  }

  private User parent(String id) {
    return parents.getAsync(id).join();
  }

  private User ofTenant(String tenant, String id) {
    return tenants.forTenant(tenant).get(id);
  }

  /** Another key. */
  private User root(String id) {
    return id.equals("root") ? repository.findUser(id) : roots.get("root");
  }

  /** Another tenant. */
  private User orDefault(String tenant, String id) {
    User found = repository.findUser(tenant, id);
    return found != null ? found : defaults.get("default", id);
  }

  /** Another loader. */
  private final SingleflightLoader<String, User> others =
      SingleflightLoader.newBuilder().build(id -> roots.get(id));

  /** What was forgotten is loaded by a flight of its own. */
  private final SingleflightLoader<String, User> renewed =
      SingleflightLoader.newBuilder().build(this::renew);

  private User renew(String id) {
    renewed.invalidate(id);
    return renewed.get(id);
  }

  private final SingleflightLoader<String, User> emptied =
      SingleflightLoader.newBuilder().build(this::empty);

  private User empty(String id) {
    emptied.invalidateAll();
    return emptied.get(id);
  }
}
