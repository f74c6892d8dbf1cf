package dev.singleflight.checker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.BugCheckerRefactoringTestHelper;
import com.google.errorprone.CompilationTestHelper;
import com.google.errorprone.bugpatterns.BugChecker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs a check over the sources of its folder in {@code testdata}: those of {@code identification}
 * in one compilation, {@code // BUG: Diagnostic contains:} before each line that is to be reported,
 * and nothing anywhere else; {@code // STRICT: Diagnostic contains:} before what is to be reported
 * only where {@code Evidence=strict} asks for it; each of {@code replacement} beside what its fix
 * makes of it.
 */
public final class Check {
  private static final Path TESTDATA =
      Path.of("src/test/resources/dev/singleflight/checker/testdata");

  private static final String BUG = "// BUG: Diagnostic ";

  private static final String STRICT = "// STRICT: Diagnostic ";

  private Check() {}

  /** Compiles the files of {@code identification} with the check. */
  public static void identifies(Class<? extends BugChecker> check) {
    identifies(check, "identification");
  }

  /**
   * Compiles those files of {@code identification} that mark what is for strict with that option:
   * all that they mark is reported then, and nothing anywhere else.
   */
  public static void identifiesStrictly(Class<? extends BugChecker> check) {
    CompilationTestHelper helper =
        CompilationTestHelper.newInstance(check, Check.class)
            .setArgs(args("-XepOpt:Singleflight:Evidence=strict"));
    for (Path file : files(TESTDATA.resolve("common"))) {
      helper.addSourceLines("test/" + file.getFileName(), lines(file));
    }
    boolean marked = false;
    for (Path file : files(TESTDATA.resolve(check.getSimpleName()).resolve("identification"))) {
      String text = String.join("\n", lines(file));
      if (text.contains(STRICT)) {
        marked = true;
        helper.addSourceLines("test/" + file.getFileName(), text.replace(STRICT, BUG));
      }
    }
    assertThat(marked).as("something is marked as strict").isTrue();
    helper.doTest();
  }

  /** Compiles the files of {@code declared} with stubs of the annotations that cache. */
  public static void identifiesDeclared(Class<? extends BugChecker> check) {
    CompilationTestHelper helper =
        CompilationTestHelper.newInstance(check, Check.class).setArgs(args());
    Stubs.all().forEach(helper::addSourceLines);
    for (Path file : files(TESTDATA.resolve(check.getSimpleName()).resolve("declared"))) {
      helper.addSourceLines("test/" + file.getFileName(), lines(file));
    }
    helper.doTest();
  }

  /** Compiles the files of another folder of the check's, with arguments for javac. */
  public static void identifies(
      Class<? extends BugChecker> check, String folder, String... arguments) {
    CompilationTestHelper helper =
        CompilationTestHelper.newInstance(check, Check.class).setArgs(args(arguments));
    List<Path> files = files(TESTDATA.resolve("common"));
    files.addAll(files(TESTDATA.resolve(check.getSimpleName()).resolve(folder)));
    for (Path file : files) {
      helper.addSourceLines("test/" + file.getFileName(), lines(file));
    }
    helper.doTest();
  }

  /** Applies the check's fixes to each {@code XInput.java}, compiles, compares with its output. */
  public static void replaces(Class<? extends BugChecker> check) {
    Path folder = TESTDATA.resolve(check.getSimpleName()).resolve("replacement");
    for (Path input : files(folder)) {
      String name = input.getFileName().toString();
      if (!name.endsWith("Input.java")) {
        continue;
      }
      Path output = folder.resolve(name.replace("Input.java", "Output.java"));
      String[] expected = lines(output);
      for (int i = 0; i < expected.length; i++) {
        expected[i] = expected[i].replace("Output", "Input");
      }
      BugCheckerRefactoringTestHelper helper =
          BugCheckerRefactoringTestHelper.newInstance(check, Check.class)
              .setArgs(args().toArray(new String[0]));
      for (Path common : files(TESTDATA.resolve("common"))) {
        helper.addInputLines("test/" + common.getFileName(), lines(common)).expectUnchanged();
      }
      helper
          .addInputLines("test/" + name, lines(input))
          .addOutputLines("test/" + name, expected)
          .doTest();
    }
  }

  /** The arguments of a user's compilation. */
  public static List<String> args(String... more) {
    List<String> args =
        new ArrayList<>(List.of("-cp", RuntimeClasses.classPath(), "-XDcompilePolicy=simple"));
    args.addAll(Arrays.asList(more));
    return args;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(files.sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] lines(Path file) {
    try {
      return Files.readAllLines(file).toArray(new String[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
