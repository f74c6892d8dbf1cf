package test;

import dev.singleflight.SingleflightGroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import test.Domain.Repository;
import test.Domain.User;

/** Wrappers of wrappers: what the outermost caller gives is what counts. */
class NestedWrappers {
  /** Shared by many services. */
  static final class Coalescer<K, V> {
    private final SingleflightGroup<K, V> group = SingleflightGroup.create();

    V load(K key, Supplier<V> loader) {
      return run(key, loader);
    }

    private V run(K key, Supplier<V> loader) {
      return group.execute(key, () -> loader.get());
    }
  }

  static final class Find implements Supplier<User> {
    private final Repository db;
    private final String tenant;
    private final String id;

    Find(Repository db, String tenant, String id) {
      this.db = db;
      this.tenant = tenant;
      this.id = id;
    }

    @Override
    public User get() {
      return db.findUser(tenant, id);
    }
  }

  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Coalescer<String, User> users = new Coalescer<>();
  private final Map<String, Coalescer<String, User>> perTenant = new ConcurrentHashMap<>();
  private final Repository db;

  NestedWrappers(Repository db) {
    this.db = db;
  }

  private User load(String key, Supplier<User> loader) {
    return coalesce(key, loader);
  }

  private User coalesce(String key, Supplier<User> loader) {
    return group.execute(key, () -> loader.get());
  }

  User twoPrivate(String tenantId, String id) {
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return load(id, () -> db.findUser(tenantId, id));
  }

  User twoPrivateWithTenant(String tenantId, String id) {
    return load(tenantId + id, () -> db.findUser(tenantId, id));
  }

  User inAnotherClass(String tenantId, String id) {
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.load(id, () -> db.findUser(tenantId, id));
  }

  User ofLocalFunction(String tenantId, String id) {
    Supplier<User> loader = () -> db.findUser(tenantId, id);
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.load(id, loader);
  }

  User ofNamedClass(String tenantId, String id) {
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.load(id, new Find(db, tenantId, id));
  }

  User ofAnonymousClass(String tenantId, String id) {
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.load(
        id,
        new Supplier<User>() {
          @Override
          public User get() {
            return db.findUser(tenantId, id);
          }
        });
  }

  User ofNamedClassWithTenant(String tenantId, String id) {
    return users.load(tenantId + ":" + id, new Find(db, tenantId, id));
  }

  User oneWrapperForEachTenant(String tenantId, String id) {
    return perTenant
        .computeIfAbsent(tenantId, t -> new Coalescer<>())
        .load(id, () -> db.findUser(tenantId, id));
  }

  User addedInside(String tenantId, String id) {
    return scoped(tenantId, id, () -> db.findUser(tenantId, id));
  }

  private User scoped(String tenantId, String id, Supplier<User> loader) {
    return coalesce(tenantId + ":" + id, loader);
  }

  User keyMadeOutside(String tenant, String id) {
    return find(tenant + ":" + id, tenant);
  }

  User keyMadeOutsideWithoutTenant(String tenantId, String id) {
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return find(id, tenantId);
  }

  private User find(String key, String owner) {
    return findOnce(key, owner);
  }

  private User findOnce(String key, String owner) {
    return group.execute(key, () -> db.findUser(owner, key));
  }
}
