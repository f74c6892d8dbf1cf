package dev.singleflight.samples.tasks.task09;

import dev.singleflight.FlightListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * How long loads took, as a histogram: unlike percentiles, which each process computes for itself,
 * its buckets can be added up over processes.
 */
final class LoadTimes implements FlightListener<Object> {
  private final Timer finished;
  private final Timer failed;

  LoadTimes(MeterRegistry registry, String group) {
    this.finished = timer(registry, group, "finished");
    this.failed = timer(registry, group, "failed");
  }

  private static Timer timer(MeterRegistry registry, String group, String outcome) {
    return Timer.builder("load.time")
        .description("How long loads took, by what became of them")
        .tags("group", group, "outcome", outcome)
        .serviceLevelObjectives(
            Duration.ofMillis(5),
            Duration.ofMillis(10),
            Duration.ofMillis(25),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(1))
        .register(registry);
  }

  @Override
  public void flightFinished(Object key, Duration loadTime, int followers) {
    finished.record(loadTime);
  }

  @Override
  public void flightFailed(Object key, Throwable failure, Duration loadTime, int followers) {
    failed.record(loadTime);
  }
}
