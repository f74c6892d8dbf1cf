package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.sun.net.httpserver.HttpExchange;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;

/** Caches and maps of others. */
public class Caches {
  private static final System.Logger LOG = System.getLogger("pages");
  private final Cache<String, String> pages = Caffeine.newBuilder().build();
  private final ConcurrentMap<String, String> fragments = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CompletableFuture<String>> loads = new ConcurrentHashMap<>();
  private final Renderer renderer;
  private final BiFunction<HttpExchange, String, String> naming;

  Caches(Renderer renderer, BiFunction<HttpExchange, String, String> naming) {
    this.renderer = renderer;
    this.naming = naming;
  }

  public String page(HttpExchange exchange, String path) {
    // BUG: Diagnostic contains: made from 'exchange'
    return pages.get(path, p -> renderer.render(p, language(exchange)));
  }

  private static String language(HttpExchange exchange) {
    return exchange.getRequestHeaders().getFirst("Accept-Language");
  }

  public String byLanguage(HttpExchange exchange, String path) {
    String language = language(exchange);
    return pages.get(language + path, k -> renderer.render(path, language));
  }

  /** The key is the user's own function of all that the loader gets. */
  public String named(HttpExchange exchange, String path) {
    String key = naming.apply(exchange, path);
    return fragments.computeIfAbsent(key, k -> renderer.render(path, language(exchange)));
  }

  public String logged(HttpExchange exchange, String path) {
    return fragments.computeIfAbsent(
        path,
        p -> {
          LOG.log(System.Logger.Level.INFO, "render for " + exchange.getRemoteAddress());
          return renderer.render(p, "en");
        });
  }

  /** What is made for one user is not kept. */
  public String pageUnlessSignedIn(HttpExchange exchange, String path) {
    String page = fragments.get(path);
    if (page == null) {
      page = renderer.render(path, language(exchange));
      if (exchange.getPrincipal() == null) {
        fragments.put(path, page);
      }
    }
    return page;
  }

  public String pageOfRequest(HttpExchange exchange, String path) {
    String page = fragments.get(path);
    if (page == null) {
      page = renderer.render(path, language(exchange));
      // BUG: Diagnostic contains: made from 'exchange'
      fragments.put(path, page);
    }
    return page;
  }

  /** Whoever joins the load waits for a promise that nobody completes. */
  public void load(String path, CompletableFuture<String> reply) {
    loads.computeIfAbsent(
        path,
        p -> {
          CompletableFuture<String> page = renderer.renderLater(p);
          // BUG: Diagnostic contains: completes 'reply'
          page.thenAccept(text -> reply.complete(text));
          return page;
        });
  }

  /** The failure is kept, and told to all who ask. */
  public CompletableFuture<String> failing(String path, CompletableFuture<String> attempt) {
    return loads.computeIfAbsent(
        path,
        p -> {
          if (p.isEmpty()) {
            attempt.completeExceptionally(new IllegalArgumentException(p));
            return CompletableFuture.failedFuture(new IllegalArgumentException(p));
          }
          return renderer.renderLater(p);
        });
  }

  public void loadForAll(String path, CompletableFuture<String> reply) {
    loads.computeIfAbsent(path, renderer::renderLater).thenAccept(reply::complete);
  }

  /** What is kept is the promise itself, so that all who join wait for it. */
  public CompletableFuture<String> joined(String path, CompletableFuture<String> reply) {
    return loads.computeIfAbsent(
        path,
        p -> {
          renderer.renderLater(p).thenAccept(text -> reply.complete(text));
          return reply;
        });
  }

  interface Renderer {
    String render(String path, String language);

    CompletableFuture<String> renderLater(String path);
  }
}
