package dev.singleflight.samples.engines;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The servers that a program turns out to need: each is started when it is first asked for, and all
 * are stopped at the end. It is not to be used any more after that.
 *
 * <p>Thread-safe.
 */
public final class Engines implements AutoCloseable {
  private final Consumer<String> progress;
  private @Nullable Postgres postgres;
  private @Nullable Redis redis;

  /**
   * Creates a set of which none is started.
   *
   * @param progress is told, line by line, what is being waited for
   */
  public Engines(Consumer<String> progress) {
    this.progress = progress;
  }

  /**
   * Returns the PostgreSQL, which is not the caller's to close.
   *
   * @throws EngineException if it cannot be reached or started
   */
  public synchronized Postgres postgres() {
    if (postgres == null) {
      postgres = started("PostgreSQL", Postgres::start);
    }
    return postgres;
  }

  /**
   * Returns the Redis, which is not the caller's to close.
   *
   * @throws EngineException if it cannot be reached or started
   */
  public synchronized Redis redis() {
    if (redis == null) {
      redis = started("Redis", Redis::start);
    }
    return redis;
  }

  @Override
  public synchronized void close() {
    try {
      if (postgres != null) {
        postgres.close();
      }
    } finally {
      if (redis != null) {
        redis.close();
      }
    }
  }

  private <E> E started(String name, Supplier<E> start) {
    progress.accept("… waiting for " + name);
    long began = System.nanoTime();
    E engine = start.get();
    double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1_000.0;
    progress.accept(String.format(Locale.ROOT, "… %s is there after %.1f s", name, seconds));
    return engine;
  }
}
