package dev.singleflight.samples.tasks.task07;

import dev.singleflight.FlightListener;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.Stats;
import java.util.function.LongFunction;

/**
 * Reports, by a renderer that is not to be trusted. Whatever it throws reaches all who wait for the
 * report, and nobody else.
 */
final class Reports {
  private final SingleflightGroup<Long, String> flights;
  private final LongFunction<String> renderer;

  Reports(LongFunction<String> renderer, FlightListener<? super Long> listener) {
    this.renderer = renderer;
    this.flights =
        SingleflightGroup.newBuilder().name("reports").recordStats().listener(listener).build();
  }

  /**
   * Renders a report.
   *
   * @throws ReportException if the report itself is at fault
   */
  String report(long id) {
    return flights.execute(id, this::rendered);
  }

  private String rendered(long id) {
    try {
      return renderer.apply(id);
    } catch (StackOverflowError e) { // this alone is known not to be the machine's fault
      throw new ReportException("report " + id + " refers to itself", e);
    }
  }

  Stats stats() {
    return flights.stats();
  }
}
