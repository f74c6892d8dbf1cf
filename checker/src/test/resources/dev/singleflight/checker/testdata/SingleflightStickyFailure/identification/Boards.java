package test;

import com.github.benmanes.caffeine.cache.*;
import dev.singleflight.*;
import dev.singleflight.annotations.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;
import java.util.function.*;

class BoardRate {
  static final BoardRate ZERO = new BoardRate();
}

interface BoardRateApi {
  BoardRate fetch(String c) throws BoardRemoteException;

  BoardRate now(String c);

  void store(BoardRate r);
}

class BoardRemoteException extends Exception {}

interface BoardKeyValue<K, V> {
  V read(K k);

  void write(K k, V v);

  void erase(K k);
}

class ComputedQuietly {
  private final SingleflightGroup<String, BoardRate> g = SingleflightGroup.create();
  private final Map<String, BoardRate> rates = new ConcurrentHashMap<>();
  private final BoardRateApi api = null;

  BoardRate rate(String c) {
    // BUG: Diagnostic contains: Singleflight
    return rates.computeIfAbsent(c, k -> quiet(k));
  }

  private BoardRate quiet(String c) {
    try {
      return g.execute(c, api::fetch);
    } catch (BoardRemoteException e) {
      return BoardRate.ZERO;
    }
  }
}

class ExceptionAsValue {
  private final SingleflightGroup<String, BoardRate> g = SingleflightGroup.create();
  private final Map<String, Object> rates = new ConcurrentHashMap<>();
  private final BoardRateApi api = null;

  Object rate(String c) {
    Object known = rates.get(c);
    if (known == null) {
      try {
        known = g.execute(c, api::fetch);
      } catch (BoardRemoteException e) {
        known = e;
      }
      // BUG: Diagnostic contains: Singleflight
      rates.put(c, known);
    }
    return known;
  }
}

class BadResult {
  sealed interface Result permits Ok, Bad {}

  record Ok(BoardRate r) implements Result {}

  record Bad(String why) implements Result {}

  private final SingleflightGroup<String, Result> g = SingleflightGroup.create();
  private final Map<String, Result> results = new ConcurrentHashMap<>();
  private final BoardRateApi api = null;

  Result rate(String c) {
    return g.execute(
        c,
        k -> {
          Result res;
          try {
            res = new Ok(api.fetch(k));
          } catch (BoardRemoteException e) {
            res = new Bad(e.getMessage());
          }
          // BUG: Diagnostic contains: Singleflight
          results.put(k, res);
          return res;
        });
  }
}

class FieldMemo {
  private final SingleflightGroup<String, BoardRate> g = SingleflightGroup.create();
  private volatile BoardRate memo;
  private final BoardRateApi api = null;

  BoardRate rate() {
    BoardRate r = memo;
    if (r == null) {
      try {
        r = g.execute("x", api::fetch);
      } catch (BoardRemoteException e) {
        r = BoardRate.ZERO;
      }
      // BUG: Diagnostic contains: Singleflight
      memo = r;
    }
    return r;
  }
}

class FieldMemoByOptional {
  private final SingleflightGroup<String, BoardRate> g = SingleflightGroup.create();
  private volatile BoardRate memo;
  private final BoardRateApi api = null;

  BoardRate rate() {
    return Optional.ofNullable(this.memo).orElseGet(this::load);
  }

  private BoardRate load() {
    BoardRate r;
    try {
      r = g.execute("x", api::fetch);
    } catch (BoardRemoteException e) {
      r = BoardRate.ZERO;
    }
    // BUG: Diagnostic contains: keeps a failed load
    this.memo = r;
    return r;
  }
}

class FieldMemoByChoice {
  private final SingleflightGroup<String, BoardRate> g = SingleflightGroup.create();
  private volatile BoardRate memo;
  private final BoardRateApi api = null;

  BoardRate rate() {
    return this.memo != null ? this.memo : load();
  }

