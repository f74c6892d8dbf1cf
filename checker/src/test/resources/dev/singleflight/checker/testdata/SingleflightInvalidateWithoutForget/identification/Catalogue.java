// Over 400 lines: a list of cases of a few lines each, which share what stands at the top.
package test;

import com.github.benmanes.caffeine.cache.*;
import dev.singleflight.*;
import dev.singleflight.annotations.*;
import java.io.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;

class CatProduct {
  static final CatProduct NONE = new CatProduct();
  String sku;
  String name;

  String sku() {
    return sku;
  }

  void setName(String n) {
    name = n;
  }

  boolean isAvailable() {
    return true;
  }
}

class CatOrder {}

interface CatProductRepository {
  CatProduct find(String sku);

  void save(CatProduct p);

  void updatePrice(String sku, long cents);

  int delete(String sku);
}

interface CatOrderRepository {
  void save(CatOrder o);
}

interface CatJdbc {
  <T> T queryForObject(String sql, Function<Object, T> m, Object... args);

  int update(String sql, Object... args);
}

interface CatCacheClient {
  CatProduct get(String k);

  void set(String k, CatProduct p, Duration ttl);

  void del(String k);
}

interface CatTx {
  void execute(Runnable r);
}

interface CatEvents {
  void publish(Object o);
}

interface CatSearchIndex {
  void update(CatProduct p);
}

record CatSlot(CatProduct product, Throwable error, Instant until) {}

class CatLoadFailedException extends RuntimeException {}

class CatProductNotFoundException extends RuntimeException {}

class RemoteCache {
  final SingleflightGroup<String, CatProduct> flights = SingleflightGroup.create();
  final CatCacheClient redis;
  final CatProductRepository repo;

  RemoteCache(CatCacheClient redis, CatProductRepository repo) {
    this.redis = redis;
    this.repo = repo;
  }

  CatProduct product(String sku) {
    CatProduct p = redis.get(cacheKey(sku));
    if (p != null) return p;
    return flights.execute(
        sku,
        () -> {
          CatProduct l = repo.find(sku);
          redis.set(cacheKey(sku), l, Duration.ofMinutes(5));
          return l;
        });
  }

  void evict(String sku) {
    // BUG: Diagnostic contains: Singleflight
    redis.del(cacheKey(sku));
  }

  private String cacheKey(String sku) {
    return "p:" + sku;
  }
}

class LeaderKeeps {
  final SingleflightGroup<String, CatProduct> flights = SingleflightGroup.create();
  final Map<String, CatProduct> known = new ConcurrentHashMap<>();
  final CatProductRepository repo;

  LeaderKeeps(CatProductRepository repo) {
    this.repo = repo;
  }

  CatProduct product(String sku) {
    var shared = flights.executeShared(sku, repo::find);
    if (!shared.isFollower()) {
      known.put(sku, shared.value());
    }
    return shared.value();
  }

  synchronized void changed(CatProduct p) {
    repo.save(p);
    // BUG: Diagnostic contains: Singleflight
    known.remove(p.sku());
  }
}

// not: alias forget
class ForgetsByAlias {
  final SingleflightGroup<String, CatProduct> flights = SingleflightGroup.create();
  final Map<String, CatProduct> known = new ConcurrentHashMap<>();
  final CatProductRepository repo;

  ForgetsByAlias(CatProductRepository repo) {
    this.repo = repo;
  }

  CatProduct product(String sku) {
    CatProduct p = flights.execute(sku, repo::find);
    known.put(sku, p);
    return p;
  }

  void changed(String sku) {
    SingleflightGroup<String, CatProduct> g = this.flights;
    try {
      known.remove(sku);
    } finally {
      g.forgetUnshared(sku);
    }
  }

  void reset() {
    known.keySet().forEach(this::changed);
  }

  SingleflightGroup<String, CatProduct> flights() {
    return flights;
  }

  void drop(String sku) {
    known.remove(sku);
    flights().forget(sku);
  }
}

class ForgetsBeforeUpdate {
  final SingleflightGroup<String, CatProduct> flights = SingleflightGroup.create();
  final Cache<String, CatProduct> cache = Caffeine.newBuilder().build();
  final CatJdbc jdbc;

  ForgetsBeforeUpdate(CatJdbc jdbc) {
    this.jdbc = jdbc;
  }

  CatProduct product(String sku) {
    return flights.execute(
        sku,
        k -> {
          CatProduct p =
              jdbc.queryForObject("select * from product where sku = ?", r -> new CatProduct(), k);
          cache.put(k, p);
          return p;
        });
  }

  void reprice(String sku, long cents) {
    // BUG: Diagnostic contains: Singleflight
    cache.invalidate(sku);
    flights.forget(sku);
    jdbc.update("update product set cents = ? where sku = ?", cents, sku);
  }
}

class WritesFirst {
  final SingleflightLoader<String, CatProduct> products;
  final CatProductRepository repo;
  final CatOrderRepository orders;
  final CatEvents events;
  final CatSearchIndex index;
  final CatTx tx;

  WritesFirst(
      CatProductRepository repo,
      CatOrderRepository orders,
      CatEvents events,
      CatSearchIndex index,
      CatTx tx) {
    this.repo = repo;
    this.orders = orders;
    this.events = events;
    this.index = index;
    this.tx = tx;
    products = SingleflightLoader.newBuilder().build(repo::find);
  }

