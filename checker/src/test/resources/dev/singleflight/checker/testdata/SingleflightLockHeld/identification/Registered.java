package test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** What is only put in answers nobody who waits. */
class Registered {
  private final Map<String, String> monitors = new HashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();

  private String ask(String url) {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  synchronized void monitor(String url) {
    if (monitors.get(url) == null) {
      // STRICT: Diagnostic contains: to fill 'monitors' while holding 'this'
      monitors.put(url, ask(url));
    }
  }

  synchronized String monitored(String url) {
    String known = monitors.get(url);
    if (known == null) {
      // BUG: Diagnostic contains: to fill 'monitors' while holding 'this'
      known = ask(url);
      monitors.put(url, known);
    }
    return known;
  }
}
