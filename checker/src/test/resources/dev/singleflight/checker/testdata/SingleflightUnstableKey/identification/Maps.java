package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import test.Domain.*;

/** Keys of maps and caches that are not ours. */
class Maps {
  private final Map<RouteKey, Config> routes = new ConcurrentHashMap<>();
  private final Map<Object, Config> configs = new ConcurrentHashMap<>();
  private final Map<byte[], Config> digests = new HashMap<>();
  private final Map<byte[], Config> ordered = new TreeMap<>(Arrays::compare);
  private final Map<RouteKey, Config> byIdentity = new IdentityHashMap<>();
  private final Map<RouteKey, Config> weak = new WeakHashMap<>();
  private final Map<Integer, Config> numbered = new ConcurrentHashMap<>();
  private final Map<String, Config> named = new ConcurrentHashMap<>();
  private final Map<List<String>, List<User>> grouped = new HashMap<>();
  private final Map<Integer, AtomicInteger> counts = new ConcurrentHashMap<>();
  private final Map<Integer, Object> stripes = new ConcurrentHashMap<>();
  private final Map<UUID, Visit> visits = new ConcurrentHashMap<>();
  private final ConcurrentMap<Visit, Config> open = new ConcurrentHashMap<>();
  private final Cache<RouteKey, Config> cache = Caffeine.newBuilder().maximumSize(100).build();
  private final LoadingCache<RouteKey, Config> loading;
  private final LoadingCache<RouteKey, Config> weakKeys;
  private final Repository db;
  private final RouteKey home = new RouteKey("home", "home");

  Maps(Repository db) {
    this.db = db;
    this.loading = Caffeine.newBuilder().maximumSize(100).build(k -> db.config(k.from, k.to));
    this.weakKeys = Caffeine.newBuilder().weakKeys().build(k -> db.config(k.from, k.to));
  }

  static final class RouteKey {
    final String from;
    final String to;

    RouteKey(String from, String to) {
      this.from = from;
      this.to = to;
    }
  }

  static final class PlaceKey {
    final String name;

    PlaceKey(String name) {
      this.name = name;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof PlaceKey other && name.equals(other.name);
    }
  }

  static final class ArgumentsKey {
    private final String method;
    private final Object[] arguments;

    ArgumentsKey(String method, Object[] arguments) {
      this.method = method;
      this.arguments = arguments;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof ArgumentsKey other
          && method.equals(other.method)
          && Objects.equals(arguments, other.arguments);
    }

    @Override
    public int hashCode() {
      return Objects.hash(method, arguments);
    }
  }

  static final class DeepKey {
    private final String method;
    private final Object[] arguments;

    DeepKey(String method, Object[] arguments) {
      this.method = method;
      this.arguments = arguments;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof DeepKey other
          && method.equals(other.method)
          && Arrays.deepEquals(arguments, other.arguments);
    }

    @Override
    public int hashCode() {
      return 31 * method.hashCode() + Arrays.deepHashCode(arguments);
    }
  }

  record CallKey(String method, Object[] arguments) {}

  record Route(String from, String to) {}

  static final class Visit {
    final String who;

    Visit(String who) {
      this.who = who;
    }
  }

  Config route(String from, String to) {
    // BUG: Diagnostic contains: RouteKey, which has no equals
    return routes.computeIfAbsent(new RouteKey(from, to), k -> db.config(k.from, k.to));
  }

  Config routeByMemo(String from, String to) {
    RouteKey key = new RouteKey(from, to);
    // BUG: Diagnostic contains: RouteKey, which has no equals
    Config known = routes.get(key);
    if (known == null) {
      known = db.config(from, to);
      routes.put(key, known);
    }
    return known;
  }

  Config routeByHelper(String from, String to) {
    // BUG: Diagnostic contains: RouteKey, which has no equals
    return configs.computeIfAbsent(keyOf(from, to), k -> db.config(from, to));
  }

  private static RouteKey keyOf(String from, String to) {
    return new RouteKey(from, to);
  }

  Config routeFromCache(String from, String to) {
    // BUG: Diagnostic contains: RouteKey, which has no equals
    return cache.get(new RouteKey(from, to), k -> db.config(k.from, k.to));
  }

  Config routeLoaded(String from, String to) {
    // BUG: Diagnostic contains: RouteKey, which has no equals
    return loading.get(new RouteKey(from, to));
  }

  boolean isKnown(String from, String to) {
    // BUG: Diagnostic contains: RouteKey, which has no equals
    return routes.containsKey(new RouteKey(from, to));
  }

  Config routeGiven(String from, String to) {
    // BUG: Diagnostic contains: RouteKey, which has no equals
    return given(new RouteKey(from, to));
  }

