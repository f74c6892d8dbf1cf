package test;

import com.sun.net.httpserver.HttpExchange;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What one caller has for its own. */
class Conversations {
  record Conversation(String id, String language) {}

  private final ConcurrentMap<String, Conversation> conversations = new ConcurrentHashMap<>();

  Conversation conversation(HttpExchange exchange, String sessionId) {
    return conversations.computeIfAbsent(
        sessionId,
        // STRICT: Diagnostic contains: made from 'exchange'
        s -> new Conversation(s, exchange.getRequestHeaders().getFirst("Accept-Language")));
  }

  Conversation of(HttpExchange exchange, String topic) {
    return conversations.computeIfAbsent(
        topic,
        // BUG: Diagnostic contains: made from 'exchange'
        t -> new Conversation(t, exchange.getRequestHeaders().getFirst("Accept-Language")));
  }
}
