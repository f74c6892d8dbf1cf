package test;

import com.github.benmanes.caffeine.cache.*;
import dev.singleflight.*;
import dev.singleflight.annotations.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;
import java.util.function.*;

class FxRate {
  static final FxRate ZERO = new FxRate();
}

interface FxRateApi {
  FxRate fetch(String c) throws FxRemoteException;

  FxRate now(String c);

  void store(FxRate r);
}

class FxRemoteException extends Exception {}

interface FxKeyValue<K, V> {
  V read(K k);

  void write(K k, V v);

  void erase(K k);
}

class ReadWriteLocked {
  private final SingleflightGroup<String, FxRate> g = SingleflightGroup.create();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<String, FxRate> rates = new HashMap<>();
  private final FxRateApi api = null;

  FxRate rate(String c) {
    lock.readLock().lock();
    try {
      FxRate r = rates.get(c);
      if (r != null) return r;
    } finally {
      lock.readLock().unlock();
    }
    return g.execute(
        c,
        k -> {
          FxRate r = api.now(k);
          lock.writeLock().lock();
          try {
            rates.put(k, r);
          } finally {
            lock.writeLock().unlock();
          }
          return r;
        });
  }

  void invalidate(String c) {
    lock.writeLock().lock();
    try {
      // BUG: Diagnostic contains: Singleflight
      rates.remove(c);
    } finally {
      lock.writeLock().unlock();
    }
  }
}

class KeptByHelper {
  private final SingleflightGroup<String, FxRate> g = SingleflightGroup.create();
  private final Map<String, FxRate> rates = Collections.synchronizedMap(new LinkedHashMap<>());
  private final FxRateApi api = null;

  FxRate rate(String c) {
    return rates.containsKey(c) ? rates.get(c) : load(c);
  }

  private FxRate load(String c) {
    FxRate r = g.execute(c, () -> api.now(c));
    return keep(c, r);
  }

  private FxRate keep(String c, FxRate r) {
    rates.put(c, r);
    return r;
  }

  void onMessage(String c) {
    if (c.isEmpty()) {
      // BUG: Diagnostic contains: Singleflight
      rates.clear();
    } else {
      // BUG: Diagnostic contains: Singleflight
      rates.remove(c);
    }
  }
}

class RateBase {
  protected final Map<String, FxRate> rates = new ConcurrentHashMap<>();

  void forgetful(String c) {
    // BUG: Diagnostic contains: Singleflight
    rates.remove(c);
  }
}

class InheritedDrop extends RateBase {
  private final SingleflightGroup<String, FxRate> g = SingleflightGroup.create();
  private final FxRateApi api = null;

  FxRate rate(String c) {
    return g.execute(
        c,
        k -> {
          FxRate r = api.now(k);
          rates.put(k, r);
          return r;
        });
  }
}

class LoaderInField {
  private final SingleflightGroup<String, FxRate> g = SingleflightGroup.create();
  private final Map<String, FxRate> rates = new ConcurrentHashMap<>();
  private final FxRateApi api = null;
  private final Loader<String, FxRate, RuntimeException> loader =
      k -> {
        FxRate r = api.now(k);
        this.rates.put(k, r);
        return r;
      };

  FxRate rate(String c) {
    return g.execute(c, loader);
  }

  void drop(String c) {
    // BUG: Diagnostic contains: Singleflight
    FxRate old = rates.remove(c);
    System.out.println(old);
  }
}

class EmptiedMap {
  record Held(FxRate rate, long at) {}

  private final SingleflightGroup<String, FxRate> g = SingleflightGroup.create();
  private volatile Map<String, Held> held = new ConcurrentHashMap<>();
  private final FxRateApi api = null;

  FxRate rate(String c) {
    return g.executeAsync(c, api::now)
        .whenComplete(
            (r, e) -> {
              if (e == null) held.put(c, new Held(r, System.nanoTime()));
            })
        .join();
  }

  void reset() {
    // BUG: Diagnostic contains: Singleflight
    held = new ConcurrentHashMap<>();
  }
}

