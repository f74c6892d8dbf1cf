package dev.singleflight.proofs.processes;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all processes load from: of each key a version, that grows, and how far it is known to be
 * invalid. It counts loads, and takes a while for each.
 *
 * <p>Asked {@code load PID KEY} and {@code write KEY} it answers a version. Told {@code invalidated
 * KEY VERSION}, that the invalidation after the write of that version has returned, it answers ok.
 * Asked {@code floor KEY MILLIS} it answers the version below which no value may be that is got
 * from now on: the highest whose invalidation had returned so many milliseconds ago.
 */
final class Database implements Closeable {

  private record Invalidated(long nanos, long version) {}

  private static final class Row {
    final AtomicLong version = new AtomicLong();
    final ConcurrentLinkedDeque<Invalidated> invalidated = new ConcurrentLinkedDeque<>();
  }

  private final ServerSocket server;
  private final long loadMillis;
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicInteger loading = new AtomicInteger();
  private final ConcurrentMap<String, Row> rows = new ConcurrentHashMap<>();

  /** By whom each key was loaded last. */
  private final Map<String, Long> loaders = new ConcurrentHashMap<>();

  Database(long loadMillis) throws IOException {
    this.loadMillis = loadMillis;
    this.server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    start(this::acceptAll);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "database");
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        start(() -> answerAll(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answerAll(Socket socket) {
    try (Wire wire = new Wire(socket)) {
      while (true) {
        wire.send(answer(wire.receive().split(" ")));
      }
    } catch (IOException e) {
      // The process has ended, or was killed.
    }
  }

  private String answer(String[] question) {
    return switch (question[0]) {
      case "load" -> Long.toString(load(Long.parseLong(question[1]), question[2]));
      case "write" -> Long.toString(row(question[1]).version.incrementAndGet());
      case "invalidated" -> invalidated(question[1], Long.parseLong(question[2]));
      case "floor" -> Long.toString(floor(question[1], Long.parseLong(question[2])));
      default -> throw new IllegalArgumentException(question[0]);
    };
  }

  private Row row(String key) {
    return rows.computeIfAbsent(key, k -> new Row());
  }

  /** Reads first, so that a slow load brings what was there when it began. */
  private long load(long pid, String key) {
    loading.incrementAndGet();
    loaders.put(key, pid);
    loads.incrementAndGet(); // last: who waits for the count asks for the loader then
    try {
      long version = row(key).version.get();
      TimeUnit.MILLISECONDS.sleep(loadMillis);
      return version;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      loading.decrementAndGet();
    }
  }

  private String invalidated(String key, long version) {
    row(key).invalidated.addFirst(new Invalidated(System.nanoTime(), version));
    return "ok";
  }

  private long floor(String key, long millis) {
    long until = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(millis);
    long floor = 0;
    for (Invalidated one : row(key).invalidated) {
      if (one.nanos() - until <= 0) {
        floor = Math.max(floor, one.version());
      }
    }
    return floor;
  }

  int port() {
    return server.getLocalPort();
  }

  int loads() {
    return loads.get();
  }

  /** Returns how many loads are under way. */
  int loading() {
    return loading.get();
  }

  /** Returns the process that loaded a key last. */
  long loaderOf(String key) {
    Long pid = loaders.get(key);
    if (pid == null) {
      throw new AssertionError("nobody has loaded " + key);
    }
    return pid;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
