package dev.singleflight.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A bug that was released.
 *
 * @param name what it is called here
 * @param buggy a version that has it
 * @param file where
 * @param first the first of its lines
 * @param last the last of its lines
 * @param expected the checks that are about it, first the one that the fix satisfies
 * @param scope how far from those lines its evidence lies
 * @param fixed a version that has it no more, or null if there is none
 * @param flags what the checks must be told about the project
 */
record ShippedBug(
    String name,
    Artifact buggy,
    String file,
    int first,
    int last,
    List<String> expected,
    Scope scope,
    @Nullable Artifact fixed,
    List<String> flags) {

  /** How far the evidence of a bug lies from it. */
  enum Scope {
    METHOD,
    CLASS,
    FILES;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final List<String> COLUMNS =
      List.of("bug", "buggy", "file", "lines", "expected", "scope", "fixed", "options", "what");

  private static final String NONE = "-";

  /** An annotation or a long call may put the report a little beside the lines. */
  private static final int BESIDE = 3;

  ShippedBug {
    expected = List.copyOf(expected);
    flags = List.copyOf(flags);
  }

  static List<ShippedBug> read(Path file) throws IOException {
    return Tsv.read(file, COLUMNS).stream().map(ShippedBug::of).toList();
  }

  private static ShippedBug of(Tsv.Row row) {
    String[] lines = row.get("lines").split("-", 2);
    if (row.get("what").isEmpty() || lines.length != 2) {
      throw new IllegalArgumentException("shipped bug " + row.get("bug") + " is not complete");
    }
    return new ShippedBug(
        row.get("bug"),
        artifact(row.get("buggy")),
        row.get("file"),
        Integer.parseInt(lines[0]),
        Integer.parseInt(lines[1]),
        Tsv.words(row.get("expected")),
        Scope.valueOf(row.get("scope").toUpperCase(Locale.ROOT)),
        row.get("fixed").equals(NONE) ? null : artifact(row.get("fixed")),
        row.get("options").equals(NONE) ? List.of() : List.of(row.get("options").split(" ")));
  }

  private static Artifact artifact(String coordinates) {
    List<String> all = Tsv.words(coordinates);
    return new Artifact(Part.ALL, all.get(0), all.subList(1, all.size()));
  }

  /** Whether one of these is it. */
  boolean foundBy(List<Finding> findings) {
    return findings.stream()
        .anyMatch(
            finding ->
                finding.key().file().equals(file)
                    && expected.contains(finding.key().check())
                    && first - BESIDE <= finding.line()
                    && finding.line() <= last + BESIDE);
  }

  /** Whether the file is still reported for what the fix mended. */
  boolean stillIn(List<Finding> findings) {
    return findings.stream()
        .anyMatch(
            finding ->
                finding.key().file().equals(file) && finding.key().check().equals(expected.get(0)));
  }
}
