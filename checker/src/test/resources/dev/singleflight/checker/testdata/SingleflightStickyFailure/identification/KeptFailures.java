// Over 400 lines: a list of cases of a few lines each, which share what stands at the top.
package test;

import com.github.benmanes.caffeine.cache.*;
import dev.singleflight.*;
import java.io.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;

class Quote {
  static final Quote EMPTY = new Quote();
  String id;

  boolean isKnown() {
    return true;
  }

  static Quote unknown(String id) {
    return new Quote();
  }
}

class NotFoundException extends RuntimeException {}

class TransientException extends RuntimeException {
  boolean permanent() {
    return false;
  }
}

interface QuoteSource {
  Quote find(String id);

  Quote findIo(String id) throws IOException;
}

record Entry(Quote user, Exception failure) {
  static Entry of(Quote u) {
    return new Entry(u, null);
  }

  static Entry failed(Exception e) {
    return new Entry(null, e);
  }
}

class CachedInCatch {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, Entry> cache = new ConcurrentHashMap<>();
  QuoteSource db;
  QuoteSource replica;

  Quote user(String id) {
    Entry e = cache.get(id);
    if (e != null) return e.user();
    try {
      Quote u = g.execute(id, db::find);
      cache.put(id, Entry.of(u));
      return u;
    } catch (RuntimeException ex) {
      // BUG: Diagnostic contains: Singleflight
      cache.put(id, Entry.failed(ex));
      throw ex;
    }
  }
}

class CachedEitherWay {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, Entry> cache = new ConcurrentHashMap<>();
  QuoteSource db;

  Quote user(String id) {
    Quote u = null;
    Exception failure = null;
    try {
      u = g.execute(id, db::find);
    } catch (RuntimeException ex) {
      failure = ex;
    }
    // BUG: Diagnostic contains: Singleflight
    cache.put(id, new Entry(u, failure));
    return u;
  }
}

class LoaderCachesEmpty {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, Quote> cache = new ConcurrentHashMap<>();
  QuoteSource db;

  Quote user(String id) {
    return g.execute(
        id,
        k -> {
          Quote u;
          try {
            u = db.find(k);
          } catch (RuntimeException ex) {
            u = Quote.EMPTY;
          }
          // BUG: Diagnostic contains: Singleflight
          cache.put(k, u);
          return u;
        });
  }
}

class LoaderGivesUnknown {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, Quote> cache = new ConcurrentHashMap<>();
  QuoteSource db;

  Quote user(String id) {
    Quote cached = cache.get(id);
    if (cached != null) return cached;
    Quote u = g.execute(id, this::load);
    // BUG: Diagnostic contains: Singleflight
    cache.put(id, u);
    return u;
  }

  private Quote load(String id) {
    try {
      return db.find(id);
    } catch (RuntimeException e) {
      return Quote.unknown(id);
    }
  }
}

class LoaderGivesEmptyOptional {
  SingleflightGroup<String, Optional<Quote>> g = SingleflightGroup.create();
  Map<String, Optional<Quote>> cache = new ConcurrentHashMap<>();
  QuoteSource db;

  Optional<Quote> user(String id) {
    Optional<Quote> u =
        g.execute(
            id,
            k -> {
              try {
                return Optional.ofNullable(db.findIo(k));
              } catch (IOException e) {
                return Optional.empty();
              }
            });
    // BUG: Diagnostic contains: Singleflight
    cache.put(id, u);
    return u;
  }
}

class PutInFinally {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, Quote> cache = new HashMap<>();
  QuoteSource db;

  Quote user(String id) {
    Quote u = null;
    try {
      u = g.execute(id, db::find);
    } finally {
      // BUG: Diagnostic contains: Singleflight
      cache.put(id, u);
    }
    return u;
  }
}

class Exceptionally {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, Quote> cache = new ConcurrentHashMap<>();
  QuoteSource db;

  CompletableFuture<Quote> user(String id) {
    return g.executeAsync(id, db::find)
        .exceptionally(e -> Quote.EMPTY)
        .thenApply(
            u -> {
              // BUG: Diagnostic contains: Singleflight
              cache.put(id, u);
              return u;
            });
  }
}

class FailedFutureStays {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, CompletableFuture<Quote>> futures = new ConcurrentHashMap<>();
  QuoteSource db;

  CompletableFuture<Quote> user(String id) {
    // BUG: Diagnostic contains: Singleflight
    return futures.computeIfAbsent(id, k -> g.executeAsync(k, db::find));
  }
}

class CleanUpInMappingFunction {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, CompletableFuture<Quote>> futures = new ConcurrentHashMap<>();
  QuoteSource db;

  CompletableFuture<Quote> user(String id) {
    return futures.computeIfAbsent(
        id,
        k ->
            g.executeAsync(k, db::find)
                // it changes the map that computes: a recursion, of which another check speaks
                .whenComplete(
                    (u, e) -> {
                      if (e != null) futures.remove(k);
                    }));
  }
}

