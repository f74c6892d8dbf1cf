package dev.singleflight.samples.tasks.task10;

import dev.singleflight.Stats;
import java.time.Duration;

/**
 * What happened in a moment of a run, and since its beginning.
 *
 * @param at when the moment ended, from the beginning
 * @param calls calls per second in the moment
 * @param loads loads per second in the moment
 * @param ratio the coalescing ratio of the moment
 * @param total all since the beginning
 */
record Sample(Duration at, double calls, double loads, double ratio, Stats total) {

  static Sample between(Stats before, Stats now, Duration from, Duration to) {
    double seconds = to.minus(from).toNanos() / 1e9;
    long calls = now.calls() - before.calls();
    long followers = now.followers() - before.followers();
    return new Sample(
        to,
        calls / seconds,
        (now.loads() - before.loads()) / seconds,
        calls == 0 ? 0 : (double) followers / calls,
        now);
  }

  double seconds() {
    return at.toMillis() / 1_000.0;
  }
}
