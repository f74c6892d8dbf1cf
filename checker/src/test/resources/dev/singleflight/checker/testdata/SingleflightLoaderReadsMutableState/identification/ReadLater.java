package test;

import dev.singleflight.*;
import java.sql.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;

class ReadLater {
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
      // BUG: Diagnostic contains: reads 'ReadLater.Sub.region'
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

  ReadLater(Api a, AppProperties p, Config c, String[] names) {
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

  Item archived(String id) {
    // BUG: Diagnostic contains: reads 'this.includeArchived'
    return group.execute(id, k -> includeArchived ? api.get(k, "a") : api.get(k));
  }

  Item archivedIf(String id) {
    return group.execute(
        id,
        k -> {
          // BUG: Diagnostic contains: reads 'this.includeArchived'
          if (includeArchived) {
            return api.get(k, "a");
          }
          return api.get(k);
        });
  }

  Item user() {
    // BUG: Diagnostic contains: reads 'this.user'
    return group.execute("user:" + user, () -> api.get(user));
  }

  Item staticMode(String id) {
    // BUG: Diagnostic contains: reads 'ReadLater.mode'
    return group.execute(id, k -> api.get(k, mode));
  }

  Item page() {
    // BUG: Diagnostic contains: reads 'page.get()'
    return longs.execute((long) page.get(), () -> api.num(page.get()));
  }

  Item first() {
    // BUG: Diagnostic contains: reads 'pending.get(0)'
    return group.execute(pending.get(0), () -> api.get(pending.get(0)));
  }

  Item peeked() {
    // BUG: Diagnostic contains: reads 'work.poll()'
    return group.execute(work.peek(), () -> api.get(work.poll()));
  }

  Item cursor() {
    // BUG: Diagnostic contains: reads 'this.cursor.number'
    return longs.execute((long) cursor.number(), () -> api.num(cursor.number()));
  }

  void resultSet(ResultSet rs) throws SQLException {
    while (rs.next()) {
      String id = rs.getString("id");
      group.executeAsync(
          id,
          () -> {
            try {
              // BUG: Diagnostic contains: reads 'rs.getString("id")'
              return api.get(rs.getString("id"));
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  void scanner(Scanner in) {
    while (in.hasNextLine()) {
      // BUG: Diagnostic contains: reads 'in.nextLine()'
      group.executeAsync(in.nextLine(), () -> api.get(in.nextLine()));
    }
  }

  void holder(List<String> ids) {
    var holder =
        new Object() {
          String id;
        };
    for (String s : ids) {
      holder.id = s;
      // BUG: Diagnostic contains: reads 'holder.id'
      group.executeAsync(holder.id, () -> api.get(holder.id));
    }
  }

  void pageBean(List<String> tokens) {
    Page p = new Page();
    for (String t : tokens) {
      p.setToken(t);
      // BUG: Diagnostic contains: reads 'p'
      group.executeAsync(t, k -> api.all(p));
    }
  }

  void pageBeanField(List<String> tokens) {
    Page p = new Page();
    for (String t : tokens) {
      p.token = t;
      // BUG: Diagnostic contains: reads 'p.token'
      group.executeAsync(p.token, () -> api.get(p.token));
    }
  }

  void map(List<String> ids) {
    Map<String, Object> params = new HashMap<>();
    for (String id : ids) {
      params.put("id", id);
      // BUG: Diagnostic contains: reads 'params'
      group.executeAsync(id, k -> api.all(params));
    }
  }

  void forEach(List<String> ids) {
    String[] box = new String[1];
    ids.forEach(
        id -> {
          box[0] = id;
          // BUG: Diagnostic contains: reads 'box[0]'
          group.executeAsync(box[0], () -> api.get(box[0]));
        });
  }

  void doWhile(Deque<String> q) {
    do {
      // BUG: Diagnostic contains: reads 'q.peek()'
      group.executeAsync(q.peek(), () -> api.get(q.peek()));
      q.pop();
    } while (!q.isEmpty());
  }

  CompletableFuture<Item> sbAfter(String id) {
    StringBuilder sb = new StringBuilder("x:").append(id);
    // BUG: Diagnostic contains: reads 'sb.toString()'
    CompletableFuture<Item> f = group.executeAsync(sb.toString(), () -> api.get(sb.toString()));
    sb.append(":done");
    return f;
  }

  Item anon() {
    return group.execute(
        user,
        new Loader<>() {
          @Override
          public Item load(String key) {
            // BUG: Diagnostic contains: reads 'this.user'
            return api.get(user);
          }
        });
  }

  Item supplierField() {
    ThrowingSupplier<Item, RuntimeException> s = () -> api.get(user);
    // BUG: Diagnostic contains: reads 'this.user'
    return group.execute(user, s);
  }

  Item executeShared() {
    // BUG: Diagnostic contains: reads 'this.user'
    return group.executeShared(user, () -> api.get(user)).value();
  }

  Item helperKey() {
    // BUG: Diagnostic contains: reads 'this.user'
    return group.execute(key(), () -> api.get(user));
  }
}
