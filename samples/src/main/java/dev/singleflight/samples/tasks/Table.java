package dev.singleflight.samples.tasks;

import dev.singleflight.Stats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What all tasks counted: calls, loads, and which share of waiting calls was spared a load. */
final class Table {
  private final List<String> rows = new ArrayList<>();

  void add(String task, List<Row> counted) {
    for (Row row : counted) {
      Stats stats = row.stats();
      rows.add(
          String.format(
              Locale.ROOT,
              "%4s  %-34s %,9d %,9d %,9d %10.3f",
              task,
              row.of(),
              stats.calls(),
              stats.hits(),
              stats.loads(),
              stats.coalescingRatio()));
    }
  }

  /** Returns the table, or nothing if there is nothing in it. */
  Stream<String> lines() {
    String head =
        String.format(
            Locale.ROOT,
            "%4s  %-34s %9s %9s %9s %10s",
            "task",
            "what was asked",
            "calls",
            "hits",
            "loads",
            "coalesced");
    return rows.isEmpty()
        ? Stream.empty()
        : Stream.concat(Stream.of(head, "─".repeat(head.length())), rows.stream());
  }
}