  private Config given(RouteKey key) {
    return routes.computeIfAbsent(key, k -> db.config(k.from, k.to));
  }

  Config place(String name) {
    // BUG: Diagnostic contains: no hashCode
    return configs.computeIfAbsent(new PlaceKey(name), k -> db.config(name, name));
  }

  Config invoked(String method, Object... arguments) {
    return configs.computeIfAbsent(
        // BUG: Diagnostic contains: compares the array 'arguments'
        new ArgumentsKey(method, arguments), k -> db.config(method, method));
  }

  Config called(String method, Object[] arguments) {
    // BUG: Diagnostic contains: compares the array 'arguments'
    return configs.computeIfAbsent(new CallKey(method, arguments), k -> db.config(method, method));
  }

  Config listed(String method, int[] sizes) {
    // BUG: Diagnostic contains: an array
    return configs.computeIfAbsent(Arrays.asList(method, sizes), k -> db.config(method, method));
  }

  Config digest(String text) {
    return digests.computeIfAbsent(
        // BUG: Diagnostic contains: an array made for this call
        text.getBytes(StandardCharsets.UTF_8), k -> db.config(text, text));
  }

  Config hashed(String tenant, String name) {
    // BUG: Diagnostic contains: 32-bit hash
    return numbered.computeIfAbsent(Objects.hash(tenant, name), k -> db.config(tenant, name));
  }

  Config timed(String tenant, String name) {
    String key = tenant + ":" + System.currentTimeMillis();
    // BUG: Diagnostic contains: the time of the call
    return named.computeIfAbsent(key, k -> db.config(tenant, name));
  }

  void changed(List<List<String>> rows) {
    List<String> key = new ArrayList<>();
    for (List<String> row : rows) {
      key.addAll(row);
      // BUG: Diagnostic contains: changes
      grouped.computeIfAbsent(key, k -> db.users(row.get(0)));
      key.clear();
    }
  }

  // Near misses.

  Config routeByRecord(String from, String to) {
    return configs.computeIfAbsent(new Route(from, to), k -> db.config(from, to));
  }

  Config deep(String method, Object[] arguments) {
    return configs.computeIfAbsent(new DeepKey(method, arguments), k -> db.config(method, method));
  }

  Config ofGiven(RouteKey key) {
    return routes.computeIfAbsent(key, k -> db.config(k.from, k.to));
  }

  Config ofHome() {
    return routes.computeIfAbsent(home, k -> db.config(k.from, k.to));
  }

  Config identity(String from, String to) {
    return byIdentity.computeIfAbsent(new RouteKey(from, to), k -> db.config(k.from, k.to));
  }

  Config weakly(String from, String to) {
    return weak.computeIfAbsent(new RouteKey(from, to), k -> db.config(k.from, k.to));
  }

  Config weakKey(String from, String to) {
    return weakKeys.get(new RouteKey(from, to));
  }

  Config order(String text) {
    return ordered.computeIfAbsent(
        text.getBytes(StandardCharsets.UTF_8), k -> db.config(text, text));
  }

  Config ofDigest(byte[] digest) {
    return digests.computeIfAbsent(digest, k -> db.config("digest", "digest"));
  }

  Config listedObjects(String tenant, String name) {
    return configs.computeIfAbsent(Arrays.asList(tenant, name), k -> db.config(tenant, name));
  }

  void count(String tenant, String name) {
    counts.computeIfAbsent(Objects.hash(tenant, name), k -> new AtomicInteger()).incrementAndGet();
  }

  Object stripe(String name) {
    return stripes.computeIfAbsent(name.hashCode() % 64, k -> new Object());
  }

  UUID begin(String who) {
    UUID id = UUID.randomUUID();
    visits.computeIfAbsent(id, k -> new Visit(who));
    return id;
  }

  Visit open(String who) {
    Visit visit = new Visit(who);
    open.putIfAbsent(visit, db.config(who, who));
    return visit;
  }

  void grouped(List<List<String>> rows) {
    for (List<String> row : rows) {
      List<String> key = new ArrayList<>();
      key.addAll(row);
      grouped.computeIfAbsent(key, k -> db.users(row.get(0)));
    }
  }

  /** The hash stands for an object that is equal only to itself. */
  Config ofLoader(String name) {
    ClassLoader loader = Maps.class.getClassLoader();
    String key = loader.hashCode() + name;
    Config known = named.get(key);
    if (known == null) {
      known = db.config("bundles", name);
      named.put(key, known);
    }
    return known;
  }

  Config ofText(String text, String name) {
    String key = text.hashCode() + name;
    Config known = named.get(key);
    if (known == null) {
      known = db.config(text, name);
      // BUG: Diagnostic contains: hash
      named.put(key, known);
    }
    return known;
  }
}
