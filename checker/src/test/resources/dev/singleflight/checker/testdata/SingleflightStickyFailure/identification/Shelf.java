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

class ShelfProduct {
  static final ShelfProduct NONE = new ShelfProduct();
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

class ShelfOrder {}

interface ShelfProductRepository {
  ShelfProduct find(String sku);

  void save(ShelfProduct p);

  void updatePrice(String sku, long cents);

  int delete(String sku);
}

interface ShelfOrderRepository {
  void save(ShelfOrder o);
}

interface ShelfJdbc {
  <T> T queryForObject(String sql, Function<Object, T> m, Object... args);

  int update(String sql, Object... args);
}

interface ShelfCacheClient {
  ShelfProduct get(String k);

  void set(String k, ShelfProduct p, Duration ttl);

  void del(String k);
}

interface ShelfTx {
  void execute(Runnable r);
}

interface ShelfEvents {
  void publish(Object o);
}

interface ShelfSearchIndex {
  void update(ShelfProduct p);
}

record ShelfSlot(ShelfProduct product, Throwable error, Instant until) {}

class ShelfLoadFailedException extends RuntimeException {}

class ShelfProductNotFoundException extends RuntimeException {}

class BuiltWithConstant {
  final SingleflightLoader<String, ShelfProduct> products;
  final ShelfProductRepository repo;

  BuiltWithConstant(ShelfProductRepository repo) {
    this.repo = repo;
    products =
        SingleflightLoader.newBuilder()
            .build(
                k -> {
                  try {
                    return repo.find(k);
                  } catch (ShelfLoadFailedException e) {
                    // BUG: Diagnostic contains: Singleflight
                    return ShelfProduct.NONE;
                  }
                });
  }
}

class BuiltWithAnswers {
  final SingleflightLoader<String, Optional<ShelfProduct>> products;
  final SingleflightLoader<String, ShelfProduct> second;
  final ShelfProductRepository repo;
  final ShelfProductRepository replica = null;

  BuiltWithAnswers(ShelfProductRepository repo) {
    this.repo = repo;
    products =
        SingleflightLoader.newBuilder()
            .build(
                k -> {
                  try {
                    return Optional.of(repo.find(k));
                  } catch (ShelfProductNotFoundException e) {
                    return Optional.empty();
                  }
                });
    second =
        SingleflightLoader.newBuilder()
            .build(
                k -> {
                  try {
                    return repo.find(k);
                  } catch (ShelfLoadFailedException e) {
                    return replica.find(k);
                  }
                });
  }
}

class HandledThenKept {
  final SingleflightGroup<String, ShelfProduct> flights = SingleflightGroup.create();
  final Map<String, ShelfProduct> cache = new ConcurrentHashMap<>();
  final ShelfProductRepository repo = null;

  void warm(String sku) {
    flights
        .executeAsync(sku, repo::find)
        .handle((p, e) -> e != null ? ShelfProduct.NONE : p)
        // BUG: Diagnostic contains: Singleflight
        .thenAccept(p -> cache.put(sku, p));
  }
}

class AnonymousLoader {
  final SingleflightGroup<String, ShelfProduct> flights = SingleflightGroup.create();
  final Map<String, ShelfProduct> cache = new ConcurrentHashMap<>();
  final ShelfProductRepository repo = null;

  ShelfProduct p(String sku) {
    ShelfProduct p =
        flights.execute(
            sku,
            new Loader<String, ShelfProduct, RuntimeException>() {
              @Override
              public ShelfProduct load(String k) {
                try {
                  return repo.find(k);
                } catch (RuntimeException e) {
                  return new ShelfProduct();
                }
              }
            });
    // BUG: Diagnostic contains: Singleflight
    cache.put(sku, p);
    return p;
  }
}

class SameTimeToLive {
  final SingleflightGroup<String, ShelfProduct> flights = SingleflightGroup.create();
  final Map<String, ShelfSlot> cache = new ConcurrentHashMap<>();
  final ShelfProductRepository repo = null;
  final Clock clock = null;
  static final Duration TTL = Duration.ofHours(1);

  ShelfProduct p(String sku) {
    try {
      ShelfProduct p = flights.execute(sku, repo::find);
      cache.put(sku, new ShelfSlot(p, null, clock.instant().plus(TTL)));
      return p;
    } catch (RuntimeException e) {
      // BUG: Diagnostic contains: Singleflight
      cache.put(sku, new ShelfSlot(null, e, clock.instant().plus(TTL)));
      throw e;
    }
  }
}

class NotAValue {
  final SingleflightGroup<String, ShelfProduct> flights = SingleflightGroup.create();
  final Map<String, ShelfSlot> cache = new ConcurrentHashMap<>();
  final Map<String, ShelfProduct> values = new ConcurrentHashMap<>();
  final Map<String, Instant> lastError = new ConcurrentHashMap<>();
  final Map<String, Instant> retryAt = new ConcurrentHashMap<>();
  final Map<String, Integer> errors = new ConcurrentHashMap<>();
  final ShelfProductRepository repo = null;
  final Clock clock = null;

