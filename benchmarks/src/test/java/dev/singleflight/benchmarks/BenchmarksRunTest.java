package dev.singleflight.benchmarks;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** That each benchmark still runs and is compared with something; no time is looked at. */
class BenchmarksRunTest {

  @Test
  void everyBenchmarkYieldsRatio() throws Exception {
    List<String> progress = new ArrayList<>();
    List<Comparison> comparisons = new ArrayList<>();

    for (BenchmarkSet set : BenchmarkSet.values()) {
      List<Comparison> ofSet = set.run(Pace.ONCE, progress::add);
      assertThat(ofSet).as(set.word()).isNotEmpty();
      comparisons.addAll(ofSet);
    }

    assertThat(progress).isNotEmpty();
    assertThat(comparisons)
        .allSatisfy(comparison -> assertThat(comparison.ratio()).isFinite().isPositive());
    assertThat(compared(comparisons)).containsAll(benchmarks());
  }

  private static Set<String> compared(List<Comparison> comparisons) {
    return comparisons.stream()
        .flatMap(
            comparison ->
                Stream.of(comparison.subject(), comparison.rival())
                    .map(score -> comparison.benchmark() + "." + score.name()))
        .collect(toSet());
  }

  /** Returns all that JMH knows, so that none is left out of the sets or measured for nothing. */
  private static Set<String> benchmarks() {
    return BenchmarkList.defaultList()
        .getAll(
            OutputFormatFactory.createFormatInstance(
                new PrintStream(PrintStream.nullOutputStream()), VerboseMode.SILENT),
            List.of())
        .stream()
        .map(entry -> entry.getUsername().replaceFirst(".*\\.(.*)Benchmark\\.", "$1."))
        .collect(toSet());
  }
}
