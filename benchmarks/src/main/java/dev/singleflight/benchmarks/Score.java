package dev.singleflight.benchmarks;

import java.util.Locale;

/**
 * What was measured of one contestant.
 *
 * @param name the contestant
 * @param text its time or throughput with the unit and the spread
 * @param bytes what an operation allocates, or NaN if that was not measured
 */
record Score(String name, String text, double bytes) {

  String bytesText() {
    return Double.isNaN(bytes) ? "" : String.format(Locale.ROOT, "%.1f", bytes);
  }
}
