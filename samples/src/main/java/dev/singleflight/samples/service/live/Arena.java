package dev.singleflight.samples.service.live;

import dev.singleflight.samples.engines.Postgres;
import dev.singleflight.samples.service.CatalogueService;
import dev.singleflight.samples.service.stampede.Crowd;
import dev.singleflight.samples.service.stampede.Figures;
import dev.singleflight.samples.service.stampede.Stampede;
import dev.singleflight.samples.service.stampede.Subject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The services that are compared, running beside each other, and the stampedes on them: one at a
 * time, for they would disturb each other. Thread-safe.
 */
final class Arena implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Arena.class.getName());

  private final Map<Subject, CatalogueService> services = new EnumMap<>(Subject.class);
  private final ExecutorService runner = Executors.newSingleThreadExecutor(Arena::daemon);
  private final AtomicBoolean running = new AtomicBoolean();
  private final Journal journal;

  /**
   * Starts the services.
   *
   * @param postgres with the demonstration's products
   * @param ttl how long they cache a product
   * @param journal where to write what happens
   */
  Arena(Postgres postgres, Duration ttl, Journal journal) throws SQLException {
    this.journal = journal;
    try {
      for (Subject subject : Subject.values()) {
        services.put(subject, CatalogueService.start(subject.settings(ttl), postgres));
      }
    } catch (SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Sends a crowd to subjects, one after the other, unless one is under way.
   *
   * @return false if one is
   */
  boolean start(List<Subject> subjects, Crowd crowd) {
    if (!running.compareAndSet(false, true)) {
      return false;
    }
    runner.execute(
        () -> {
          try {
            subjects.forEach(subject -> run(subject, crowd));
          } finally {
            running.set(false);
          }
        });
    return true;
  }

  private void run(Subject subject, Crowd crowd) {
    journal.add(LiveEvent.Started.of(subject, crowd));
    try {
      Figures total =
          run(
              subject,
              crowd,
              (interval, soFar) -> journal.add(LiveEvent.Seen.of(subject, interval, soFar)));
      journal.add(new LiveEvent.Ended(subject, LiveEvent.Total.of(total)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      journal.add(new LiveEvent.Failed(subject, "The page is being stopped"));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "A stampede failed", e);
      journal.add(new LiveEvent.Failed(subject, e.toString()));
    }
  }

  /**
   * Sends a crowd to a subject and waits for the end, without writing of it.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  Figures run(Subject subject, Crowd crowd, Stampede.Watcher watcher) throws InterruptedException {
    CatalogueService service = services.get(subject);
    if (service == null) {
      throw new IllegalStateException(subject + " does not run");
    }
    return Stampede.run(crowd, service.uri(), service::queries, watcher);
  }

  @Override
  public void close() {
    runner.shutdownNow();
    services.values().forEach(CatalogueService::close);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "stampede");
    thread.setDaemon(true);
    return thread;
  }
}
