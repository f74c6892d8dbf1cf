package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import java.util.List;
import java.util.concurrent.Executor;
import test.Domain.*;

/** Caches whose loaders come back to them. */
class Caches {
  private final Cache<String, User> users = Caffeine.newBuilder().build();
  private final Cache<String, User> others = Caffeine.newBuilder().build();
  private final LoadingCache<String, User> loading;
  private final Repository db;
  private final Executor executor;

  Caches(Repository db, Executor executor) {
    this.db = db;
    this.executor = executor;
    this.loading = Caffeine.newBuilder().maximumSize(10).build(this::load);
  }

  private User load(String id) {
    User user = db.findUser(id);
    // BUG: Diagnostic contains: updates the same cache (get)
    return user.getRoles().isEmpty() ? loading.get(user.getName()) : user;
  }

  User chief(String id) {
    return users.get(
        id,
        k -> {
          User user = db.findUser(k);
          // BUG: Diagnostic contains: updates the same cache (put)
          users.put(user.getName(), user);
          return user;
        });
  }

  User throughMap(String id) {
    return users.get(
        id,
        k -> {
          // BUG: Diagnostic contains: (remove)
          users.asMap().remove(k + "/old");
          return db.findUser(k);
        });
  }

  User otherCache(String id) {
    return users.get(id, k -> others.get(k, db::findUser));
  }

  User looking(String id) {
    return users.get(id, k -> users.getIfPresent(k.trim()));
  }

  User later(String id) {
    return users.get(
        id,
        k -> {
          executor.execute(() -> users.invalidate(k));
          return db.findUser(k);
        });
  }

  /** Guava's caches notice only the same key. */
  static class Guava {
    private final com.google.common.cache.LoadingCache<String, List<User>> members;
    private final Repository db;

    Guava(Repository db) {
      this.db = db;
      this.members =
          CacheBuilder.newBuilder()
              .build(
                  new CacheLoader<String, List<User>>() {
                    @Override
                    public List<User> load(String group) {
                      List<User> users = db.users(group);
                      // BUG: Diagnostic contains: loads this very key
                      return users.isEmpty() ? again(group) : users;
                    }
                  });
    }

    private List<User> again(String group) {
      return members.getUnchecked(group);
    }
  }

  static class GuavaTree {
    private final com.google.common.cache.LoadingCache<String, List<User>> members;

    GuavaTree(Repository db) {
      this.members =
          CacheBuilder.newBuilder()
              .build(
                  new CacheLoader<String, List<User>>() {
                    @Override
                    public List<User> load(String group) {
                      List<User> users = db.users(group);
                      return users.isEmpty() ? above(group) : users;
                    }
                  });
    }

    private List<User> above(String group) {
      return members.getUnchecked(group.substring(1));
    }
  }
}
