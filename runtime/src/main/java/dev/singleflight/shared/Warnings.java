package dev.singleflight.shared;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Logs what somebody should know of, but each kind of it no more than every ten seconds. */
final class Warnings {

  private static final System.Logger LOGGER = System.getLogger(SharedTier.class.getName());
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String tier;
  private final TierClock clock;
  private final ConcurrentMap<String, Long> lastOf = new ConcurrentHashMap<>();

  Warnings(String tier, TierClock clock) {
    this.tier = tier;
    this.clock = clock;
  }

  /**
   * Logs a warning.
   *
   * @param kind one of few
   */
  void warn(String kind, Supplier<String> message, @Nullable Throwable cause) {
    long now = clock.nanoTime();
    Long last = lastOf.get(kind);
    if (last != null && now - last < PAUSE_NANOS) {
      return;
    }
    boolean mine =
        last == null ? lastOf.putIfAbsent(kind, now) == null : lastOf.replace(kind, last, now);
    if (mine) {
      log(System.Logger.Level.WARNING, message.get(), cause);
    }
  }

  /** Logs what happens seldom. */
  void log(System.Logger.Level level, String message, @Nullable Throwable cause) {
    try {
      LOGGER.log(level, "Shared tier " + tier + ": " + message, cause);
    } catch (Throwable t) {
      // A logger that fails must not fail a caller.
    }
  }
}
