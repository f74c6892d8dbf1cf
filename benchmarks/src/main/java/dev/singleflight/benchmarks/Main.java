package dev.singleflight.benchmarks;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Measures, and prints each subject beside its rivals with the ratio. */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments;
    try {
      arguments = Arguments.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage());
      System.err.println(Arguments.USAGE);
      System.exit(2);
      return;
    }
    String report = measure(arguments);
    System.out.println(report);
    if (arguments.file() != null) {
      Files.writeString(arguments.file(), report);
    }
  }

  private static String measure(Arguments arguments) throws Exception {
    List<Comparison> comparisons = new ArrayList<>();
    for (BenchmarkSet set : arguments.sets()) {
      comparisons.addAll(set.run(arguments.pace(), step -> System.err.println("… " + step)));
    }
    return "JDK %s, %d processors, %s\n\n%s"
        .formatted(
            Runtime.version(),
            Runtime.getRuntime().availableProcessors(),
            arguments.pace().equals(Pace.FULL) ? "at full length" : "a quick look",
            Table.of(comparisons));
  }
}
