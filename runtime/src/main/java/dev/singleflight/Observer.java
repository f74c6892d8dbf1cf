package dev.singleflight;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the statistics and the user's listener what happens to the flights of a group. What a
 * listener throws ends here.
 *
 * @param stats counts, or null
 * @param countsLoads whether a flight is a load; those of a {@link SingleflightLoader} may find the
 *     value cached, so it counts its loads itself
 * @param listener is told, or null
 */
record Observer<K>(
    @Nullable StatsRecorder stats,
    boolean countsLoads,
    @Nullable FlightListener<? super K> listener) {

  private static final System.Logger LOGGER = System.getLogger(FlightListener.class.getName());

  void started(K key) {
    if (stats != null) {
      stats.lead();
    }
    tell(to -> to.flightStarted(key));
  }

  void joined(K key) {
    if (stats != null) {
      stats.follow();
    }
    tell(to -> to.flightJoined(key));
  }

  /** Counts a load before its outcome is out, so that no caller knows more than the statistics. */
  void countLoad(boolean began, long nanos, boolean failed) {
    if (stats == null) {
      return;
    }
    if (!began) {
      stats.refusal();
    } else if (countsLoads) {
      stats.load(nanos, failed);
    }
  }

  void ended(K key, @Nullable Throwable failure, long nanos, int followers) {
    Duration loadTime = Duration.ofNanos(nanos);
    if (failure == null) {
      tell(to -> to.flightFinished(key, loadTime, followers));
    } else {
      tell(to -> to.flightFailed(key, failure, loadTime, followers));
    }
  }

  void abandoned(K key) {
    if (stats != null) {
      stats.abandon();
    }
    tell(to -> to.flightAbandoned(key));
  }

  void forgotten(K key) {
    tell(to -> to.flightForgotten(key));
  }

  void recursionRefused(K key) {
    if (stats != null) {
      stats.recursionRefused();
    }
    tell(to -> to.recursionRefused(key));
  }

  private void tell(Consumer<FlightListener<? super K>> event) {
    if (listener != null) {
      try {
        event.accept(listener);
      } catch (Throwable t) {
        log(t);
      }
    }
  }

  private static void log(Throwable thrown) {
    try {
      LOGGER.log(System.Logger.Level.WARNING, "A flight listener threw", thrown);
    } catch (Throwable t) {
      // A logger that fails must not fail a caller either.
    }
  }
}
