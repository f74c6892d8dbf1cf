package dev.singleflight.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param pace how long to measure
 * @param file where to write the table to, or null for the console only
 * @param sets what to measure
 */
record Arguments(Pace pace, @Nullable Path file, Set<BenchmarkSet> sets) {

  private static final String FILE = "to=";

  static final String USAGE =
      "Usage: Main [quick] [to=FILE.md] ["
          + Arrays.stream(BenchmarkSet.values())
              .map(BenchmarkSet::word)
              .collect(Collectors.joining("|"))
          + " ...]\n  quick       seconds for a figure, for a first look\n"
          + "  to=FILE.md  writes the table there too\n"
          + "  Without a name, everything is measured.";

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it says what is not understood, with a message for users
   */
  static Arguments parse(String... words) {
    Pace pace = Pace.FULL;
    Path file = null;
    Set<BenchmarkSet> sets = EnumSet.noneOf(BenchmarkSet.class);
    for (String word : words) {
      if (word.equals("quick")) {
        pace = Pace.QUICK;
      } else if (word.startsWith(FILE)) {
        file = writable(word.substring(FILE.length()));
      } else {
        sets.add(set(word));
      }
    }
    return new Arguments(pace, file, sets.isEmpty() ? EnumSet.allOf(BenchmarkSet.class) : sets);
  }

  private static BenchmarkSet set(String word) {
    return Arrays.stream(BenchmarkSet.values())
        .filter(set -> set.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("What is '" + word + "'?"));
  }

  /** Finds out before an hour of measuring whether there will be a place for its result. */
  private static Path writable(String name) {
    Path file = Path.of(name).toAbsolutePath();
    Path folder = file.getParent();
    if (name.isEmpty() || Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
      throw new IllegalArgumentException("'" + name + "' cannot be written as a file");
    }
    return file;
  }
}