class CleanUpBeforePut {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, CompletableFuture<Quote>> futures = new ConcurrentHashMap<>();
  QuoteSource db;

  CompletableFuture<Quote> user(String id) {
    CompletableFuture<Quote> known = futures.get(id);
    if (known != null) return known;
    CompletableFuture<Quote> f = g.executeAsync(id, db::find);
    // BUG: Diagnostic contains: Singleflight
    f.whenComplete(
        (u, e) -> {
          if (e != null) futures.remove(id, f);
        });
    futures.put(id, f);
    return f;
  }
}

class CleanUpAfterPut {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, CompletableFuture<Quote>> futures = new ConcurrentHashMap<>();
  QuoteSource db;

  CompletableFuture<Quote> user(String id) {
    CompletableFuture<Quote> f = futures.computeIfAbsent(id, k -> g.executeAsync(k, db::find));
    f.whenComplete(
        (u, e) -> {
          if (e != null) futures.remove(id, f);
        });
    return f;
  }
}

class FutureKeptWhileWaiting {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, CompletableFuture<Quote>> queue = new HashMap<>();
  Map<String, CompletableFuture<Quote>> joined = new HashMap<>();
  QuoteSource db;

  Quote user(String id) {
    CompletableFuture<Quote> f;
    synchronized (queue) {
      f = g.executeAsync(id, db::find);
      queue.put(id, f);
    }
    try {
      return f.join();
    } finally {
      synchronized (queue) {
        queue.remove(id, f);
      }
    }
  }

  Quote removedOnlyOnSuccess(String id) {
    CompletableFuture<Quote> f = g.executeAsync(id, db::find);
    // BUG: Diagnostic contains: Singleflight
    joined.put(id, f);
    Quote quote = f.join();
    joined.remove(id, f);
    return quote;
  }

  boolean isFailed(String id) {
    return joined.getOrDefault(id, CompletableFuture.completedFuture(null)).isDone();
  }
}

class TriedAgain {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, Quote> cache = new HashMap<>();
  QuoteSource db;

  Quote user(String id) {
    Quote u = g.execute(id, k -> twice(() -> db.find(k)));
    cache.put(id, u);
    return u;
  }

  private static Quote twice(java.util.function.Supplier<Quote> action) {
    try {
      return action.get();
    } catch (IllegalStateException e) {
      return action.get();
    }
  }
}

class NotKept {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, Quote> cache = new ConcurrentHashMap<>();
  Map<String, Optional<Quote>> cache2 = new ConcurrentHashMap<>();
  QuoteSource db, replica;
  Quote last = new Quote();

  Quote a(String id) {
    try {
      Quote u = g.execute(id, db::find);
      cache.put(id, u);
      return u;
    } catch (RuntimeException e) {
      return Quote.EMPTY;
    }
  }

  Quote b(String id) {
    Quote u;
    try {
      u = g.execute(id, db::find);
    } catch (TransientException e) {
      u = replica.find(id);
    }
    cache.put(id, u);
    return u;
  }

  Quote c(String id) {
    Quote u;
    try {
      u = g.execute(id, db::find);
    } catch (NotFoundException e) {
      u = Quote.unknown(id);
    }
    cache.put(id, u);
    return u;
  }

  Quote d(String id) {
    Quote u;
    try {
      u = g.execute(id, db::find);
    } catch (TransientException e) {
      u = Quote.EMPTY;
    }
    if (u != Quote.EMPTY) {
      cache.put(id, u);
    }
    return u;
  }

  Quote e(String id) {
    Quote u;
    try {
      u = g.execute(id, db::find);
    } catch (TransientException e) {
      return Quote.EMPTY;
    }
    cache.put(id, u);
    return u;
  }

  Quote f(String id) {
    Quote u;
    try {
      u = g.execute(id, db::find);
    } catch (TransientException e) {
      if (!e.permanent()) throw e;
      u = Quote.EMPTY;
    }
    cache.put(id, u);
    return u;
  }

  Quote h(String id) {
    Quote u = null;
    try {
      u = g.execute(id, db::find);
    } catch (TransientException e) {
      log(e);
    }
    if (u != null) cache.put(id, u);
    return u;
  }

  Quote i(String id) {
    boolean ok = true;
    Quote u;
    try {
      u = g.execute(id, db::find);
    } catch (TransientException e) {
      ok = false;
      u = Quote.EMPTY;
    }
    if (ok) cache.put(id, u);
    return u;
  }

  Optional<Quote> j(String id) {
    Optional<Quote> u;
    try {
      u = Optional.of(g.execute(id, db::find));
    } catch (TransientException e) {
      u = Optional.empty();
    }
    if (u.isPresent()) cache2.put(id, u);
    return u;
  }

  Quote k(String id) {
    Quote u =
        cache.computeIfAbsent(
            id,
            x -> {
              try {
                return g.execute(x, db::find);
              } catch (TransientException e) {
                return null;
              }
            });
    return u;
  }

