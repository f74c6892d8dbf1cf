package dev.singleflight.samples.service;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;

/** Durations as people write them: {@code 0.5s}, {@code 90s}, {@code 1h30m}. */
public final class ShortDuration {
  private ShortDuration() {}

  /**
   * Reads one.
   *
   * @throws java.time.DateTimeException if it is none, or negative
   */
  public static Duration parse(String text) {
    Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    if (duration.isNegative()) {
      throw new DateTimeException(text + " is negative");
    }
    return duration;
  }
}
