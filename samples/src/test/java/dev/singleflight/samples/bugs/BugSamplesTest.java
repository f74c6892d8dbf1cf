package dev.singleflight.samples.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compiles each bug with javac and our checks: it has to stop where {@code // flagged: TheCheck},
 * on a line of its own, says that the next one is wrong, and nowhere else; and never once the bug
 * has been put right. A folder more is a bug more.
 */
class BugSamplesTest {
  private static final Path BUGGY = Path.of("src/bugs/java/dev/singleflight/samples/bugs");
  private static final Path FIXED = Path.of("src/main/java/dev/singleflight/samples/bugs");

  private static final Pattern MARK = Pattern.compile(" *// flagged: (\\w+)");
  private static final Pattern MESSAGE =
      Pattern.compile("\\[(Singleflight\\w+)] .*", Pattern.DOTALL);

  record Finding(String check, String file, long line) {}

  static List<String> bugs() throws IOException {
    return folders(BUGGY);
  }

  @Test
  void everyBugIsThereAsItWasWrittenAndPutRight() throws IOException {
    assertThat(folders(BUGGY))
        .isEqualTo(IntStream.rangeClosed(1, 14).mapToObj("bug%02d"::formatted).toList())
        .isEqualTo(folders(FIXED));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void bugStopsTheBuildWhereItIs(String bug) throws IOException {
    List<Path> sources = BugCompiler.sources(BUGGY.resolve(bug));
    List<Finding> marked = marks(sources);
    Compilation compilation = compile(sources);
    assertThat(marked).isNotEmpty();
    assertThat(findings(compilation)).containsExactlyInAnyOrderElementsOf(marked);
    assertThat(compilation.errors())
        .as("nothing but the bug is wrong with it")
        .hasSameSizeAs(marked);
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void fixedBugCompiles(String bug) throws IOException {
    Compilation compilation = compile(BugCompiler.sources(FIXED.resolve(bug)));
    assertThat(findings(compilation)).isEmpty();
    assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
  }

  private static Compilation compile(List<Path> sources) throws IOException {
    List<JavaFileObject> files = new ArrayList<>();
    for (Path source : sources) {
      files.add(JavaFileObjects.forResource(source.toUri().toURL()));
    }
    return Compiler.javac()
        .withOptions(BugCompiler.options(System.getProperty("java.class.path")))
        .compile(files);
  }

  /** Where the files say that they are wrong. */
  static List<Finding> marks(List<Path> sources) throws IOException {
    List<Finding> marks = new ArrayList<>();
    for (Path source : sources) {
      List<String> lines = Files.readAllLines(source);
      for (int i = 0; i < lines.size(); i++) {
        Matcher mark = MARK.matcher(lines.get(i));
        if (mark.matches()) {
          marks.add(new Finding(mark.group(1), source.getFileName().toString(), i + 2));
        }
      }
    }
    return marks;
  }

  private static List<Finding> findings(Compilation compilation) {
    List<Finding> findings = new ArrayList<>();
    for (Diagnostic<? extends JavaFileObject> diagnostic : compilation.diagnostics()) {
      Matcher message = MESSAGE.matcher(diagnostic.getMessage(null));
      if (message.matches()) {
        String file = Path.of(diagnostic.getSource().toUri()).getFileName().toString();
        findings.add(new Finding(message.group(1), file, diagnostic.getLineNumber()));
      }
    }
    return findings;
  }

  private static List<String> folders(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isDirectory)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }
}
