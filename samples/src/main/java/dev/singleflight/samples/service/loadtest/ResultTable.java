package dev.singleflight.samples.service.loadtest;

import dev.singleflight.samples.service.stampede.Figures;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Measurements as a table in Markdown, which is readable as it is. */
final class ResultTable {
  private static final String HEAD =
      """
      |                           | database queries | requests/s |   p50 ms |   p99 ms |   max ms | errors |
      |---------------------------|-----------------:|-----------:|---------:|---------:|---------:|-------:|
      """;

  private ResultTable() {}

  static String of(List<Measurement> measurements) {
    StringBuilder table = new StringBuilder(HEAD);
    for (Measurement measurement : measurements) {
      Figures total = measurement.total();
      table.append(
          String.format(
              Locale.ROOT,
              "| %-25s | %,16d | %,10.0f | %8s | %8s | %8s | %,6d |\n",
              measurement.subject().words(),
              total.queries(),
              total.perSecond(total.requests() - total.errors()),
              millis(total.p50()),
              millis(total.p99()),
              millis(total.max()),
              total.errors()));
    }
    return table.toString();
  }

  /** Returns a time with about two digits that mean something. */
  static String millis(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    return String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%,.0f", millis);
  }
}
