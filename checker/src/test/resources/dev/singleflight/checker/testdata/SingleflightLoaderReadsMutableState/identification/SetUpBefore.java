package test;

import dev.singleflight.*;
import java.sql.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;

class SetUpBefore {
  record Item(String id) {}

  interface Api {
    Item get(String id);

    Item get(String id, Object o);

    Item num(long n);

    Item all(Object o);
  }

  static class Page {
    int number;
    String token;

    String getToken() {
      return token;
    }

    void setToken(String t) {
      token = t;
    }

    void next() {
      number++;
    }

    int number() {
      return number;
    }
  }

  static class Base {
    protected String region;

    void setRegion(String r) {
      region = r;
    }
  }

  interface Config {
    String region();
  }

  static class AppProperties {
    private String url;

    public String getUrl() {
      return url;
    }

    public void setUrl(String u) {
      url = u;
    }
  }

  static class Sub extends Base {
    private final SingleflightGroup<String, Item> group = SingleflightGroup.create();
    private final Api api;

    Sub(Api a) {
      api = a;
    }

    Item inherited(String id) {
      // BUG: Diagnostic contains: reads 'SetUpBefore.Sub.region'
      return group.execute(id, k -> api.get(k, region));
    }

    Item inheritedKeyed(String id) {
      String r = region;
      return group.execute(r + id, k -> api.get(id, r));
    }
  }

  private final SingleflightGroup<String, Item> group = SingleflightGroup.create();
  private final SingleflightGroup<Long, Item> longs = SingleflightGroup.create();
  private final Api api;
  private final AppProperties props;
  private final Config config;
  private final AtomicInteger page = new AtomicInteger();
  private final List<String> pending = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<String> work = new ConcurrentLinkedQueue<>();
  private final Map<String, String> aliases = new ConcurrentHashMap<>();
  private volatile Map<String, String> routes = Map.of();
  private volatile boolean includeArchived;
  private volatile boolean running;
  private String baseUrl;
  private String user;
  private long sequence;
  private static String mode = "a";
  private final ThreadLocal<StringBuilder> scratch = ThreadLocal.withInitial(StringBuilder::new);
  private String lastError;
  private Instant lastLoad;
  private final String[] names;
  private final int[] counts = new int[4];
  private String cachedToken;
  private final Page cursor = new Page();

  SetUpBefore(Api a, AppProperties p, Config c, String[] names) {
    api = a;
    props = p;
    config = c;
    this.names = names.clone();
  }

  public void setIncludeArchived(boolean b) {
    includeArchived = b;
  }

  public void start() {
    running = true;
  }

  public void stop() {
    running = false;
  }

  @Value("x")
  public void setBaseUrl(String u) {
    baseUrl = u;
  }

  @interface Value {
    String value();
  }

  @interface Scheduled {}

  void login(String u) {
    user = u;
  }

  void advance() {
    page.incrementAndGet();
  }

  void queue(String s) {
    pending.add(s);
    work.offer(s);
  }

  void drop() {
    pending.remove(0);
  }

  @Scheduled
  void refreshRoutes() {
    routes = Map.copyOf(aliases);
  }

  static void setMode(String m) {
    mode = m;
  }

  void alias(String a, String b) {
    aliases.put(a, b);
  }

  void nextPage() {
    cursor.next();
  }

  private String key() {
    return "u:" + user;
  }

  Item running(String id) {
    return group.execute(
        id,
        k -> {
          if (!running) throw new IllegalStateException("stopped");
          return api.get(k);
        });
  }

  Item base(String id) {
    return group.execute(id, k -> api.get(baseUrl + k));
  }

  Item alias(String id) {
    return group.execute(id, k -> api.get(aliases.getOrDefault(k, k)));
  }

  Item aliasKey(String id) {
    return group.execute(aliases.get(id), () -> api.get(aliases.get(id)));
  }

  Item routed(String id) {
    return group.execute(id, k -> api.get(routes.get(k)));
  }