  Quote l(String id) {
    Quote u;
    try {
      u = g.execute(id, db::find);
    } catch (TransientException e) {
      u = last;
    }
    cache.put(id, u);
    return u;
  }

  void log(Exception e) {}
}

class SwallowedInHelper {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Cache<String, Quote> cache = Caffeine.newBuilder().build();
  QuoteSource db;

  Quote user(String id) {
    Quote u = safely(id);
    // BUG: Diagnostic contains: Singleflight
    cache.put(id, u);
    return u;
  }

  private Quote safely(String id) {
    try {
      return g.execute(id, db::find);
    } catch (RuntimeException e) {
      log(e);
    }
    return Quote.EMPTY;
  }

  void log(Exception e) {}
}

class MarkedSlot {
  static class Slot {
    Quote user;
    boolean failed;
    Exception error;

    void fail(Exception e) {
      error = e;
    }
  }

  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, Slot> cache = new ConcurrentHashMap<>();
  QuoteSource db;

  Quote user(String id) {
    Slot s = new Slot();
    try {
      s.user = g.execute(id, db::find);
    } catch (RuntimeException e) {
      s.failed = true;
    }
    // BUG: Diagnostic contains: Singleflight
    cache.put(id, s);
    return s.user;
  }
}

class EmptyUntilLoaded {
  SingleflightGroup<String, List<Quote>> g = SingleflightGroup.create();
  Map<String, List<Quote>> cache = new ConcurrentHashMap<>();
  java.util.function.Function<String, List<Quote>> db;

  List<Quote> users(String id) {
    List<Quote> found = new ArrayList<>();
    try {
      found = g.execute(id, k -> db.apply(k));
    } catch (RuntimeException e) {
      System.err.println(e);
    }
    // BUG: Diagnostic contains: Singleflight
    cache.put(id, found);
    return found;
  }
}

class NullCheckIsNoCheck {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, Quote> cache = new ConcurrentHashMap<>();
  QuoteSource db;

  Quote user(String id) {
    Quote u;
    try {
      u = g.execute(id, db::find);
    } catch (RuntimeException e) {
      u = Quote.EMPTY;
    }
    // BUG: Diagnostic contains: Singleflight
    if (u != null) cache.put(id, u);
    return u;
  }
}

class CallbackKeepsBoth {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, Entry> cache = new ConcurrentHashMap<>();
  QuoteSource db;

  void user(String id) {
    // BUG: Diagnostic contains: Singleflight
    g.executeAsync(id, db::find).whenComplete((u, e) -> cache.put(id, new Entry(u, (Exception) e)));
  }
}

class KeptOnPurpose {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Map<String, Entry> cache = new ConcurrentHashMap<>();
  Map<String, Quote> users = new ConcurrentHashMap<>();
  QuoteSource db;
  Clock clock;

  record Timed(Quote u, Exception e, Instant until) {}

  Map<String, Timed> timed = new ConcurrentHashMap<>();
  Cache<String, Exception> negativeCache = Caffeine.newBuilder().build();

  void a(String id) {
    g.executeAsync(id, db::find)
        .whenComplete(
            (u, e) -> {
              if (e == null) users.put(id, u);
            });
  }

  Quote b(String id) {
    try {
      Quote u = g.execute(id, db::find);
      timed.put(id, new Timed(u, null, clock.instant().plusSeconds(600)));
      return u;
    } catch (RuntimeException e) {
      timed.put(id, new Timed(null, e, clock.instant().plusSeconds(5)));
      throw e;
    }
  }

  Quote c(String id) {
    try {
      return g.execute(id, db::find);
    } catch (RuntimeException e) {
      negativeCache.put(id, e);
      throw e;
    }
  }

  Quote d(String id) {
    try {
      return g.execute(
          id,
          k -> {
            Quote u = db.find(k);
            users.put(k, u);
            return u;
          });
    } catch (RuntimeException e) {
      return Quote.EMPTY;
    }
  }

  Quote e(String id) {
    return g.execute(
        id,
        k -> {
          try {
            return db.find(k);
          } catch (RuntimeException e) {
            return Quote.EMPTY;
          }
        });
  }

  Quote f(String id) {
    for (int i = 0; ; i++) {
      try {
        Quote u = g.execute(id, db::find);
        users.put(id, u);
        return u;
      } catch (RuntimeException e) {
        if (i == 3) throw e;
      }
    }
  }
}

class CaffeineKeepsFallback {
  SingleflightGroup<String, Quote> g = SingleflightGroup.create();
  Cache<String, Quote> cache = Caffeine.newBuilder().build();
  QuoteSource db;

  Quote user(String id) {
    // BUG: Diagnostic contains: Singleflight
    return cache.get(
        id,
        k -> {
          try {
            return g.execute(k, db::find);
          } catch (RuntimeException e) {
            return Quote.EMPTY;
          }
        });
  }
}
