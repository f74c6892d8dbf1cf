package test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** Memoizers made by hand, which ask a server while they hold one lock for all keys. */
class Memoizers {
  private final Map<String, String> keys = new HashMap<>();
  private final Map<String, String> current = new ConcurrentHashMap<>();
  private final Map<String, Object> locks = new ConcurrentHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ReentrantLock lock = new ReentrantLock();
  private String issuer;
  private String endpoint;
  private long last;

  private String ask(String url) {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  synchronized String key(String id) {
    String key = keys.get(id);
    if (key == null) {
      // BUG: Diagnostic contains: to fill 'keys' while holding 'this'
      key = ask(id);
      keys.put(id, key);
    }
    return key;
  }

  String lockedKey(String id) {
    lock.lock();
    try {
      if (!keys.containsKey(id)) {
        // BUG: Diagnostic contains: to fill 'keys' while holding 'lock'
        keys.put(id, ask(id));
      }
      return keys.get(id);
    } finally {
      lock.unlock();
    }
  }

  String refreshed(String id) {
    String known = current.get(id);
    if (known != null) {
      return known;
    }
    synchronized (this) {
      if (System.nanoTime() - last > 1_000_000) {
        // BUG: Diagnostic contains: to fill 'current' while holding 'this'
        reload(id);
        last = System.nanoTime();
      }
      return current.get(id);
    }
  }

  private void reload(String id) {
    String body = ask(id);
    current.clear();
    current.putAll(Map.of(id, body));
  }

  String issuer() {
    if (issuer == null) {
      synchronized (this) {
        // BUG: Diagnostic contains: nobody looks at the field again
        String found = ask("issuer");
        issuer = found;
      }
    }
    return issuer;
  }

  /** Nobody but those who want the endpoint waits, and it is asked for once. */
  String endpoint() {
    if (endpoint == null) {
      synchronized (this) {
        if (endpoint == null) {
          endpoint = ask("endpoint");
        }
      }
    }
    return endpoint;
  }

  String outside(String id) {
    synchronized (keys) {
      String key = keys.get(id);
      if (key != null) {
        return key;
      }
    }
    String asked = ask(id);
    synchronized (keys) {
      return keys.merge(id, asked, (old, fresh) -> old);
    }
  }

  String underItsOwnLock(String id) {
    synchronized (locks.computeIfAbsent(id, k -> new Object())) {
      String key = current.get(id);
      if (key == null) {
        key = ask(id);
        current.put(id, key);
      }
      return key;
    }
  }

  /** Nothing is looked up: all that come do the same. */
  synchronized void replaceAll(String id) {
    current.put(id, ask(id));
  }

  synchronized String computed(String id) {
    String key = keys.get(id);
    if (key == null) {
      key = id.trim();
      keys.put(id, key);
    }
    return key;
  }

  /** The state that is put was not loaded, and nobody asked for it before. */
  synchronized void failed(String id) {
    if (last > 0) {
      fail(id);
    }
  }

  private void fail(String id) {
    ask("failed/" + id);
    if (!"failed".equals(current.get(id))) {
      current.put(id, "failed");
    }
  }

  /** The system knows what this host is called. */
  synchronized String local(String id) throws UnknownHostException {
    String key = keys.get(id);
    if (key == null) {
      key = InetAddress.getLocalHost() + id;
      keys.put(id, key);
    }
    return key;
  }

  synchronized String remote(String host) throws UnknownHostException {
    String address = keys.get(host);
    if (address == null) {
      // BUG: Diagnostic contains: to fill 'keys' while holding 'this'
      address = InetAddress.getByName(host).getHostAddress();
      keys.put(host, address);
    }
    return address;
  }

  private CompletableFuture<String> start(String id) {
    return http.sendAsync(
            HttpRequest.newBuilder(URI.create(id)).build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(HttpResponse::body);
  }

  private String wait(String id) {
    return start(id).join();
  }

  synchronized String waitedFor(String id) {
    String key = keys.get(id);
    if (key == null) {
      // BUG: Diagnostic contains: This waits (wait(…) → join) to fill 'keys' while holding 'this'
      key = wait(id);
      keys.put(id, key);
    }
    return key;
  }

  String waitedForUnderItsOwnLock(String id) {
    synchronized (locks.computeIfAbsent(id, k -> new Object())) {
      String key = current.get(id);
      if (key == null) {
        key = wait(id);
        current.put(id, key);
      }
      return key;
    }
  }

  /** The future is kept, and waited for by who wants it. */
  private final Map<String, CompletableFuture<String>> started = new HashMap<>();

  String started(String id) {
    CompletableFuture<String> future;
    synchronized (this) {
      future = started.get(id);
      if (future == null) {
        future = start(id);
        started.put(id, future);
      }
    }
    return future.join();
  }

  /** What is waited for on the way is not what the map is filled with. */
  synchronized String beside(String id) {
    String key = keys.get(id);
    if (key == null) {
      last = wait("quota").length();
      key = id.trim();
      keys.put(id, key);
    }
    return key;
  }

  /** A pause is no load. */
  synchronized String after(String id, CountDownLatch ready) throws InterruptedException {
    String key = keys.get(id);
    if (key == null) {
      ready.await();
      key = id.trim();
      keys.put(id, key);
    }
    return key;
  }

  /** Only those who want the endpoint wait. */
  synchronized String ofOneField(String id) {
    if (endpoint == null) {
      endpoint = wait(id);
    }
    return endpoint;
  }
}
