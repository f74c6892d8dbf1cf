package dev.singleflight.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What can be asked for by name. */
enum BenchmarkSet {
  UNCONTENDED,
  DISTINCT,
  FANOUT,
  ASYNC,
  HIT,
  TIER,
  COMPILE;

  /**
   * Measures.
   *
   * @param progress told what is being measured
   */
  List<Comparison> run(Pace pace, Consumer<String> progress) throws Exception {
    return switch (this) {
      case UNCONTENDED -> jmh(pace, progress, UncontendedBenchmark.class);
      case DISTINCT ->
          jmh(pace, progress, DistinctKeysBenchmark.class, BlockingLoadsBenchmark.class);
      case FANOUT -> FanOut.run(pace, progress);
      case ASYNC -> jmh(pace, progress, AsyncBenchmark.class);
      case HIT -> jmh(pace, progress, HitBenchmark.class);
      case TIER -> jmh(pace, progress, TierHitBenchmark.class);
      case COMPILE -> CompileTime.run(pace, progress);
    };
  }

  private static List<Comparison> jmh(Pace pace, Consumer<String> progress, Class<?>... benchmarks)
      throws Exception {
    List<Comparison> comparisons = new ArrayList<>();
    for (Class<?> benchmark : benchmarks) {
      comparisons.addAll(JmhComparison.run(benchmark, pace, progress));
    }
    return comparisons;
  }

  /** The name on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
