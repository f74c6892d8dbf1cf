package dev.singleflight.benchmarks;

import java.util.Locale;

/**
 * Between what a figure has to be; NaN where it is not bounded.
 *
 * @param atLeast the lowest that is good
 * @param atMost the highest that is good
 */
record Bound(double atLeast, double atMost) {

  static final Bound NONE = new Bound(Double.NaN, Double.NaN);

  static Bound atMost(double limit) {
    return new Bound(Double.NaN, limit);
  }

  /** Returns the bound in words and whether a figure keeps to it; nothing if there is no bound. */
  String judge(double figure) {
    if (!Double.isNaN(atMost)) {
      return word("≤", atMost, figure <= atMost);
    }
    return Double.isNaN(atLeast) ? "" : word("≥", atLeast, figure >= atLeast);
  }

  private static String word(String relation, double limit, boolean met) {
    String number = String.format(Locale.ROOT, "%.2f", limit).replaceFirst("\\.?0+$", "");
    return relation + " " + number + (met ? " met" : " MISSED");
  }
}
