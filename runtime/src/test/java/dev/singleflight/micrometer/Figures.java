package dev.singleflight.micrometer;

import dev.singleflight.Stats;
import dev.singleflight.Stats.LoadTimes;
import java.time.Duration;

/** Statistics that no two figures of are equal, so that none can be taken for another. */
final class Figures {

  static final Stats DISTINCT =
      new Stats(
          1001,
          502,
          499,
          303,
          204,
          105,
          46,
          17,
          8,
          new LoadTimes(
              105,
              Duration.ofMillis(10_500),
              Duration.ofMillis(50),
              Duration.ofMillis(90),
              Duration.ofMillis(1_250),
              Duration.ofMillis(2_500),
              Duration.ofSeconds(4)));

  private Figures() {}

  static Stats ofCalls(long calls) {
    return new Stats(calls, 0, 0, 0, 0, 0, 0, 0, 0, DISTINCT.loadTimes());
  }
}
