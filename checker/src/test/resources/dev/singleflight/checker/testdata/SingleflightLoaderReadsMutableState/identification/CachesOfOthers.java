package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class CachesOfOthers {
  record Document(String title, String server) {}

  interface Renderer {
    Document render(String title, String server, String style);
  }

  private final Renderer renderer;
  private final Map<String, Document> documents = new ConcurrentHashMap<>();
  private final Cache<String, Document> bounded = Caffeine.newBuilder().maximumSize(100).build();
  private final Map<String, String> aliases = new ConcurrentHashMap<>();
  private String baseUrl = "http://localhost";
  private String style = "plain";
  private long served;

  CachesOfOthers(Renderer renderer) {
    this.renderer = renderer;
  }

  /** Each request tells where it came in. */
  void cameInBy(String url, Map<String, String> headers) {
    String forwarded = headers.get("X-Forwarded-Host");
    this.baseUrl = forwarded == null ? url : forwarded;
  }

  private String host = "localhost";

  /** What was loaded for another host is dropped. */
  void moveTo(String url) {
    String moved = url.trim();
    if (!moved.equals(host)) {
      host = moved;
      aliases.clear();
    }
  }

  String alias(String title) {
    return aliases.computeIfAbsent(title, t -> renderer.render(t, host, "").server());
  }

  /** Called once, when the application is wired. */
  void setStyle(String style) {
    this.style = style;
  }

  Document document(String title) {
    // BUG: Diagnostic contains: reads 'this.baseUrl', which the key does not carry
    return documents.computeIfAbsent(title, key -> renderer.render(key, baseUrl, ""));
  }

  Document bounded(String title) {
    // BUG: Diagnostic contains: cameInBy(…) changes it
    return bounded.get(title, key -> renderer.render(key, baseUrl, ""));
  }

  private String status = "starting";
  private String theme = "light";
  private boolean strict;

  /** How far the object has come. */
  void update(String status, Object cause) {
    this.status = status + cause.hashCode();
  }

  /** What was made with the other theme is made again. */
  void setTheme(String theme) {
    this.theme = theme.trim();
    documents.clear();
  }

  void judge(boolean strict, String why) {
    this.strict = strict && why.isEmpty();
  }

  Document whateverState(String title) {
    return documents.computeIfAbsent(
        title, key -> renderer.render(key, status, strict ? theme : "light"));
  }

  Document perServer(String title) {
    String server = baseUrl;
    return documents.computeIfAbsent(
        server + "/" + title, key -> renderer.render(title, server, ""));
  }

  Document styled(String title) {
    return documents.computeIfAbsent(title, key -> renderer.render(key, "", style));
  }

  String counted(String name) {
    return aliases.computeIfAbsent(
        name,
        key -> {
          served++;
          return key.trim();
        });
  }

  Map<String, Document> all(Iterable<String> titles) {
    Map<String, Document> all = new HashMap<>();
    for (String title : titles) {
      all.computeIfAbsent(title, key -> renderer.render(key, baseUrl, ""));
    }
    return all;
  }
}
