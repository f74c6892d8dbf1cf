package dev.singleflight.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the methods of a JMH class in turns, and sets each subject beside its {@link Rival}s. */
final class JmhComparison {

  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private final Class<?> benchmark;
  private final Pace pace;
  private final Consumer<String> progress;

  /** What was measured, one element a round, by conditions and method. */
  private final Map<String, Map<String, List<Measured>>> measured = new LinkedHashMap<>();

  private record Measured(double score, String unit, double bytes) {}

  private JmhComparison(Class<?> benchmark, Pace pace, Consumer<String> progress) {
    this.benchmark = benchmark;
    this.pace = pace;
    this.progress = progress;
  }

  static List<Comparison> run(Class<?> benchmark, Pace pace, Consumer<String> progress)
      throws RunnerException {
    JmhComparison comparison = new JmhComparison(benchmark, pace, progress);
    comparison.measure();
    return comparison.comparisons();
  }

  private void measure() throws RunnerException {
    ThreadCounts counts = benchmark.getAnnotation(ThreadCounts.class);
    for (int round = 1; round <= pace.rounds(); round++) {
      for (int threads : counts == null ? new int[] {1} : counts.value()) {
        for (Method method : methods()) {
          progress.accept(
              String.format(
                  Locale.ROOT,
                  "%s.%s, %s, round %d of %d",
                  benchmark.getSimpleName(),
                  method.getName(),
                  threadsText(threads),
                  round,
                  pace.rounds()));
          runJmh(method, threads).forEach(result -> add(method, result));
        }
      }
    }
  }

  /** Returns the methods in an order that does not hang on the JVM. */
  private List<Method> methods() {
    return Arrays.stream(benchmark.getMethods())
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  private Collection<RunResult> runJmh(Method method, int threads) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(benchmark.getName() + "." + method.getName()) + "$")
            .threads(threads)
            .forks(pace.forked() ? 1 : 0)
            .warmupIterations(pace.warmups())
            .warmupTime(pace.iteration())
            .measurementIterations(pace.iterations())
            .measurementTime(pace.iteration())
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuTimeProfiler.class)
            .shouldFailOnError(true);
    if (pace.equals(Pace.ONCE)) {
      // Whatever else the machine does, each thread makes its call.
      options.mode(Mode.SingleShotTime);
    }
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8)) {
      Collection<RunResult> results =
          new Runner(
                  options.build(),
                  OutputFormatFactory.createFormatInstance(out, VerboseMode.NORMAL))
              .run();
      if (results.isEmpty()) {
        throw new RunnerException("JMH ran nothing of " + method);
      }
      return results;
    } catch (RunnerException e) {
      throw new RunnerException(
          method + " failed. What JMH said:\n" + log.toString(StandardCharsets.UTF_8), e);
    }
  }

  private void add(Method method, RunResult result) {
    List<IterationResult> iterations =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .toList();
    // Medians, for under load the compiler may be done only after the warm-up.
    measured
        .computeIfAbsent(conditions(result.getParams()), key -> new LinkedHashMap<>())
        .computeIfAbsent(method.getName(), key -> new ArrayList<>())
        .add(
            new Measured(
                median(iterations, iteration -> score(iteration).getScore()),
                score(iterations.get(0)).getScoreUnit(),
                median(iterations, JmhComparison::bytes)));
  }

  private Result<?> score(IterationResult iteration) {
    return benchmark.isAnnotationPresent(CpuTime.class)
        ? requireNonNull(iteration.getSecondaryResults().get(CpuTimeProfiler.LABEL))
        : iteration.getPrimaryResult();
  }

  private static double bytes(IterationResult iteration) {
    Result<?> allocation = iteration.getSecondaryResults().get(ALLOCATION);
    return allocation == null ? Double.NaN : allocation.getScore();
  }

  private static double median(
      List<IterationResult> iterations, ToDoubleFunction<IterationResult> figure) {
    return new Sample(iterations.stream().mapToDouble(figure).boxed().toList()).median();
  }

  private static String conditions(BenchmarkParams params) {
    StringBuilder text = new StringBuilder(threadsText(params.getThreads()));
    for (String key : params.getParamsKeys()) {
      text.append(", ").append(key).append(' ').append(params.getParam(key));
    }
    return text.toString();
  }

  private static String threadsText(int threads) {
    return threads == 1 ? "1 thread" : threads + " threads";
  }

  private List<Comparison> comparisons() {
    List<Comparison> comparisons = new ArrayList<>();
    measured.forEach(
        (conditions, scores) -> {
          for (Method method : methods()) {
            Rival rival = method.getAnnotation(Rival.class);
            if (rival != null) {
              comparisons.add(compare(conditions, scores, method.getName(), rival));
            }
          }
        });
    return comparisons;
  }

  private Comparison compare(
      String conditions, Map<String, List<Measured>> scores, String name, Rival rival) {
    List<Measured> theirs = requireNonNull(scores.get(name), name);
    List<Measured> ours = requireNonNull(scores.get(rival.of()), rival.of());
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ours.size(); round++) {
      ratios.add(ours.get(round).score() / theirs.get(round).score());
    }
    return new Comparison(
        benchmark.getSimpleName().replaceFirst("Benchmark$", ""),
        conditions,
        score(rival.of(), ours),
        score(name, theirs),
        new Sample(ratios).median(),
        new Bound(rival.atLeast(), rival.atMost()),
        bytesTarget(rival.of()));
  }

  private Bound bytesTarget(String subject) {
    return methods().stream()
        .filter(method -> method.getName().equals(subject))
        .map(method -> method.getAnnotation(BytesAtMost.class))
        .map(limit -> limit == null ? Bound.NONE : Bound.atMost(limit.value()))
        .findFirst()
        .orElseThrow();
  }

  private static Score score(String name, List<Measured> rounds) {
    Sample scores = new Sample(rounds.stream().map(Measured::score).toList());
    Sample bytes = new Sample(rounds.stream().map(Measured::bytes).toList());
    String text =
        String.format(
            Locale.ROOT,
            "%.4g %s (%.4g to %.4g)",
            scores.median(),
            rounds.get(0).unit(),
            scores.min(),
            scores.max());
    // The profiler divides what all threads allocate by the operations: some tenths are not ours.
    return new Score(name, text, Math.rint(bytes.median() * 10) / 10);
  }
}
