package test;

import dev.singleflight.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;

class Settled {
  @interface PostConstruct {}

  record Product(String id, String name) {}

  interface Store {
    Product find(String id);

    Product find(String id, Object a);

    Product find(int id);

    Product findB(Object req);
  }

  static class Req {
    private String id;

    String getId() {
      return id;
    }

    void setId(String i) {
      id = i;
    }
  }

  static class Cursor {
    private String at;

    String at() {
      return at;
    }

    void moveTo(String x) {
      at = x;
    }
  }

  record Settings(String region) {}

  private final SingleflightGroup<String, Product> group = SingleflightGroup.create();
  private final SingleflightGroup<Integer, Product> ints = SingleflightGroup.create();
  private final Store store;
  private String currentId;
  private String prefix;
  private Locale locale;
  private volatile Settings settings;
  private final AtomicReference<String> selected = new AtomicReference<>();
  private final AtomicReference<Settings> conf = new AtomicReference<>();
  private final AtomicLong generation = new AtomicLong();
  private final String[] slots = new String[8];
  private final String[] constants = {"a", "b"};
  private final Cursor cursor = new Cursor();
  private Store lazy;
  private boolean closed;
  private int loads;
  private String token;
  private final Deque<String> queue = new ArrayDeque<>();
  private String dialect;
  private Iterator<String> it;

  Settled(Store s, String prefix) {
    store = s;
    this.prefix = prefix;
  }

  void open(String id) {
    this.currentId = id;
  }

  void setLocale(Locale l) {
    this.locale = l;
  }

  void select(String id) {
    selected.set(id);
  }

  void reload() {
    settings = new Settings("x");
    conf.set(new Settings("y"));
  }

  void put(int i, String s) {
    slots[i] = s;
  }

  void move(String s) {
    cursor.moveTo(s);
  }

  void close() {
    closed = true;
  }

  void invalidate() {
    generation.incrementAndGet();
  }

  void enqueue(String s) {
    queue.add(s);
  }

  void goTo(String id) {
    this.currentId = id;
  }

  @PostConstruct
  void boot() {
    dialect = "x";
  }

  private Product load() {
    return store.find(currentId);
  }

  private Product loadCurrent() {
    return store.find(currentId);
  }

  private final Map<String, Product> cache = new ConcurrentHashMap<>();

  Product snapshot() {
    String id = currentId;
    return group.execute(id, () -> store.find(id));
  }

  Product keyParam() {
    return group.execute(currentId, k -> store.find(k));
  }

  Product keyParamRef() {
    return group.execute(currentId, store::find);
  }

  Product prefixed(String id) {
    return group.execute(prefix + id, () -> store.find(prefix + id));
  }

  Product setterCarried(String id) {
    Locale l = locale;
    return group.execute(id + l, k -> store.find(id, l));
  }

  Product setterSnapshot(String id) {
    Locale l = locale;
    return group.execute(id, k -> store.find(k, l));
  }

  Product settings(String id) {
    return group.execute(id, k -> store.find(k, settings.region()));
  }

  Product conf(String id) {
    return group.execute(id, k -> store.find(k, conf.get()));
  }

  Product atomicSnap() {
    String s = selected.get();
    return group.execute(s, () -> store.find(s));
  }

  Product constant(int i) {
    return group.execute(constants[i], () -> store.find(constants[i]));
  }

  Product closedFlag(String id) {
    return group.execute(
        id,
        () -> {
          if (closed) throw new IllegalStateException();
          return store.find(id);
        });
  }

  Product counted(String id) {
    return group.execute(
        id,
        () -> {
          loads++;
          return store.find(id);
        });
  }

  Product lazily(String id) {
    return group.execute(
        id,
        () -> {
          if (lazy == null) lazy = store;
          return lazy.find(id);
        });
  }

  Product generation(String id) {
    return group.execute(
        id,
        () -> {
          long g = generation.get();
          Product p = store.find(id);
          if (g == generation.get()) keep(p);
          return p;
        });
  }

  private void keep(Product p) {
    cache.put(p.id(), p);
  }

  Product cached(String id) {
    return group.execute(
        id,
        () -> {
          Product p = cache.get(id);
          if (p != null) return p;
          p = store.find(id);
          cache.put(id, p);
          return p;
        });
  }

  Product postConstruct(String id) {
    return group.execute(id, () -> store.find(id, dialect));
  }

  void iteratorOk(Iterator<String> it) {
    while (it.hasNext()) {
      String id = it.next();
      group.executeAsync(id, () -> store.find(id));
    }
  }

  void beanFresh(List<String> ids) {
    for (String id : ids) {
      Req req = new Req();
      req.setId(id);
      group.executeAsync(req.getId(), () -> store.find(req.getId()));
    }
  }

  void sbOk(List<String> ids) {
    StringBuilder sb = new StringBuilder();
    for (String id : ids) {
      sb.setLength(0);
      sb.append(id);
      String key = sb.toString();
      group.executeAsync(key, () -> store.find(key));
    }
  }

  void arrayParam(String[] ids) {
    for (int i = 0; i < ids.length; i++) {
      int n = i;
      group.executeAsync(ids[n], () -> store.find(ids[n]));
    }
  }

  void listOk(List<String> ids) {
    List<String> work = new ArrayList<>();
    for (String id : ids) work.add(id);
    for (int i = 0; i < work.size(); i++) {
      int n = i;
      group.executeAsync(work.get(n), () -> store.find(work.get(n)));
    }
  }

  void results(List<String> ids) {
    List<Product> out = new ArrayList<>();
    for (String id : ids) {
      out.add(group.execute(id, () -> store.find(id)));
    }
  }

  void resultsIn(List<String> ids) {
    Map<String, Product> out = new ConcurrentHashMap<>();
    for (String id : ids) {
      group.executeAsync(
          id,
          () -> {
            Product p = store.find(id);
            out.put(id, p);
            return p;
          });
    }
  }

  Product query(Req req) {
    return group.execute(req.getId(), () -> store.find(req.getId()));
  }

  Product syncAfter(Req req) {
    Product f = group.execute(req.getId(), () -> store.find(req.getId()));
    req.setId(null);
    return f;
  }
}
