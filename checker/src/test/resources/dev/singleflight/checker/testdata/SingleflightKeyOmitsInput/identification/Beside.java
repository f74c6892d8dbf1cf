package test;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What stands beside a key, and what is kept: asked for with it, or made with it. */
class Beside {
  interface Source {
    String find(String id, String format);

    String search(String id, boolean deep);

    String title(String id, Locale locale);
  }

  record Window(String name, int buckets) {}

  private static final Map<String, Window> WINDOWS = new ConcurrentHashMap<>();
  private final Map<String, Window> windows = new ConcurrentHashMap<>();
  private final Map<String, Window> windowCache = new ConcurrentHashMap<>();
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final Map<String, String> pageCache = new ConcurrentHashMap<>();
  private final Source source;

  Beside(Source source) {
    this.source = source;
  }

  /** Asked for, and kept in a cache. */
  public String page(String id, String format) {
    // BUG: Diagnostic contains: 'format'
    return pageCache.computeIfAbsent(id, i -> source.find(i, format));
  }

  /** Kept in a map that may be anything. */
  public String known(String id, String format) {
    // STRICT: Diagnostic contains: 'format'
    return pages.computeIfAbsent(id, i -> source.find(i, format));
  }

  /** In which language one asks is what one asks. */
  public String title(String id, Locale locale) {
    // BUG: Diagnostic contains: 'locale'
    return pages.computeIfAbsent("title:" + id, i -> source.title(id, locale));
  }

  /** A flag says how it is loaded. */
  public String searched(String id, boolean deep) {
    // STRICT: Diagnostic contains: 'deep'
    return pageCache.computeIfAbsent("deep:" + id, i -> source.search(id, deep));
  }

  /** Set up when it is first met. */
  public Window window(String name, int buckets) {
    // STRICT: Diagnostic contains: 'buckets'
    return windowCache.computeIfAbsent(name, n -> new Window(n, buckets));
  }

  /** Found by all who ask, with whatever they say. */
  public static Window windowOf(String name, int buckets) {
    // BUG: Diagnostic contains: 'buckets'
    return WINDOWS.computeIfAbsent(name, n -> new Window(n, buckets));
  }

  public static Window windowBy(String name, int[] sizes) {
    // BUG: Diagnostic contains: 'sizes'
    return WINDOWS.computeIfAbsent("by:" + name, n -> new Window(n, sizes[0]));
  }

  public Window windowOfMine(String name, String buckets) {
    // STRICT: Diagnostic contains: 'buckets'
    return windows.computeIfAbsent(name, n -> new Window(n, Integer.parseInt(buckets)));
  }

  /** The objects of a class share a static cache. */
  static class Logins {
    private static final Map<String, String> LOGINS = new ConcurrentHashMap<>();
    private static final Map<String, String> HOMES = new ConcurrentHashMap<>();
    private final Source source;
    private final String realm;
    private String user;

    public Logins(Source source, String realm) {
      this.source = source;
      this.realm = realm;
    }

    public void setUser(String user) {
      this.user = user;
    }

    String login(String host) {
      // BUG: Diagnostic contains: made with 'realm'
      return LOGINS.computeIfAbsent(host, h -> source.find(h, realm));
    }

    /** May never be set, or only where it is asked for. */
    String home(String host) {
      // STRICT: Diagnostic contains: made with 'user'
      return HOMES.computeIfAbsent(host, h -> source.find(h, user));
    }
  }

  interface Wire {
    Reply send(Request request);
  }

  interface Reply {
    Body body();
  }

  interface Body {
    Line first();
  }

  interface Line {
    String text();
  }

  interface Request {
    Request encoded(String encoding);
  }

  /** How a server is asked says nothing of what it answers. */
  static class Regions {
    private static final Map<String, String> REGIONS = new ConcurrentHashMap<>();
    private final Wire wire;
    private final String encoding;

    public Regions(Wire wire, String encoding) {
      this.wire = wire;
      this.encoding = encoding;
    }

    String region(String bucket, Request request) {
      // STRICT: Diagnostic contains: made with 'encoding'
      return REGIONS.computeIfAbsent(bucket, b -> asked(request));
    }

    private String asked(Request request) {
      return wire.send(request.encoded(encoding)).body().first().text();
    }
  }

  interface Settings {
    String get(String name);
  }

  record Pool(String uri, Settings settings) {}

  static class Pools {
    private static final Map<String, Pool> POOLS = new ConcurrentHashMap<>();

    public static Pool pool(String uri, Settings settings) {
      // STRICT: Diagnostic contains: 'settings'
      return POOLS.computeIfAbsent(uri, u -> new Pool(u, settings));
    }

    public static Pool poolOf(Settings settings) {
      String uri = settings.get("uri");
      Pool known = POOLS.get(uri);
      if (known == null) {
        known = new Pool(uri, settings);
        // BUG: Diagnostic contains: 'settings'
        POOLS.put(uri, known);
      }
      return known;
    }
  }

  static final class Worker {
    private final String name;
    private int most;

    Worker(String name, int most) {
      this.name = name;
      this.most = most;
    }

    void warnUnless(int other) {
      if (most != other) {
        System.err.println(name + " was made for " + most);
      }
    }
  }

  private static final Map<String, Worker> WORKERS = new ConcurrentHashMap<>();

  /** What is found is told what was asked for. */
  static Worker worker(String name, int most) {
    Worker known = WORKERS.get(name);
    if (known == null) {
      known = new Worker(name, most);
      WORKERS.put(name, known);
    } else {
      known.warnUnless(most);
    }
    return known;
  }
}
