package dev.singleflight;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts what happens in a group or a loader, without holding anybody up. */
final class StatsRecorder {

  private static final long FINEST_NANOS = TimeUnit.MICROSECONDS.toNanos(1);
  private static final long EXPECTED_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int SIGNIFICANT_DIGITS = 2;

  /** Counts the same for several of these together. */
  private final @Nullable StatsRecorder total;

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder leaders = new LongAdder();
  private final LongAdder followers = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final LongAdder loadNanos = new LongAdder();
  private final LongAdder recursionsRefused = new LongAdder();
  private final LongAdder abandoned = new LongAdder();
  private final ConcurrentHistogram loadTimes;

  StatsRecorder(@Nullable StatsRecorder total) {
    this.total = total;
    this.loadTimes = new ConcurrentHistogram(FINEST_NANOS, EXPECTED_NANOS, SIGNIFICANT_DIGITS);
    loadTimes.setAutoResize(true);
  }

  void hit() {
    hits.increment();
    if (total != null) {
      total.hit();
    }
  }

  void miss() {
    misses.increment();
    if (total != null) {
      total.miss();
    }
  }

  void lead() {
    leaders.increment();
    if (total != null) {
      total.lead();
    }
  }

  void follow() {
    followers.increment();
    if (total != null) {
      total.follow();
    }
  }

  /** Counts a load that ended. */
  void load(long nanos, boolean failed) {
    loadTimes.recordValue(Math.max(0, nanos));
    loadNanos.add(nanos);
    if (failed) {
      failures.increment();
    }
    if (total != null) {
      total.load(nanos, failed);
    }
  }

  /** Counts a load that never began. */
  void refusal() {
    failures.increment();
    if (total != null) {
      total.refusal();
    }
  }

  void recursionRefused() {
    recursionsRefused.increment();
    if (total != null) {
      total.recursionRefused();
    }
  }

  void abandon() {
    abandoned.increment();
    if (total != null) {
      total.abandon();
    }
  }

  /** Returns the figures of a group, each of whose calls leads or follows. */
  Stats ofGroup() {
    return snapshot(leaders.sum() + followers.sum());
  }

  /** Returns the figures of a loader, each of whose calls hits or misses. */
  Stats ofLoader() {
    return snapshot(hits.sum() + misses.sum());
  }

  private Stats snapshot(long calls) {
    // Not copy(): that makes a concurrent histogram again, at three times the cost.
    Histogram times = new Histogram(loadTimes);
    times.add(loadTimes);
    long loads = times.getTotalCount();
    return new Stats(
        calls,
        hits.sum(),
        misses.sum(),
        leaders.sum(),
        followers.sum(),
        loads,
        failures.sum(),
        recursionsRefused.sum(),
        abandoned.sum(),
        new Stats.LoadTimes(
            loads,
            Duration.ofNanos(loadNanos.sum()),
            percentile(times, 50),
            percentile(times, 90),
            percentile(times, 99),
            percentile(times, 99.9),
            Duration.ofNanos(times.getMaxValue())));
  }

  private static Duration percentile(Histogram times, double percentile) {
    return Duration.ofNanos(times.getValueAtPercentile(percentile));
  }
}
