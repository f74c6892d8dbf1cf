package dev.singleflight.samples.service.stampede;

import dev.singleflight.samples.service.database.DemoProducts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * A crowd that asks a service over HTTP, and what becomes of it.
 *
 * <p>Requests have their time whether or not those before are answered, and are measured from then:
 * were they to wait for each other unseen, a service that stalls would seem quick (coordinated
 * omission; so does Gil Tene's wrk2).
 */
public final class Stampede {

  /** How often figures are given while it runs. */
  public static final Duration INTERVAL = Duration.ofMillis(250);

  private static final Duration CLIENTS_PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;

  /** Is told of a stampede while it runs. */
  @FunctionalInterface
  public interface Watcher {

    /**
     * An interval is over.
     *
     * @param interval what has been seen in it
     * @param soFar what has been seen since the stampede began
     */
    void seen(Figures interval, Figures soFar);
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Recorder recorder =
      new Recorder(Figures.LONGEST.toNanos(), Figures.SIGNIFICANT_DIGITS);
  private final LongAdder errors = new LongAdder();
  private final Crowd crowd;
  private final URI service;
  private final LongSupplier queries;
  private final long start;

  private Stampede(Crowd crowd, URI service, LongSupplier queries) {
    this.crowd = crowd;
    this.service = service;
    this.queries = queries;
    this.start = System.nanoTime();
  }

  /**
   * Sends a crowd to a service, and returns when all of it has been answered. A request whose time
   * has come before the end, but not its client's turn, is not sent and counts as an error.
   *
   * @param queries tells how many queries the service has asked its database until now
   * @param watcher is told every {@link #INTERVAL}, on the calling thread
   * @return the figures of all the time
   * @throws InterruptedException if the thread is interrupted; the crowd then leaves by itself
   */
  public static Figures run(Crowd crowd, URI service, LongSupplier queries, Watcher watcher)
      throws InterruptedException {
    return new Stampede(crowd, service, queries).run(watcher);
  }

  private Figures run(Watcher watcher) throws InterruptedException {
    CountDownLatch running = new CountDownLatch(crowd.clients());
    List<Thread> clients =
        IntStream.range(0, crowd.clients())
            .mapToObj(number -> new Thread(() -> client(number, running), "client-" + number))
            .toList();
    Histogram all = new Histogram(Figures.LONGEST.toNanos(), Figures.SIGNIFICANT_DIGITS);
    long queriesBefore = queries.getAsLong();
    long queriesSeen = queriesBefore;
    long errorsSeen = 0;
    long seen = start;
    clients.forEach(
        client -> {
          client.setDaemon(true);
          client.start();
        });
    boolean ended;
    Figures soFar;
    do {
      ended = running.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
      long now = System.nanoTime();
      long queriesNow = queries.getAsLong();
      long errorsNow = errors.sum();
      Histogram latencies = recorder.getIntervalHistogram();
      all.add(latencies);
      soFar =
          Figures.of(
              Duration.ofNanos(now - start),
              Duration.ofNanos(now - start),
              all,
              errorsNow,
              queriesNow - queriesBefore);
      watcher.seen(
          Figures.of(
              Duration.ofNanos(now - start),
              Duration.ofNanos(now - seen),
              latencies,
              errorsNow - errorsSeen,
              queriesNow - queriesSeen),
          soFar);
      seen = now;
      queriesSeen = queriesNow;
      errorsSeen = errorsNow;
    } while (!ended);
    return soFar;
  }

  private void client(int number, CountDownLatch running) {
    try {
      long duration = crowd.duration().toNanos();
      for (int request = 0; crowd.due(number, request) < duration; request++) {
        long due = start + crowd.due(number, request);
        boolean isLate = System.nanoTime() - start >= duration;
        waitUntil(due);
        if (isLate || !isAnswered(request(number + request))) {
          errors.increment();
        }
        recorder.recordValue(Math.min(System.nanoTime() - due, Figures.LONGEST.toNanos()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.countDown();
    }
  }

  private boolean isAnswered(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpRequest request(int turn) {
    int product = turn % crowd.products();
    List<String> tenants = DemoProducts.TENANTS;
    String path =
        "/tenants/"
            + tenants.get(product % tenants.size())
            + "/products/"
            + DemoProducts.sku(1 + product / tenants.size());
    return HttpRequest.newBuilder(service.resolve(path)).timeout(CLIENTS_PATIENCE).build();
  }

  private static void waitUntil(long due) {
    for (long left; (left = due - System.nanoTime()) > 0; ) {
      LockSupport.parkNanos(left);
    }
  }
}