  private BoardRate load() {
    BoardRate r;
    try {
      r = g.execute("x", api::fetch);
    } catch (BoardRemoteException e) {
      r = BoardRate.ZERO;
    }
    // BUG: Diagnostic contains: keeps a failed load
    this.memo = r;
    return r;
  }
}

class LastSeen {
  private final SingleflightGroup<String, BoardRate> g = SingleflightGroup.create();
  private volatile BoardRate last;
  private final BoardRateApi api = null;

  BoardRate rate() {
    BoardRate r;
    try {
      r = g.execute("x", api::fetch);
    } catch (BoardRemoteException e) {
      r = BoardRate.ZERO;
    }
    this.last = r;
    return r;
  }
}

class OptionalOfNothing {
  private final SingleflightGroup<String, BoardRate> g = SingleflightGroup.create();
  private final Cache<String, Optional<BoardRate>> cache = Caffeine.newBuilder().build();
  private final BoardRateApi api = null;

  Optional<BoardRate> rate(String c) {
    BoardRate r = null;
    try {
      r = g.execute(c, api::fetch);
    } catch (BoardRemoteException e) {
      System.err.println(e.getMessage());
    }
    Optional<BoardRate> result = Optional.ofNullable(r);
    // BUG: Diagnostic contains: Singleflight
    cache.put(c, result);
    return result;
  }
}

class FallbackByHelper {
  private final SingleflightGroup<String, BoardRate> g = SingleflightGroup.create();
  private final Map<String, BoardRate> cache = new ConcurrentHashMap<>();
  private final BoardRateApi api = null;

  private <T> T orElse(Callable<T> call, T fallback) {
    try {
      return call.call();
    } catch (Exception e) {
      return fallback;
    }
  }

  BoardRate rate(String c) {
    BoardRate r = orElse(() -> g.execute(c, api::fetch), BoardRate.ZERO);
    // BUG: Diagnostic contains: Singleflight
    cache.put(c, r);
    return r;
  }
}

class NothingKept {
  private final SingleflightGroup<String, BoardRate> g = SingleflightGroup.create();
  private final Map<String, BoardRate> cache = new ConcurrentHashMap<>();
  private final Map<String, BoardRate> fallback = new ConcurrentHashMap<>();
  private final BoardRateApi api = null, secondary = null;
  private BoardRate lastGood = BoardRate.ZERO;

  BoardRate a(String c) {
    BoardRate r;
    try {
      r = g.execute(c, api::fetch);
    } catch (BoardRemoteException e) {
      r = fallbackRate(c);
    }
    cache.put(c, r);
    return r;
  }

  private BoardRate fallbackRate(String c) {
    return secondary.now(c);
  }

  BoardRate b(String c) throws BoardRemoteException {
    BoardRate r;
    try {
      r = g.execute(c, api::fetch);
    } catch (BoardRemoteException e) {
      r = cache.get(c);
      if (r == null) throw e;
    }
    cache.put(c, r);
    return r;
  }

  BoardRate d(String c) {
    BoardRate r;
    String region;
    try {
      region = c.substring(0, 2);
    } catch (IndexOutOfBoundsException e) {
      region = "eu";
    }
    String key = region + c;
    r = g.execute(key, api::now);
    cache.put(key, r);
    return r;
  }

  BoardRate e(String c) {
    BoardRate r;
    try {
      r = g.execute(c, api::fetch);
    } catch (BoardRemoteException e) {
      throw new IllegalStateException(e);
    }
    cache.put(c, r);
    return r;
  }

  BoardRate f(String c) {
    try {
      return cache.computeIfAbsent(c, k -> g.execute(k, api::now));
    } catch (RuntimeException e) {
      return BoardRate.ZERO;
    }
  }

  void h(String c) {
    g.executeAsync(c, api::fetch).thenAccept(r -> cache.put(c, r)).exceptionally(e -> null);
  }

  void i(String c) {
    g.executeAsync(c, api::fetch)
        .handle(
            (r, e) -> {
              if (e != null) {
                return null;
              }
              cache.put(c, r);
              return r;
            });
  }
}
