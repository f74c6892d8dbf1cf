package test;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the key decides in the caller, and what a caller brings to be kept. */
class Brought {
  record Slice(Object key, int size) {}

  record Page(Object key, Locale language) {}

  record Window(String name, int buckets) {}

  /** Sets up what it is given for. */
  record CommandProperties(int buckets) {}

  record CommandKey(String name) {}

  record Breaker(String name, CommandProperties properties) {}

  interface Namer {
    String topic(String id, String delimiter);
  }

  record Target(Method method, boolean keyed) {}

  record Chain(String name, Kind kind) {}

  enum Kind {
    AROUND,
    CREATED
  }

  interface Operations {}

  private static final Map<Method, Target> TARGETS = new ConcurrentHashMap<>();
  private static final Map<Method, Target> MIXED = new ConcurrentHashMap<>();
  private static final Map<Method, Chain> CHAINS = new ConcurrentHashMap<>();
  private static final Map<Object, Page> PAGES = new ConcurrentHashMap<>();
  private static final Map<String, Window> WINDOWS = new ConcurrentHashMap<>();
  private static final Map<String, Window> SIZED = new ConcurrentHashMap<>();
  private static final Map<String, Breaker> BREAKERS = new ConcurrentHashMap<>();
  private static final Map<String, Breaker> GROUPS = new ConcurrentHashMap<>();
  private static final Map<String, Usage> USAGES = new ConcurrentHashMap<>();
  private static final Map<String, Transfer> TRANSFERS = new ConcurrentHashMap<>();
  private static final Map<Object, ByteArrayOutputStream> OUTPUTS = new ConcurrentHashMap<>();
  private static final Map<Object, Slice> SLICES = new ConcurrentHashMap<>();
  private static final Map<String, Page> BOUND = new ConcurrentHashMap<>();
  private static final Map<Object, Slice> CACHE = new ConcurrentHashMap<>();

  Target invoke(Method method) {
    return method.getDeclaringClass() == Operations.class
        ? target(method, true)
        : target(method, false);
  }

  Target target(Method method, boolean keyed) {
    return TARGETS.computeIfAbsent(method, it -> new Target(it, keyed));
  }

  Target plain(Method method) {
    return mixed(method, false);
  }

  Target keyed(Method method) {
    if (method == null) {
      throw new IllegalArgumentException("no method");
    }
    return mixed(method, true);
  }

  Target mixed(Method method, boolean keyed) {
    // BUG: Diagnostic contains: 'keyed'
    return MIXED.computeIfAbsent(method, it -> new Target(it, keyed));
  }

  Chain around(Method method) {
    return chain(method, Kind.AROUND);
  }

  /** Without a method nothing is kept. */
  Chain created() {
    return chain(null, Kind.CREATED);
  }

  protected Chain chain(Method method, Kind kind) {
    if (method == null) {
      return new Chain("none", kind);
    }
    Chain known = CHAINS.get(method);
    if (known == null) {
      known = new Chain(method.getName(), kind);
      CHAINS.put(method, known);
    }
    return known;
  }

  /** Puts in what the caller has. */
  public Slice add(Object key, int size) {
    Slice known = CACHE.get(key);
    if (known == null) {
      known = new Slice(key, size);
      CACHE.put(key, known);
    }
    return known;
  }

  /** How much room it has at first. */
  public ByteArrayOutputStream output(Object key, int size) {
    return OUTPUTS.computeIfAbsent(key, k -> new ByteArrayOutputStream(size));
  }

  /** How much it may hold. */
  public Slice bounded(Object key, int cacheSizeToUse) {
    return SLICES.computeIfAbsent(key, k -> new Slice(k, cacheSizeToUse));
  }

  /** Where it began. */
  public Slice received(Object key, int seqno) {
    return SLICES.computeIfAbsent(key, k -> new Slice(k, seqno - 1));
  }

  /** Made with what was known when it was first met. */
  public Slice slice(Object key, int size) {
    return SLICES.computeIfAbsent(key, k -> new Slice(k, size));
  }

  private final Map<String, Window> open = new ConcurrentHashMap<>();
  private final Map<String, Window> windowCache = new ConcurrentHashMap<>();

  /** The state of something that is set up when it is first met. */
  public Window open(String name, int buckets) {
    return open.computeIfAbsent(name, n -> new Window(n, buckets));
  }

  public Window cached(String name, int buckets) {
    return windowCache.computeIfAbsent(name, n -> new Window(n, buckets));
  }

  /** There must be none yet. */
  public Page listen(String host, Locale language) {
    Page bound = BOUND.get(host);
    if (bound != null) {
      throw new IllegalStateException("bound already: " + host);
    }
    Page page = new Page(host, language);
    BOUND.put(host, page);
    return page;
  }

  public Page page(Object key, Locale language) {
    Page known = PAGES.get(key);
    if (known == null) {
      known = new Page(key, language);
      // BUG: Diagnostic contains: 'language'
      PAGES.put(key, known);
    }
    return known;
  }

  /** The properties are those of the command that the key names. */
  public static Breaker breaker(CommandKey key, CommandProperties properties) {
    return BREAKERS.computeIfAbsent(key.name(), name -> new Breaker(name, properties));
  }

  public static Window window(CommandKey key, CommandProperties properties) {
    return window(key, properties.buckets());
  }

  public static Window window(CommandKey key, int buckets) {
    Window known = WINDOWS.get(key.name());
    if (known == null) {
      known = new Window(key.name(), buckets);
      WINDOWS.put(key.name(), known);
    }
    return known;
  }

  public static Window sized(String name, int buckets) {
    Window known = SIZED.get(name);
    if (known == null) {
      known = new Window(name, buckets);
      // BUG: Diagnostic contains: 'buckets'
      SIZED.put(name, known);
    }
    return known;
  }

  public static Breaker breakerOfGroup(String group, CommandProperties properties) {
    return GROUPS.computeIfAbsent(group, name -> new Breaker(name, properties));
  }

  record Usage(String name, Locale language) {}

  public static void use(String name, Locale language) {
    USAGES.computeIfAbsent(name, ignored -> new Usage(name, language));
  }

  static int usages() {
    return USAGES.values().size();
  }

  public static Usage used(String name, Locale language) {
    // BUG: Diagnostic contains: 'language'
    return USAGES.computeIfAbsent(name, ignored -> new Usage(name, language));
  }

  /** One at a time. */
  record Transfer(Locale from, long session) {}

  public Transfer transfer(String topic, Locale from, long session) {
    Transfer transfer = TRANSFERS.computeIfAbsent(topic, t -> new Transfer(from, session));
    if (session != transfer.session()) {
      throw new IllegalStateException("the topic is taken");
    }
    return transfer;
  }

  private final Namer namer =
      new CachingNamer(new TrimmingNamer((id, delimiter) -> "t" + delimiter + id));
  private final String delimiter = System.getProperty("delimiter");

  String topic(String id) {
    return namer.topic(id, delimiter);
  }

  private static final class TrimmingNamer implements Namer {
    private final Namer namer;

    TrimmingNamer(Namer namer) {
      this.namer = namer;
    }

    @Override
    public String topic(String id, String delimiter) {
      return namer.topic(id, delimiter).trim();
    }
  }

  /** Nobody else has one, and this has one delimiter. */
  private static final class CachingNamer implements Namer {
    private final Map<String, String> topicCache = new ConcurrentHashMap<>();
    private final Namer namer;

    CachingNamer(Namer namer) {
      this.namer = namer;
    }

    @Override
    public String topic(String id, String delimiter) {
      return topicCache.computeIfAbsent(id, i -> namer.topic(i, delimiter));
    }
  }
}
