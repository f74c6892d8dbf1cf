package dev.singleflight.samples.tasks;

import com.google.errorprone.annotations.FormatMethod;
import dev.singleflight.samples.engines.Engines;
import dev.singleflight.samples.engines.Postgres;
import dev.singleflight.samples.engines.Redis;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a task runs: what it can load from, and where it says what it sees. */
public final class Stage implements AutoCloseable {
  private final PrintStream out;
  private final Engines engines;

  public Stage(PrintStream out) {
    this.out = out;
    this.engines = new Engines(out::println);
  }

  /** Returns a PostgreSQL, which is started if no task before has asked for it. */
  public Postgres postgres() {
    return engines.postgres();
  }

  /** Returns a Redis, which is started if no task before has asked for it. */
  public Redis redis() {
    return engines.redis();
  }

  /** Prints a line. */
  @FormatMethod
  public void say(String format, Object... args) {
    out.println(String.format(Locale.ROOT, format, args));
  }

  /** Returns how many milliseconds have gone by since {@code System.nanoTime()} was this. */
  public static long millisSince(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime).toMillis();
  }

  /** Returns a failure in the shortest form that tells what it is. */
  public static String brief(@Nullable Throwable failure) {
    return failure == null
        ? "no failure"
        : failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  /** Stops what was started. */
  @Override
  public void close() {
    engines.close();
  }
}
