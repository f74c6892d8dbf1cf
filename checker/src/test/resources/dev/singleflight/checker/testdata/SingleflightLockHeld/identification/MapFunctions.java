package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import test.Domain.*;

/** What mapping functions wait for while their map holds a bin's lock. */
class MapFunctions {
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final Map<String, String> local = new HashMap<>();
  private final Map<String, String> skipping = new ConcurrentSkipListMap<>();
  private final Map<String, CompletableFuture<String>> futures = new ConcurrentHashMap<>();
  private final Cache<String, String> cache = Caffeine.newBuilder().build();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService pool;

  MapFunctions(ExecutorService pool) {
    this.pool = pool;
  }

  private String fetch(String url) {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String page(String url) {
    // BUG: Diagnostic contains: asks another process (fetch(…) → send)
    return pages.computeIfAbsent(url, k -> fetch(k));
  }

  String named(String url) {
    // BUG: Diagnostic contains: asks another process (send)
    return pages.computeIfAbsent(url, this::fetch);
  }

  String byAFunctionInAVariable(String url) {
    java.util.function.Supplier<String> read = () -> fetch(url);
    // BUG: Diagnostic contains: asks another process
    return pages.computeIfAbsent(url, k -> read.get());
  }

  String whileAListIsGoneThrough(java.util.List<String> mirrors, String url) {
    // BUG: Diagnostic contains: asks another process
    return pages.computeIfAbsent(url, k -> mirrors.stream().map(this::fetch).findFirst().get());
  }

  String submitted(String url, CompletableFuture<String> page) {
    // BUG: Diagnostic contains: waits (join)
    return pages.compute(url, (k, old) -> old == null ? page.join() : old);
  }

  void counted(String url, CountDownLatch latch) {
    pages.computeIfPresent(
        url,
        (k, old) -> {
          try {
            // BUG: Diagnostic contains: waits (await)
            latch.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return old;
        });
  }

  String queried(String id, Connection connection) {
    return pages.computeIfAbsent(
        id,
        k -> {
          try (Statement statement = connection.createStatement()) {
            // BUG: Diagnostic contains: asks another process (executeQuery)
            return statement.executeQuery("select " + k).getString(1);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  String ready(String url, CompletableFuture<String> page) {
    return pages.computeIfAbsent(url, k -> page.isDone() ? page.join() : null);
  }

  String readyByHelper(String url, CompletableFuture<String> page) {
    return pages.computeIfAbsent(url, k -> isReady(page) ? page.join() : "");
  }

  private static boolean isReady(CompletableFuture<String> page) {
    return page != null && page.isDone();
  }

  CompletableFuture<String> started(String url) {
    return futures.computeIfAbsent(url, k -> CompletableFuture.supplyAsync(() -> fetch(k), pool));
  }

  CompletableFuture<String> chained(String url, CompletableFuture<String> page) {
    return futures.computeIfAbsent(url, k -> page.thenApply(p -> p + fetch(k)));
  }

  String computed(String url) {
    return pages.computeIfAbsent(url, String::trim);
  }

  String before(String url) {
    String page = fetch(url);
    return pages.computeIfAbsent(url, k -> page);
  }

  String fromLocal(String url) {
    return local.computeIfAbsent(url, this::fetch);
  }

  String fromSkipping(String url) {
    return skipping.computeIfAbsent(url, this::fetch);
  }

  String cached(String url) {
    return cache.get(url, this::fetch);
  }
}
