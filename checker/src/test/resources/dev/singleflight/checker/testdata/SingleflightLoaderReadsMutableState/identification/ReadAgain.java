package test;

import dev.singleflight.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;

class ReadAgain {
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

  ReadAgain(Store s, String prefix) {
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

  Product field() {
    // BUG: Diagnostic contains: reads 'this.currentId'
    return group.execute(currentId, () -> store.find(currentId));
  }

  Product fieldThis() {
    // BUG: Diagnostic contains: reads 'this.currentId'
    return group.execute(this.currentId, k -> store.find(this.currentId));
  }

  Product fieldHelper() {
    // BUG: Diagnostic contains: reads 'this.currentId'
    return group.execute(currentId, k -> load());
  }

  Product snapshotForKeyOnly() {
    String id = currentId;
    // BUG: Diagnostic contains: reads 'this.currentId'
    return group.execute(id, () -> store.find(currentId));
  }

  Product methodRef() {
    // BUG: Diagnostic contains: reads 'this.currentId'
    return group.execute(currentId, this::loadCurrent);
  }

  Product setter(String id) {
    // BUG: Diagnostic contains: reads 'this.locale'
    return group.execute(id, k -> store.find(k, locale));
  }

  Product setterKeyedReread(String id) {
    // BUG: Diagnostic contains: reads 'this.locale'
    return group.execute(id + locale, k -> store.find(id, locale));
  }

  Product atomic() {
    // BUG: Diagnostic contains: reads 'selected.get()'
    return group.execute(selected.get(), () -> store.find(selected.get()));
  }

  CompletableFuture<Product> atomicAsync() {
    String key = "p:" + selected.get();
    // BUG: Diagnostic contains: reads 'selected.get()'
    return group.executeAsync(key, () -> store.find(selected.get()));
  }

  Product slot(int i) {
    // BUG: Diagnostic contains: reads 'slots[i]'
    return group.execute(slots[i], () -> store.find(slots[i]));
  }

  Product holder() {
    // BUG: Diagnostic contains: reads 'this.cursor.at'
    return group.execute(cursor.at(), () -> store.find(cursor.at()));
  }

  void iterator(Iterator<String> it) {
    while (it.hasNext()) {
      // BUG: Diagnostic contains: reads 'it.next()'
      group.execute(it.next(), () -> store.find(it.next()));
    }
  }

  Product iteratorField() {
    // BUG: Diagnostic contains: reads 'it.next()'
    return group.execute(it.next(), () -> store.find(it.next()));
  }

  void poll(Queue<String> q) {
    String id = q.poll();
    // BUG: Diagnostic contains: reads 'q.poll()'
    group.executeAsync(id, () -> store.find(q.poll()));
  }

  Product peek() {
    // BUG: Diagnostic contains: reads 'queue.peek()'
    return group.execute(queue.peek(), () -> store.find(queue.peek()));
  }

  void bean(List<String> ids) {
    Req req = new Req();
    for (String id : ids) {
      req.setId(id);
      // BUG: Diagnostic contains: reads 'req.getId()'
      group.executeAsync(req.getId(), () -> store.find(req.getId()));
    }
  }

  void beanWhole(List<String> ids) {
    Req req = new Req();
    for (String id : ids) {
      req.setId(id);
      // BUG: Diagnostic contains: reads 'req'
      group.executeAsync(id, () -> store.findB(req));
    }
  }

  void box(List<String> ids) {
    String[] box = new String[1];
    for (String id : ids) {
      box[0] = id;
      // BUG: Diagnostic contains: reads 'box[0]'
      group.executeAsync(box[0], () -> store.find(box[0]));
    }
  }

  void intBox(int n) {
    int[] i = {0};
    while (i[0] < n) {
      // BUG: Diagnostic contains: reads 'i[0]'
      ints.executeAsync(i[0], () -> store.find(i[0]));
      i[0]++;
    }
  }

  void sb(List<String> ids) {
    StringBuilder sb = new StringBuilder();
    for (String id : ids) {
      sb.setLength(0);
      sb.append("u:").append(id);
      // BUG: Diagnostic contains: reads 'sb.toString()'
      group.executeAsync(sb.toString(), () -> store.find(sb.toString()));
    }
  }

  void atomicLocal(List<String> ids) {
    AtomicReference<String> cur = new AtomicReference<>();
    for (String id : ids) {
      cur.set(id);
      // BUG: Diagnostic contains: reads 'cur.get()'
      group.executeAsync(cur.get(), () -> store.find(cur.get()));
    }
  }

  void atomicInt(int n) {
    AtomicInteger i = new AtomicInteger();
    while (i.get() < n) {
      // BUG: Diagnostic contains: reads 'i.get()'
      ints.executeAsync(i.get(), () -> store.find(i.get()));
      i.incrementAndGet();
    }
  }

  void cursorLocal(List<String> ids) {
    Cursor c = new Cursor();
    for (String id : ids) {
      c.moveTo(id);
      // BUG: Diagnostic contains: reads 'c.at()'
      group.executeAsync(c.at(), () -> store.find(c.at()));
    }
  }

  void submitted(List<String> ids, ExecutorService ex) {
    String[] box = new String[1];
    for (String id : ids) {
      box[0] = id;
      // BUG: Diagnostic contains: reads 'box[0]'
      ex.submit(() -> group.execute(box[0], () -> store.find(box[0])));
    }
  }

  void arrayReused(String[] ids) {
    for (int i = 0; i < ids.length; i++) {
      int n = i;
      // BUG: Diagnostic contains: reads 'ids[n]'
      group.executeAsync(ids[n], () -> store.find(ids[n]));
      ids[n] = null;
    }
  }

  void listChanged(List<String> work) {
    while (!work.isEmpty()) {
      // BUG: Diagnostic contains: reads 'work.get(0)'
      group.executeAsync(work.get(0), () -> store.find(work.get(0)));
      work.remove(0);
    }
  }

  CompletableFuture<Product> after(Req req) {
    // BUG: Diagnostic contains: reads 'req.getId()'
    CompletableFuture<Product> f = group.executeAsync(req.getId(), () -> store.find(req.getId()));
    req.setId(null);
    return f;
  }
}