  Item properties(String id) {
    return group.execute(id, k -> api.get(props.getUrl() + k));
  }

  Item configured(String id) {
    return group.execute(config.region() + id, () -> api.get(config.region() + id));
  }

  Item names(int i) {
    return group.execute(names[i], () -> api.get(names[i]));
  }

  Item remembers(String id) {
    return group.execute(
        id,
        k -> {
          try {
            Item r = api.get(k);
            lastLoad = Instant.now();
            return r;
          } catch (RuntimeException e) {
            lastError = e.getMessage();
            throw e;
          }
        });
  }

  Item token(String id) {
    return group.execute(
        id,
        k -> {
          if (cachedToken == null) {
            cachedToken = "t" + System.nanoTime();
          }
          return api.get(k, cachedToken);
        });
  }

  Item counted(String id, int slot) {
    return group.execute(
        id,
        k -> {
          counts[slot]++;
          return api.get(k);
        });
  }

  void resultSetOk(ResultSet rs) throws SQLException {
    while (rs.next()) {
      String id = rs.getString("id");
      group.executeAsync(id, () -> api.get(id));
    }
  }

  void mapCopy(List<String> ids) {
    Map<String, Object> params = new HashMap<>();
    for (String id : ids) {
      params.put("id", id);
      Map<String, Object> copy = Map.copyOf(params);
      group.executeAsync(id, k -> api.all(copy));
    }
  }

  void joined(List<String> ids) {
    String[] box = new String[1];
    for (String id : ids) {
      box[0] = id;
      String key = box[0];
      group.executeAsync(key, () -> api.get(key)).join();
    }
  }

  void perIteration(List<String> ids) {
    for (String s : ids) {
      String[] box = {s};
      group.executeAsync(box[0], () -> api.get(box[0]));
    }
  }

  void filledBefore(List<String> ids) {
    String[] copy = new String[ids.size()];
    for (int i = 0; i < copy.length; i++) copy[i] = ids.get(i);
    for (int i = 0; i < copy.length; i++) {
      int n = i;
      group.executeAsync(copy[n], () -> api.get(copy[n]));
    }
  }

  void results(List<String> ids) {
    Item[] out = new Item[ids.size()];
    for (int i = 0; i < out.length; i++) {
      int n = i;
      out[n] = group.execute(ids.get(n), () -> api.get(ids.get(n)));
    }
  }

  void resultsAsync(List<String> ids) {
    Item[] out = new Item[ids.size()];
    for (int i = 0; i < out.length; i++) {
      int n = i;
      group.executeAsync(
          ids.get(n),
          () -> {
            Item it = api.get(ids.get(n));
            out[n] = it;
            return it;
          });
    }
  }

  void counter(List<String> ids) {
    AtomicInteger loaded = new AtomicInteger();
    for (String id : ids) {
      group.executeAsync(
          id,
          k -> {
            Item i = api.get(k);
            loaded.incrementAndGet();
            return i;
          });
    }
  }

  void latch(List<String> ids) throws Exception {
    CountDownLatch done = new CountDownLatch(ids.size());
    for (String id : ids) {
      group.executeAsync(
          id,
          k -> {
            try {
              return api.get(k);
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
  }

  void cancelled(List<String> ids) {
    AtomicBoolean cancelled = new AtomicBoolean();
    for (String id : ids) {
      group.executeAsync(
          id,
          k -> {
            if (cancelled.get()) throw new CancellationException();
            return api.get(k);
          });
    }
    cancelled.set(true);
  }

  Item keyArray(int i) {
    String[] local = {"a", "b"};
    return group.execute(local[i], () -> api.get(local[i]));
  }

  CompletableFuture<Item> sbBefore(String id) {
    StringBuilder sb = new StringBuilder("x:");
    sb.append(id);
    return group.executeAsync(sb.toString(), () -> api.get(sb.toString()));
  }
}
