package test;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import test.Domain.*;

/** Maps whose mapping functions come back to them. */
class Maps {
  /** Maps of users and their chiefs. */
  static class Chiefs {
    private final ConcurrentMap<String, User> users = new ConcurrentHashMap<>();
    private final Map<String, Integer> depths = new ConcurrentHashMap<>();
    private final Map<String, Integer> plain = new HashMap<>();
    private final Map<String, Integer> sorted = new TreeMap<>();
    private final Map<String, Integer> linked = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, Integer> skipping = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> weak = new WeakHashMap<>();
    private final Map<String, Integer> other = new ConcurrentHashMap<>();
    private final Repository db;

    Chiefs(Repository db) {
      this.db = db;
    }

    User chief(String id) {
      return users.computeIfAbsent(
          id,
          k -> {
            User user = db.findUser(k);
            // BUG: Diagnostic contains: updates the same map (chief(…) → computeIfAbsent)
            return user.getRoles().isEmpty() ? chief(user.getName()) : user;
          });
    }

    int depth(String id) {
      return depths.computeIfAbsent(id, this::measure);
    }

    private int measure(String id) {
      String above = db.findUser(id).getName();
      // BUG: Diagnostic contains: throws "Recursive update" or hangs
      return above == null ? 0 : 1 + depth(above);
    }

    int plainDepth(String id) {
      // BUG: Diagnostic contains: ConcurrentModificationException
      return plain.computeIfAbsent(id, k -> k.isEmpty() ? 0 : 1 + plainDepth(k.substring(1)));
    }

    int sortedDepth(String id) {
      // BUG: Diagnostic contains: ConcurrentModificationException
      return sorted.computeIfAbsent(id, k -> k.isEmpty() ? 0 : 1 + sortedDepth(k.substring(1)));
    }

    int linkedDepth(String id) {
      // BUG: Diagnostic contains: ConcurrentModificationException
      return linked.computeIfAbsent(id, k -> k.isEmpty() ? 0 : 1 + linkedDepth(k.substring(1)));
    }

    int skippingDepth(String id) {
      return skipping.computeIfAbsent(id, k -> k.isEmpty() ? 0 : 1 + skippingDepth(k.substring(1)));
    }

    int weakDepth(String id) {
      return weak.computeIfAbsent(id, k -> k.isEmpty() ? 0 : 1 + weakDepth(k.substring(1)));
    }

    int fromOther(String id) {
      return depths.computeIfAbsent(id, k -> other.computeIfAbsent(k, String::length));
    }

    int looking(String id) {
      return depths.computeIfAbsent(id, k -> depths.getOrDefault(k.substring(1), 0) + 1);
    }

    int afterwards(String id) {
      int depth = depths.computeIfAbsent(id, String::length);
      depths.putIfAbsent(id + "/", depth);
      return depth;
    }

    int counted(String id) {
      return depths.compute(id, (k, old) -> old == null ? 1 : old + 1);
    }

    void emptied(String id) {
      depths.computeIfPresent(
          id,
          (k, depth) -> {
            // BUG: Diagnostic contains: (removeIf)
            depths.keySet().removeIf(key -> key.startsWith(k));
            return depth;
          });
    }

    void replacedInPlace(String id) {
      plain.computeIfAbsent(
          id,
          k -> {
            plain.replaceAll((key, depth) -> depth + 1);
            return 0;
          });
    }
  }

  /** The way back goes through a flag that the mapping function sets. */
  static class Directory {
    private final Map<String, User> cache = new ConcurrentHashMap<>();
    private final Repository db;

    Directory(Repository db) {
      this.db = db;
    }

    void clear() {
      cache.clear();
    }

    User strict(String id) {
      // BUG: Diagnostic contains: (find(…) → clear(…) → clear)
      return cache.computeIfAbsent(id, k -> find(k, true));
    }

    User lenient(String id) {
      try {
        return cache.computeIfAbsent(id, k -> find(k, false));
      } catch (IllegalStateException e) {
        clear();
        throw e;
      }
    }

    private User find(String id, boolean mayClear) {
      boolean shouldClear = false;
      try {
        return db.findUser(id);
      } catch (IllegalStateException e) {
        shouldClear = mayClear;
        throw e;
      } finally {
        if (shouldClear) {
          clear();
        }
      }
    }
  }

  /** The way back goes through a method of the class above. */
  abstract static class Decorating {
    User create(String id) {
      return decorate(new User(), id);
    }

    User decorate(User user, String id) {
      return user;
    }
  }

  static class Mapped extends Decorating {
    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    @Override
    User decorate(User user, String id) {
      NAMES.computeIfAbsent(id, this::name);
      return user;
    }

    private String name(String id) {
      // BUG: Diagnostic contains: create(…) → decorate(…) → computeIfAbsent
      return create(id + ".map").getName();
    }
  }

  static class Undecorated extends Decorating {
    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    String name(String id) {
      return NAMES.computeIfAbsent(id, k -> create(k).getName());
    }
  }

  /** The way back goes through a method of one of the classes below. */
  abstract static class Template {
    private final Map<String, String> texts = new ConcurrentHashMap<>();

    String text(String id) {
      // BUG: Diagnostic contains: make(…) → text(…) → computeIfAbsent
      return texts.computeIfAbsent(id, k -> make(k));
    }

    abstract String make(String id);
  }

  static class Simple extends Template {
    @Override
    String make(String id) {
      return id.trim();
    }
  }

  static class Composed extends Template {
    @Override
    String make(String id) {
      return text(id + "/head") + text(id + "/body");
    }
  }

  /** A helper that was made with the map, and one with another. */
  static class Helpers {
    private final ConcurrentMap<String, User> users = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, User> others = new ConcurrentHashMap<>();
    private final Warmer warmer = new Warmer(users);
    private final Warmer otherWarmer = new Warmer(others);

    User warmed(String id) {
      // BUG: Diagnostic contains: warm(…) → put
      return users.computeIfAbsent(id, k -> warmer.warm(k));
    }

    User otherwise(String id) {
      return users.computeIfAbsent(id, k -> otherWarmer.warm(k));
    }
  }

  static class Warmer {
    private final ConcurrentMap<String, User> map;

    Warmer(ConcurrentMap<String, User> map) {
      this.map = map;
    }

    User warm(String id) {
      map.put(id + "/copy", new User());
      return new User();
    }
  }

  /** A node of a tree, whose map is its own. */
  static class Node {
    private final ConcurrentMap<String, Integer> sizes = new ConcurrentHashMap<>();
    private final Node parent;

    Node(Node parent) {
      this.parent = parent;
    }

    int size(String id) {
      return sizes.computeIfAbsent(id, k -> parent == null ? 0 : parent.size(k) + 1);
    }
  }

  /** A map that is made when it is first asked for. */
  static class Lazily {
    private Map<String, String> made;
    private final Supplier<Map<String, String>> maker = ConcurrentHashMap::new;

    private Map<String, String> map() {
      if (made == null) {
        made = new ConcurrentHashMap<>();
      }
      return made;
    }

    String both(String id) {
      return map()
          .computeIfAbsent(
              id,
              k -> {
                // BUG: Diagnostic contains: (put)
                map().put(k + "!", k);
                return k;
              });
    }

    String unknown(Map<String, String> given, Function<String, String> function) {
      return given.computeIfAbsent("a", k -> given.put("b", function.apply(k)));
    }
  }
}
