package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import test.Domain.*;

/** Loaders of maps and caches that are not ours, and what is done with what they return. */
class Maps {
  private final Map<String, User> users = new ConcurrentHashMap<>();
  private final Map<String, Optional<User>> found = new ConcurrentHashMap<>();
  private final Cache<String, User> cache = Caffeine.newBuilder().maximumSize(9).build();
  private final Repository db;

  Maps(Repository db) {
    this.db = db;
  }

  private @Nullable User find(String id) {
    if (id.isEmpty()) {
      return null;
    }
    return db.findUser(id);
  }

  String name(String id) {
    // BUG: Diagnostic contains: returns null where it has nothing
    return users.computeIfAbsent(id, this::find).getName();
  }

  String cachedName(String id) {
    // BUG: Diagnostic contains: The loader of cache.get returns null
    return (cache.get(id, this::find)).getName();
  }

  // Near misses.

  String nameOrNone(String id) {
    User user = users.computeIfAbsent(id, this::find);
    return user == null ? "" : user.getName();
  }

  String nameFound(String id) {
    return found
        .computeIfAbsent(id, k -> Optional.ofNullable(find(k)))
        .map(User::getName)
        .orElse("");
  }

  String nameLoaded(String id) {
    return users.computeIfAbsent(id, db::findUser).getName();
  }

  @Nullable User user(String id) {
    return users.computeIfAbsent(id, this::find);
  }
}
