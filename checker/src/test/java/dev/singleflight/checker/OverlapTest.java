package dev.singleflight.checker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.JavaFileObjects;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.singleflight.checker.Reports.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * No two checks report the same fault: compiled with all of them, the test data of each shows its
 * own check at the lines marked and nowhere else, and no statement that two checks report.
 */
final class OverlapTest {
  private static final Path TESTDATA =
      Path.of("src/test/resources/dev/singleflight/checker/testdata");

  /**
   * Checks that may both report one statement, since it can have both faults and mending one leaves
   * the other.
   */
  private static final Map<Set<String>, String> INDEPENDENT =
      Map.of(
          Set.of("SingleflightKeyOmitsInput", "SingleflightRecursiveLoad"),
          "a flag may decide both whether the load recurs and what it loads");

  /** That a result is not kept is said of a call whatever else is wrong with it. */
  private static final String BESIDE_ANY = "SingleflightUncachedResult";

  @TestFactory
  Stream<DynamicTest> testDataOfEachCheck() {
    return Checks.names().stream()
        .map(check -> DynamicTest.dynamicTest(check, () -> compareWithMarks(check)));
  }

  private static void compareWithMarks(String check) {
    List<Path> files = files(TESTDATA.resolve("common"));
    files.addAll(files(TESTDATA.resolve(check).resolve("identification")));
    Map<String, String> texts = new HashMap<>();
    List<JavaFileObject> sources = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      String text = read(file);
      texts.put(name, text);
      sources.add(
          JavaFileObjects.forSourceString("test." + name.substring(0, name.indexOf('.')), text));
    }

    List<Report> reports = Reports.of(sources);

    Set<String> own =
        reports.stream()
            .filter(report -> report.check().equals(check))
            .map(report -> report.file() + ":" + report.line())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(own).isEqualTo(marked(texts));
    assertThat(overlaps(reports, texts)).isEmpty();
  }

  /** The lines after a mark, as file:line. */
  private static Set<String> marked(Map<String, String> texts) {
    Set<String> lines = new TreeSet<>();
    texts.forEach(
        (file, text) -> {
          List<String> all = text.lines().toList();
          for (int i = 0; i < all.size(); i++) {
            if (all.get(i).contains("// BUG: Diagnostic ")) {
              int next = i + 1;
              while (all.get(next).contains("// BUG: Diagnostic ")) {
                next++;
              }
              lines.add(file + ":" + (next + 1));
            }
          }
        });
    return lines;
  }

  /** Lines and statements that more than one check reports, without the pairs that may. */
  private static List<String> overlaps(List<Report> reports, Map<String, String> texts) {
    Map<String, Statements> statements = new HashMap<>();
    texts.forEach((file, text) -> statements.put(file, Statements.of(file, text)));
    List<String> overlaps = new ArrayList<>();
    for (Report one : reports) {
      Statements file = requireNonNull(statements.get(one.file()), one.file());
      for (Report other : reports) {
        if (one.check().compareTo(other.check()) < 0
            && one.file().equals(other.file())
            && (one.line() == other.line()
                || file.around(one.position()) == file.around(other.position()))
            && !Set.of(one.check(), other.check()).contains(BESIDE_ANY)
            && !INDEPENDENT.containsKey(Set.of(one.check(), other.check()))) {
          overlaps.add(one + " and " + other);
        }
      }
    }
    return overlaps;
  }

  /** The statements and fields of a file. A call is one with its loader, unless that is a block. */
  private static final class Statements extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<long[]> spans = new ArrayList<>();

    private Statements(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    static Statements of(String file, String text) {
      try {
        JavacTask task =
            (JavacTask)
                ToolProvider.getSystemJavaCompiler()
                    .getTask(
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(
                            JavaFileObjects.forSourceString(
                                "test." + file.substring(0, file.indexOf('.')), text)));
        CompilationUnitTree unit = task.parse().iterator().next();
        Statements statements = new Statements(unit, Trees.instance(task).getSourcePositions());
        statements.scan(unit, null);
        return statements;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
      if (tree instanceof StatementTree) {
        spans.add(
            new long[] {
              positions.getStartPosition(unit, tree), positions.getEndPosition(unit, tree)
            });
      }
      return super.scan(tree, null);
    }

    /** Where the innermost one begins. */
    long around(long position) {
      long start = -1;
      for (long[] span : spans) {
        if (span[0] <= position && position <= span[1] && span[0] >= start) {
          start = span[0];
        }
      }
      return start;
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(files.sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
