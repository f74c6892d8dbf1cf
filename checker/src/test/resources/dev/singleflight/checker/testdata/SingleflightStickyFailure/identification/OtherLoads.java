package test;

import com.github.benmanes.caffeine.cache.Cache;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Failures kept by caches that load themselves, and futures of loads that nothing coalesces. */
class OtherLoads {
  interface Source {
    String read(String id) throws IOException;

    CompletableFuture<String> readLater(String id);

    static class Unknown extends IOException {}
  }

  private final Cache<String, String> cache;
  private final ConcurrentMap<String, List<String>> lists = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<String>> futures =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<String>> dropped =
      new ConcurrentHashMap<>();
  private final SingleflightGroup<String, String> group = SingleflightGroup.create();
  private final ConcurrentMap<String, CompletableFuture<String>> looked = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<String>> lookedBehind =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<String>> asked = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<String>> started =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<String>> joined = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<String>> promises =
      new ConcurrentHashMap<>();
  private final Source source;

  OtherLoads(Cache<String, String> cache, Source source) {
    this.cache = cache;
    this.source = source;
  }

  String fallbackInCache(String id) {
    return cache.get(
        id,
        key -> {
          try {
            return source.read(key);
          } catch (IOException e) {
            // BUG: Diagnostic contains: a failed load
            return "";
          }
        });
  }

  String nullInCache(String id) {
    return cache.get(
        id,
        key -> {
          try {
            return source.read(key);
          } catch (IOException e) {
            return null;
          }
        });
  }

  List<String> fallbackInMap(String id) {
    return lists.computeIfAbsent(
        id,
        key -> {
          try {
            return List.of(source.read(key));
          } catch (IOException e) {
            // BUG: Diagnostic contains: a failed load
            return List.of();
          }
        });
  }

  SingleflightLoader<String, @Nullable String> nullsKept() {
    return SingleflightLoader.newBuilder()
        .cacheNulls(Duration.ofMinutes(5))
        .build(
            (String id) -> {
              try {
                return source.read(id);
              } catch (IOException e) {
                // BUG: Diagnostic contains: a failed load
                return null;
              }
            });
  }

  SingleflightLoader<String, String> nullsNotKept() {
    return SingleflightLoader.newBuilder()
        .build(
            (String id) -> {
              try {
                return source.read(id);
              } catch (IOException e) {
                return null;
              }
            });
  }

  CompletableFuture<String> future(String id) {
    // BUG: Diagnostic contains: keeps the load's future for good
    return futures.computeIfAbsent(id, key -> source.readLater(key));
  }

  CompletableFuture<String> cleanedEarly(String id) {
    return dropped.computeIfAbsent(
        id,
        key -> {
          CompletableFuture<String> future = source.readLater(key);
          // what changes the map that computes is a recursion, of which another check speaks
          future.whenComplete((value, failure) -> dropped.remove(key));
          return future;
        });
  }

  CompletableFuture<String> cleanedBehind(String id) {
    CompletableFuture<String> future = dropped.computeIfAbsent(id, source::readLater);
    future.whenComplete(
        (value, failure) -> {
          if (failure != null) {
            dropped.remove(id, future);
          }
        });
    return future;
  }

  CompletableFuture<String> promise(String id) {
    return promises.computeIfAbsent(id, key -> new CompletableFuture<>());
  }

  CompletableFuture<String> constant(String id) {
    return promises.computeIfAbsent(id, key -> CompletableFuture.completedFuture("none"));
  }

  CompletableFuture<String> cleanedBeforeItIsThere(String id) {
    CompletableFuture<String> known = looked.get(id);
    if (known != null) {
      return known;
    }
    CompletableFuture<String> future = source.readLater(id);
    // BUG: Diagnostic contains: attached before the entry exists
    future.whenComplete((value, failure) -> looked.remove(id));
    looked.put(id, future);
    return future;
  }

  CompletableFuture<String> cleanedOnceItIsThere(String id) {
    CompletableFuture<String> known = lookedBehind.get(id);
    if (known != null) {
      return known;
    }
    CompletableFuture<String> future = source.readLater(id);
    lookedBehind.put(id, future);
    future.whenComplete((value, failure) -> lookedBehind.remove(id, future));
    return future;
  }

  CompletableFuture<String> madeAnewByWhoeverFindsItFailed(String id) {
    CompletableFuture<String> known = asked.get(id);
    if (known != null && !known.isCompletedExceptionally()) {
      return known;
    }
    CompletableFuture<String> future = source.readLater(id);
    future.whenComplete((value, failure) -> asked.remove(id));
    asked.put(id, future);
    return future;
  }

  /** Nobody is ever given what is in the map: it is there to be cancelled. */
  CompletableFuture<String> started(String id) {
    CompletableFuture<String> future = group.executeAsync(id, source::read);
    started.put(id, future);
    return future;
  }

  void stop(String id) {
    CompletableFuture<String> future = started.remove(id);
    if (future != null) {
      future.cancel(true);
    }
  }

  CompletableFuture<String> joined(String id) {
    CompletableFuture<String> known = joined.get(id);
    if (known != null) {
      return known;
    }
    CompletableFuture<String> future = group.executeAsync(id, source::read);
    // BUG: Diagnostic contains: keeps the load's future for good
    joined.put(id, future);
    return future;
  }

  Optional<CompletableFuture<String>> ofTheMethod(List<String> ids) {
    ConcurrentMap<String, CompletableFuture<String>> own = new ConcurrentHashMap<>();
    ids.forEach(id -> own.computeIfAbsent(id, source::readLater));
    return own.values().stream().findFirst();
  }
}