  ShelfProduct p(String sku) {
    try {
      ShelfProduct p = flights.execute(sku, repo::find);
      values.put(sku, p);
      return p;
    } catch (RuntimeException e) {
      lastError.put(sku, clock.instant());
      retryAt.put(sku, clock.instant().plusSeconds(3));
      errors.merge(sku, 1, Integer::sum);
      throw e;
    }
  }

  ShelfProduct stale(String sku) {
    try {
      ShelfProduct p = flights.execute(sku, repo::find);
      values.put(sku, p);
      return p;
    } catch (RuntimeException e) {
      ShelfProduct old = values.get(sku);
      if (old != null) return old;
      throw e;
    }
  }

  ShelfProduct retry(String sku) {
    ShelfProduct p = null;
    RuntimeException last = null;
    for (int i = 0; i < 3 && p == null; i++) {
      try {
        p = flights.execute(sku, repo::find);
      } catch (RuntimeException e) {
        last = e;
      }
    }
    if (p == null) throw last;
    values.put(sku, p);
    return p;
  }

  boolean isPermanent(Exception e) {
    return false;
  }

  ShelfProduct neg(String sku) {
    try {
      ShelfProduct p = flights.execute(sku, repo::find);
      cache.put(sku, new ShelfSlot(p, null, null));
      return p;
    } catch (RuntimeException e) {
      if (isPermanent(e)) {
        cache.put(sku, new ShelfSlot(null, e, null));
      }
      throw e;
    }
  }

  ShelfProduct interrupted(String sku) {
    return flights.execute(
        sku,
        k -> {
          try {
            Thread.sleep(1);
            return repo.find(k);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
          }
        });
  }
}

class FlagIsOff {
  final SingleflightGroup<String, Boolean> flights = SingleflightGroup.create();
  final Map<String, Boolean> flags = new ConcurrentHashMap<>();
  final Predicate<String> remote = null;

  boolean enabled(String flag) {
    Boolean known = flags.get(flag);
    if (known != null) return known;
    boolean value;
    try {
      value = flights.execute(flag, remote::test);
    } catch (RuntimeException e) {
      value = false;
    }
    // BUG: Diagnostic contains: Singleflight
    flags.put(flag, value);
    return value;
  }
}

class EmptyList {
  final SingleflightGroup<String, List<ShelfProduct>> flights = SingleflightGroup.create();
  final Cache<String, List<ShelfProduct>> cache = Caffeine.newBuilder().build();
  final Function<String, List<ShelfProduct>> remote = null;

  List<ShelfProduct> list(String c) {
    List<ShelfProduct> cached = cache.getIfPresent(c);
    if (cached != null) return cached;
    List<ShelfProduct> loaded = flights.execute(c, this::loadOrEmpty);
    // BUG: Diagnostic contains: Singleflight
    cache.put(c, loaded);
    return loaded;
  }

  private List<ShelfProduct> loadOrEmpty(String c) {
    try {
      return remote.apply(c);
    } catch (RuntimeException e) {
      return Collections.emptyList();
    }
  }
}

class PutIfAbsentFuture {
  final SingleflightGroup<String, ShelfProduct> flights = SingleflightGroup.create();
  final ConcurrentMap<String, CompletableFuture<ShelfProduct>> futures = new ConcurrentHashMap<>();
  final ShelfProductRepository repo = null;

  CompletableFuture<ShelfProduct> get1(String sku) {
    CompletableFuture<ShelfProduct> existing = futures.get(sku);
    if (existing != null) return existing;
    CompletableFuture<ShelfProduct> f = flights.executeAsync(sku, repo::find);
    // BUG: Diagnostic contains: Singleflight
    CompletableFuture<ShelfProduct> raced = futures.putIfAbsent(sku, f);
    return raced != null ? raced : f;
  }
}

class AskedIfFailed {
  final SingleflightGroup<String, ShelfProduct> flights = SingleflightGroup.create();
  final ConcurrentMap<String, CompletableFuture<ShelfProduct>> futures = new ConcurrentHashMap<>();
  final AsyncCache<String, ShelfProduct> async = Caffeine.newBuilder().buildAsync();
  final ShelfProductRepository repo = null;

  CompletableFuture<ShelfProduct> a(String sku) {
    return async.get(sku, (k, ex) -> flights.executeAsync(k, repo::find));
  }

  CompletableFuture<ShelfProduct> b(String sku) {
    CompletableFuture<ShelfProduct> f =
        futures.compute(
            sku,
            (k, old) ->
                old != null && !old.isCompletedExceptionally()
                    ? old
                    : flights.executeAsync(k, repo::find));
    return f;
  }
}

class RemovedInCatch {
  final SingleflightGroup<String, ShelfProduct> flights = SingleflightGroup.create();
  final ConcurrentMap<String, CompletableFuture<ShelfProduct>> futures = new ConcurrentHashMap<>();
  final ShelfProductRepository repo = null;

  ShelfProduct c(String sku) {
    CompletableFuture<ShelfProduct> f =
        futures.computeIfAbsent(sku, k -> flights.executeAsync(k, repo::find));
    try {
      return f.join();
    } catch (CompletionException e) {
      futures.remove(sku, f);
      throw e;
    }
  }
}