  void a(String sku, CatOrder o) {
    products.invalidate(sku);
    orders.save(o);
  }

  void b(CatProduct p) {
    repo.save(p);
    products.invalidate(p.sku());
    events.publish(p);
    index.update(p);
  }

  void c(CatProduct p) {
    tx.execute(() -> repo.save(p));
    products.invalidate(p.sku());
  }

  CatProduct d(String sku) {
    products.invalidate(sku);
    CatProduct p = products.get(sku);
    p.setName("x");
    return p;
  }

  void e(CatProduct p) {
    products.invalidate(p.sku());
    try {
      repo.save(p);
    } finally {
      products.invalidate(p.sku());
    }
  }
}

class WritesInTransaction {
  final SingleflightLoader<String, CatProduct> products;
  final CatProductRepository repo;
  final CatTx tx;

  WritesInTransaction(CatProductRepository repo, CatTx tx) {
    this.repo = repo;
    this.tx = tx;
    products = SingleflightLoader.newBuilder().build(repo::find);
  }

  void c(CatProduct p) {
    // BUG: Diagnostic contains: Singleflight
    products.invalidate(p.sku());
    tx.execute(() -> repo.save(p));
  }
}

class TenantsFirst {
  final TenantLoader<String, String, CatProduct> products;
  final CatProductRepository repo;

  TenantsFirst(CatProductRepository repo) {
    this.repo = repo;
    products = SingleflightLoader.newBuilder().buildPerTenant((String t, String k) -> repo.find(k));
  }

  void c(String tenant, String sku, long cents) {
    // BUG: Diagnostic contains: Singleflight
    products.invalidate(tenant, sku);
    repo.updatePrice(sku, cents);
  }
}

class LoaderClass {
  static final class Loading implements Loader<String, CatProduct, RuntimeException> {
    private final Map<String, CatProduct> cache;
    private final CatProductRepository repo;

    Loading(Map<String, CatProduct> cache, CatProductRepository repo) {
      this.cache = cache;
      this.repo = repo;
    }

    @Override
    public CatProduct load(String sku) {
      CatProduct p = repo.find(sku);
      cache.put(sku, p);
      return p;
    }
  }

  final SingleflightGroup<String, CatProduct> flights = SingleflightGroup.create();
  final Map<String, CatProduct> cache = new ConcurrentHashMap<>();
  final Loading loading;

  LoaderClass(CatProductRepository repo) {
    loading = new Loading(cache, repo);
  }

  CatProduct product(String sku) {
    return flights.execute(sku, loading);
  }

  void drop(String sku) {
    // BUG: Diagnostic contains: Singleflight
    cache.remove(sku);
  }
}

class CoalescedByAnnotation {
  final Map<String, CatProduct> cache = new ConcurrentHashMap<>();
  final CatProductRepository repo = null;

  @Coalescing
  CatProduct product(String sku) {
    CatProduct p = repo.find(sku);
    cache.put(sku, p);
    return p;
  }

  void drop(String sku) {
    // BUG: Diagnostic contains: Singleflight
    cache.remove(sku);
  }
}

class AsksWhatIsDirty {
  final SingleflightGroup<String, CatProduct> flights = SingleflightGroup.create();
  final Map<String, CatProduct> cache = new ConcurrentHashMap<>();
  final Set<String> dirty = ConcurrentHashMap.newKeySet();
  final CatProductRepository repo = null;

  CatProduct product(String sku) {
    dirty.remove(sku);
    return flights.execute(
        sku,
        k -> {
          CatProduct p = repo.find(k);
          if (!dirty.contains(k)) cache.put(k, p);
          return p;
        });
  }

  void drop(String sku) {
    dirty.add(sku);
    cache.remove(sku);
  }
}

// not: write-through, other, register
class PinnedByHand {
  final SingleflightGroup<String, CatProduct> flights = SingleflightGroup.create();
  final Map<String, CatProduct> cache = new ConcurrentHashMap<>();
  final Map<String, CatProduct> pinned = new ConcurrentHashMap<>();
  final CatProductRepository repo = null;

  CatProduct product(String sku) {
    return flights.execute(
        sku,
        k -> {
          CatProduct pin = pinned.get(k);
          return pin != null ? pin : repo.find(k);
        });
  }

  void pin(CatProduct p) {
    pinned.put(p.sku(), p);
  }

  void unpin(String sku) {
    pinned.remove(sku);
  }
}

class CountsInHelper {
  private final SingleflightGroup<String, CatProduct> flights = SingleflightGroup.create();
  private final Map<String, CatProduct> cache = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();
  private final CatProductRepository repo;

  CountsInHelper(CatProductRepository repo) {
    this.repo = repo;
  }

  CatProduct product(String sku) {
    long before = changes.get();
    CatProduct loaded = flights.execute(sku, repo::find);
    if (before == changes.get()) {
      cache.put(sku, loaded);
    }
    return loaded;
  }

  void drop(String sku) {
    count();
    cache.remove(sku);
  }

  private void count() {
    changes.incrementAndGet();
  }
}
