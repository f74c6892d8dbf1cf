package test;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import dev.singleflight.SingleflightGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import test.Domain.*;

/** Caches beside a load, and no coalescing call inside theirs. */
class NearMissCaches {
  private final Cache<String, User> caffeine = Caffeine.newBuilder().build();
  private final AsyncCache<String, User> async = Caffeine.newBuilder().buildAsync();
  private final com.google.common.cache.Cache<String, User> guava =
      CacheBuilder.newBuilder().build();
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final Repository db;

  NearMissCaches(Repository db) {
    this.db = db;
  }

  User cacheInsideLoader(String id) {
    return users.execute(id, k -> caffeine.get(k, db::findUser));
  }

  User lookedUpThenLoaded(String id) {
    User cached = caffeine.getIfPresent(id);
    if (cached == null) {
      cached = users.execute(id, db::findUser);
      caffeine.put(id, cached);
    }
    return cached;
  }

  User plainLoader(String id) {
    return caffeine.get(id, db::findUser);
  }

  User guavaLoader(String id) throws ExecutionException {
    return guava.get(id, () -> db.findUser(id));
  }

  CompletableFuture<User> asyncCache(String id) {
    return async.get(id, (k, executor) -> users.executeAsync(k, db::findUser));
  }

  LoadingCache<String, User> plainBuild() {
    return Caffeine.newBuilder().build(db::findUser);
  }

  AsyncLoadingCache<String, User> asyncBuild() {
    return Caffeine.newBuilder().buildAsync((k, executor) -> users.executeAsync(k, db::findUser));
  }

  com.google.common.cache.LoadingCache<String, User> plainGuava() {
    return CacheBuilder.newBuilder().build(CacheLoader.from(id -> db.findUser(id)));
  }

  LoadingCache<String, User> evicting() {
    return Caffeine.newBuilder()
        .removalListener(
            (String id, User user, RemovalCause cause) -> users.executeAsync(id, db::findUser))
        .build(db::findUser);
  }

  /** Not a cache's loader, though it is named like one. */
  static final class Loader {
    private final SingleflightGroup<String, User> users = SingleflightGroup.create();

    User load(String id, Repository db) {
      return users.execute(id, db::findUser);
    }
  }
}