// not: callers forget all
class CallersForget {
  private final SingleflightGroup<String, FxRate> g = SingleflightGroup.create();
  private final Map<String, FxRate> rates = new ConcurrentHashMap<>();
  private final FxRateApi api = null;

  FxRate rate(String c) {
    return g.execute(
        c,
        k -> {
          FxRate r = api.now(k);
          rates.put(k, r);
          return r;
        });
  }

  private void drop(String c) {
    rates.remove(c);
  }

  void a(String c) {
    drop(c);
    g.forget(c);
  }

  void b(Collection<String> cs) {
    for (String c : cs) {
      drop(c);
      forget(c);
    }
  }

  private void forget(String c) {
    g.forget(c);
  }
}

class OneCallerForgets {
  private final SingleflightGroup<String, FxRate> g = SingleflightGroup.create();
  private final Map<String, FxRate> rates = new ConcurrentHashMap<>();
  private final FxRateApi api = null;

  FxRate rate(String c) {
    return g.execute(
        c,
        k -> {
          FxRate r = api.now(k);
          rates.put(k, r);
          return r;
        });
  }

  private void drop(String c) {
    // BUG: Diagnostic contains: Singleflight
    rates.remove(c);
  }

  void a(String c) {
    drop(c);
    g.forget(c);
  }

  void b(Collection<String> cs) {
    for (String c : cs) {
      drop(c);
    }
  }
}

class StaticMaps {
  private static final SingleflightGroup<String, FxRate> G = SingleflightGroup.create();
  private static final Map<String, FxRate> RATES = new ConcurrentHashMap<>();

  static FxRate rate(FxRateApi api, String c) {
    return G.execute(
        c,
        k -> {
          FxRate r = api.now(k);
          RATES.put(k, r);
          return r;
        });
  }

  static void drop(String c) {
    // BUG: Diagnostic contains: Singleflight
    RATES.computeIfPresent(c, (k, v) -> null);
  }
}

class Unrelated {
  void wipe() {}
}

class NamedCache {
  private final FxKeyValue<String, FxRate> cache = null;
  private final SingleflightGroup<String, FxRate> g = SingleflightGroup.create();
  private final FxRateApi api = null;

  FxRate rate(String c) {
    FxRate r = cache.read(c);
    if (r != null) return r;
    return g.execute(
        c,
        k -> {
          FxRate l = api.now(k);
          cache.write(k, l);
          return l;
        });
  }

  void drop(String c) {
    // BUG: Diagnostic contains: Singleflight
    cache.erase(c);
  }
}

class CacheInterface {
  interface RateCache {
    Optional<FxRate> find(String c);

    void put(String c, FxRate r);

    void evict(String c);
  }

  private final RateCache cache = null;
  private final SingleflightGroup<String, FxRate> g = SingleflightGroup.create();
  private final FxRateApi api = null;

  FxRate rate(String c) {
    return cache
        .find(c)
        .orElseGet(
            () ->
                g.execute(
                    c,
                    k -> {
                      FxRate l = api.now(k);
                      cache.put(k, l);
                      return l;
                    }));
  }

  void update(FxRate r, String c) {
    api.store(r);
    // BUG: Diagnostic contains: Singleflight
    Runnable after = () -> cache.evict(c);
    after.run();
  }
}

// not: stamped validate; close; scheduled
class Stamped implements AutoCloseable {
  private final SingleflightGroup<String, FxRate> g = SingleflightGroup.create();
  private final Map<String, FxRate> rates = new ConcurrentHashMap<>();
  private final FxRateApi api = null;
  private final StampedLock sl = new StampedLock();

  FxRate rate(String c) {
    long s = sl.tryOptimisticRead();
    return g.execute(
        c,
        k -> {
          FxRate r = api.now(k);
          if (!sl.validate(s)) {
            return r;
          }
          rates.put(k, r);
          return r;
        });
  }

  void drop(String c) {
    long s = sl.writeLock();
    try {
      rates.remove(c);
    } finally {
      sl.unlockWrite(s);
    }
  }

  @Override
  public void close() {
    rates.clear();
  }
}
