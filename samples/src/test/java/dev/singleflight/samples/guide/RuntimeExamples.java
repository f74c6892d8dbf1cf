package dev.singleflight.samples.guide;

import dev.singleflight.FlightListener;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantLoader;
import dev.singleflight.context.SnapshotLoadContext;
import dev.singleflight.micrometer.SingleflightMetrics;
import io.github.resilience4j.retry.Retry;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;

/** The examples of the guide, which {@link RuntimeGuideTest} runs and compares with the page. */
final class RuntimeExamples {

  /** A remote store. */
  interface Database {
    User find(long id) throws IOException;

    User findOf(String tenant, long id) throws IOException;

    void rename(long id, String name) throws IOException;
  }

  record User(long id, String name) {}

  private final Database database;

  private final SingleflightGroup<Long, User> group = SingleflightGroup.create();

  private final SingleflightLoader<Long, User> users;

  private final TenantLoader<String, Long, User> tenants;

  RuntimeExamples(Database database) {
    this.database = database;
    this.users =
        SingleflightLoader.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build(id -> database.find(id));
    this.tenants =
        SingleflightLoader.newBuilder()
            .maximumSize(1_000) // for each tenant
            .expireTenantsAfterAccess(Duration.ofHours(1))
            .buildPerTenant((tenant, id) -> database.findOf(tenant, id));
  }

  User now(long id) throws IOException {
    return group.execute(id, key -> database.find(key));
  }

  User cached(long id) {
    return users.get(id);
  }

  User ofTenant(String tenant, long id) {
    return tenants.get(tenant, id);
  }

  User inTime(long id) throws IOException, TimeoutException {
    return group.execute(id, key -> database.find(key), Duration.ofMillis(200));
  }

  CompletableFuture<User> later(long id) {
    return group.executeAsync(id, key -> database.find(key));
  }

  void rename(long id, String name) throws IOException {
    database.rename(id, name);
    users.invalidate(id); // after the write, never before
  }

  static SingleflightLoader<Long, User> rememberingThatThereIsNone(Database database) {
    return SingleflightLoader.newBuilder()
        .expireAfterWrite(Duration.ofMinutes(5))
        .cacheFailures(failure -> failure instanceof FileNotFoundException, Duration.ofSeconds(30))
        .build(id -> database.find(id));
  }

  static SingleflightLoader<Long, User> neverWaitingTwice(Database database) {
    return SingleflightLoader.newBuilder()
        .expireAfterWrite(Duration.ofMinutes(5))
        .jitter(0.1)
        .refreshAfterWrite(Duration.ofMinutes(4))
        .staleIfError(Duration.ofHours(1))
        .build(id -> database.find(id));
  }

  static SingleflightLoader<Long, User> retrying(Database database, Retry retry) {
    return SingleflightLoader.newBuilder()
        .expireAfterWrite(Duration.ofMinutes(5))
        .build(id -> retry.executeCallable(() -> database.find(id)));
  }

  static SingleflightGroup<Long, User> onAPool(ExecutorService pool) {
    return SingleflightGroup.newBuilder()
        .name("users")
        .executor(pool)
        .maxInFlight(20)
        .loadContext(SnapshotLoadContext.ofKeys("trace"))
        .build();
  }

  static void monitored(
      MeterRegistry registry,
      SingleflightLoader<Long, User> users,
      TenantLoader<String, Long, User> tenants) {
    SingleflightMetrics.monitor(registry, users, "users");
    SingleflightMetrics.monitor(registry, tenants, "tenants", "region", "eu");
  }

  static SingleflightGroup<Long, User> listenedTo(System.Logger logger) {
    return SingleflightGroup.newBuilder()
        .listener(
            new FlightListener<Long>() {
              @Override
              public void flightFailed(
                  Long id, Throwable failure, Duration loadTime, int followers) {
                logger.log(
                    System.Logger.Level.WARNING,
                    "User " + id + " failed after " + loadTime + " for " + (followers + 1),
                    failure);
              }
            })
        .build();
  }
}
