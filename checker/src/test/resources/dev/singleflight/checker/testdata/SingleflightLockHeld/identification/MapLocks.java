package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import dev.singleflight.SingleflightGroup;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import test.Domain.*;

/** Loads made while a map or cache holds a lock of its own. */
class MapLocks {
  private final ConcurrentHashMap<String, User> map = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, User> byInterface = new ConcurrentHashMap<>();
  private final Cache<String, User> caffeine = Caffeine.newBuilder().build();
  private final com.google.common.cache.Cache<String, User> guava =
      CacheBuilder.newBuilder().build();
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final ReentrantLock lock = new ReentrantLock();
  private final Repository db;

  MapLocks(Repository db) {
    this.db = db;
  }

  User computeIfAbsent(String id) {
    // BUG: Diagnostic contains: the internal lock of map
    return map.computeIfAbsent(id, k -> users.execute(k, db::findUser));
  }

  User ofInterface(String id) {
    // BUG: Diagnostic contains: the internal lock of byInterface
    return byInterface.computeIfAbsent(id, k -> users.execute(k, db::findUser));
  }

  User compute(String id) {
    return map.compute(
        id,
        (k, old) -> {
          if (old != null) {
            return old;
          }
          // BUG: Diagnostic contains: the internal lock of map
          return users.execute(k, db::findUser);
        });
  }

  User computeIfPresent(String id) {
    // BUG: Diagnostic contains: the internal lock of map
    return map.computeIfPresent(id, (k, old) -> users.execute(k, db::findUser));
  }

  User merge(String id, User fresh) {
    // BUG: Diagnostic contains: the internal lock of map
    return map.merge(id, fresh, (a, b) -> users.execute(id, db::findUser));
  }

  User caffeineGet(String id) {
    // BUG: Diagnostic contains: the internal lock of caffeine
    return caffeine.get(id, k -> users.execute(k, db::findUser));
  }

  User caffeineMap(String id) {
    // BUG: Diagnostic contains: the internal lock of
    return caffeine.asMap().computeIfAbsent(id, k -> users.execute(k, db::findUser));
  }

  User guavaGet(String id) throws ExecutionException {
    // BUG: Diagnostic contains: the internal lock of guava
    return guava.get(id, () -> users.execute(id, db::findUser));
  }

  private final LoadingCache<String, User> loading =
      Caffeine.newBuilder()
          .maximumSize(100)
          // BUG: Diagnostic contains: the internal lock of
          .build(id -> users().execute(id, k -> db().findUser(k)));

  User fromLoading(String id) {
    return loading.get(id);
  }

  private SingleflightGroup<String, User> users() {
    return users;
  }

  private Repository db() {
    return db;
  }

  private User loadFor(String id) {
    return users.execute(id, db::findUser);
  }

  User helperInCompute(String id) {
    // BUG: Diagnostic contains: loadFor(…) → users.execute
    return map.computeIfAbsent(id, k -> loadFor(k));
  }

  User directly(String id) {
    return loadFor(id);
  }

  User methodReference(String id) {
    // BUG: Diagnostic contains: the internal lock of map
    return map.computeIfAbsent(id, this::loadFor);
  }

  com.google.common.cache.LoadingCache<String, User> anonymousGuavaLoader() {
    return CacheBuilder.newBuilder()
        .build(
            new CacheLoader<String, User>() {
              @Override
              public User load(String id) {
                // BUG: Diagnostic contains: the lock of the cache
                return users.execute(id, db::findUser);
              }
            });
  }

  com.google.common.cache.LoadingCache<String, User> guavaFrom() {
    return CacheBuilder.newBuilder()
        // BUG: Diagnostic contains: the internal lock of
        .build(CacheLoader.from(id -> users.execute(id, db::findUser)));
  }

  LoadingCache<String, User> anonymousCaffeineLoader() {
    return Caffeine.newBuilder()
        .build(
            new com.github.benmanes.caffeine.cache.CacheLoader<String, User>() {
              @Override
              public User load(String id) {
                // BUG: Diagnostic contains: the lock of the cache
                return users.execute(id, db::findUser);
              }
            });
  }

  static final class UserCacheLoader extends CacheLoader<String, User> {
    private final UserDirectory directory;

    UserCacheLoader(UserDirectory directory) {
      this.directory = directory;
    }

    @Override
    public User load(String id) {
      // BUG: Diagnostic contains: lookup(…)
      return directory.lookup(id);
    }
  }

  User waitsInCompute(String id) {
    // BUG: Diagnostic contains: the internal lock of map
    return map.computeIfAbsent(id, k -> users.executeAsync(k, db::findUser).join());
  }

  User lockAndMap(String id) {
    lock.lock();
    try {
      // BUG: Diagnostic contains: 'lock' and 'the internal lock of map'
      return map.computeIfAbsent(id, k -> users.execute(k, db::findUser));
    } finally {
      lock.unlock();
    }
  }
}
