package dev.singleflight.benchmarks;

import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long to measure. Each round runs all contestants once, one after the other, so that what else
 * the machine does meets all of them.
 *
 * @param rounds how often each contestant of a JMH class runs
 * @param forked whether each time in a JVM of its own; else in this one, and the figures mean
 *     nothing
 * @param warmups how many iterations to warm up for
 * @param iterations how many iterations to measure
 * @param iteration how long an iteration takes
 * @param releases how often a fan-out to 16 is measured; one to 1,000 a fifth as often
 */
record Pace(
    int rounds, boolean forked, int warmups, int iterations, TimeValue iteration, int releases) {

  static final Pace FULL = new Pace(5, true, 5, 5, TimeValue.milliseconds(500), 400);
  static final Pace QUICK = new Pace(2, true, 3, 3, TimeValue.milliseconds(300), 50);

  /** Only shows that everything still runs: each thread makes one call. */
  static final Pace ONCE = new Pace(1, false, 0, 1, TimeValue.NONE, 1);
}
