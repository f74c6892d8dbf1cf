package test;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Futures that nobody is given, or that are replaced when they are done. */
class Reconnections {
  interface Connector {
    CompletableFuture<Void> connect(String server);
  }

  private final Map<String, CompletableFuture<Void>> attempts = new HashMap<>();
  private final Map<String, CompletableFuture<Void>> started = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Void>> renewed = new HashMap<>();
  private final Map<String, CompletableFuture<Void>> connections = new HashMap<>();
  private final Connector connector;

  Reconnections(Connector connector) {
    this.connector = connector;
  }

  /** Tries again once it is known how the last try ended. */
  void reconnect(String server) {
    CompletableFuture<Void> last = attempts.get(server);
    if (last == null || last.isDone()) {
      CompletableFuture<Void> next = connector.connect(server);
      attempts.put(server, next);
    }
  }

  /** Sees to it that it has begun. */
  void start(String server) {
    started.computeIfAbsent(server, s -> connector.connect(s));
  }

  CompletableFuture<Void> renewed(String server) {
    CompletableFuture<Void> last = renewed.get(server);
    if (last == null || last.isCompletedExceptionally()) {
      last = connector.connect(server);
      renewed.put(server, last);
    }
    return last;
  }

  CompletableFuture<Void> connection(String server) {
    CompletableFuture<Void> last = connections.get(server);
    if (last == null) {
      last = connector.connect(server);
      // BUG: Diagnostic contains: keeps the load's future for good
      connections.put(server, last);
    }
    return last;
  }
}
