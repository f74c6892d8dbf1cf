package dev.singleflight.samples.service.stampede;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * What has been seen during a time.
 *
 * @param until when that time ended, since the stampede began
 * @param length how long it was
 * @param requests how many requests ended
 * @param errors how many of them failed, or were answered other than by a product
 * @param queries how many queries the database was asked
 * @param p50 half of the requests took no longer; from the moment each should have been sent, also
 *     if its client was then still waiting for another
 * @param p99 99 of a hundred requests took no longer
 * @param max the longest took this
 */
public record Figures(
    Duration until,
    Duration length,
    long requests,
    long errors,
    long queries,
    Duration p50,
    Duration p99,
    Duration max) {

  /** How long histograms tell apart; whatever takes longer counts as this. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  static final int SIGNIFICANT_DIGITS = 3;

  static Figures of(
      Duration until, Duration length, Histogram latencies, long errors, long queries) {
    return new Figures(
        until,
        length,
        latencies.getTotalCount(),
        errors,
        queries,
        Duration.ofNanos(latencies.getValueAtPercentile(50)),
        Duration.ofNanos(latencies.getValueAtPercentile(99)),
        Duration.ofNanos(latencies.getMaxValue()));
  }

  /** Returns a number of these as one for each second. */
  public double perSecond(long count) {
    return count * 1e9 / length.toNanos();
  }
}
