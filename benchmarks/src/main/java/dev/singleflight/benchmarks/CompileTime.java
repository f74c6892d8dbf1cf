package dev.singleflight.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link CompileBenchmark}, and takes the ratio of each pair of compilations. */
final class CompileTime {

  private static final Bound AT_MOST_3_PERCENT = Bound.atMost(1.03);

  /** Error Prone's own checks take ten times as long. */
  private static final int FEWER = 5;

  private CompileTime() {}

  static List<Comparison> run(Pace pace, Consumer<String> progress) throws RunnerException {
    return List.of(
        compare("singleflightChecks", AT_MOST_3_PERCENT, pace, 1, progress),
        compare("errorProneChecks", Bound.NONE, pace, FEWER, progress));
  }

  private static Comparison compare(
      String method, Bound target, Pace pace, int fewer, Consumer<String> progress)
      throws RunnerException {
    progress.accept("CompileBenchmark." + method);
    List<Double> checked = new ArrayList<>();
    List<Double> unchecked = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (IterationResult iteration : iterations(method, pace, fewer)) {
      double with = figure(iteration, "checked");
      double without = figure(iteration, "unchecked");
      checked.add(with);
      unchecked.add(without);
      ratios.add(with / without);
    }
    Sample sample = new Sample(ratios);
    return new Comparison(
        "Compile",
        String.format(
            Locale.ROOT,
            "jackson-databind, %d pairs, 95 %% interval %.3f to %.3f",
            ratios.size(),
            sample.medianAtLeast(),
            sample.medianAtMost()),
        score(method, checked),
        score("no checks", unchecked),
        sample.median(),
        target,
        Bound.NONE);
  }

  private static List<IterationResult> iterations(String method, Pace pace, int fewer)
      throws RunnerException {
    boolean once = pace.equals(Pace.ONCE);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(CompileBenchmark.class.getName() + "." + method) + "$")
            .forks(pace.forked() ? 1 : 0)
            .warmupIterations(once ? 0 : 2 * pace.warmups())
            .measurementIterations(once ? 1 : pace.rounds() * pace.iterations() / fewer + 1)
            .shouldFailOnError(true);
    if (once) {
      options.param("files", "10");
    }
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      List<IterationResult> iterations = new ArrayList<>();
      for (RunResult result :
          new Runner(
                  options.build(),
                  OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
              .run()) {
        result.getBenchmarkResults().forEach(fork -> iterations.addAll(fork.getIterationResults()));
      }
      if (iterations.isEmpty()) {
        throw new RunnerException("JMH ran nothing");
      }
      return iterations;
    } catch (RunnerException e) {
      throw new RunnerException(
          method + " failed. What JMH said:\n" + log.toString(StandardCharsets.UTF_8), e);
    }
  }

  private static double figure(IterationResult iteration, String name) {
    return requireNonNull(iteration.getSecondaryResults().get(name), name).getScore();
  }

  private static Score score(String name, List<Double> millis) {
    Sample sample = new Sample(millis);
    return new Score(
        name,
        String.format(
            Locale.ROOT, "%.4g CPU ms (%.4g to %.4g)", sample.median(), sample.min(), sample.max()),
        Double.NaN);
  }
}
