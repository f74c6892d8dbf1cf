package dev.singleflight;

import java.time.Duration;

/** Durations as nanoseconds. */
final class Durations {

  private Durations() {}

  /** Returns the nanoseconds of a duration, or the largest or smallest number if it has more. */
  static long saturatedNanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
