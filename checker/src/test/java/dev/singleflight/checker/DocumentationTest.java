package dev.singleflight.checker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compiles every example of the checks' pages: what a line marks {@code // flagged} is reported by
 * the page's check and nothing else is by any.
 */
final class DocumentationTest {
  private static final Path PAGES = Path.of("..", "docs", "checks");
  private static final Path DOMAIN =
      Path.of("src/test/resources/dev/singleflight/checker/testdata/common/Domain.java");
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final String SECTIONS =
      "(?s).*## The bug.*## How it fails.*## The fix.*## What is not flagged.*## How to suppress.*";

  private static final String IMPORTS =
      "package test; import com.sun.net.httpserver.*; import dev.singleflight.*; import dev.singleflight.annotations.*;"
          + " import java.time.*; import java.util.*; import java.util.concurrent.*; import java.util.function.*;"
          + " import java.util.concurrent.atomic.*; import java.util.concurrent.locks.*;"
          + " import test.Domain.*; ";

  @TestFactory
  Stream<DynamicTest> pages() {
    return Checks.names().stream()
        .map(check -> DynamicTest.dynamicTest(check, () -> testPage(check)));
  }

  /** The README shows members of a class that has a repository. */
  @Test
  void readme() throws IOException {
    String page = Files.readString(Path.of("..", "README.md"));
    List<String> examples = examples(page);
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      boolean declaration = example.startsWith("@Coalescing");
      testExample(
          "none",
          (declaration ? "interface Example {" : "class Example { Repository repository = null;")
              + example
              + "}");
    }
    for (String check : Checks.names()) {
      assertThat(page).contains("[" + check + "](docs/checks/" + check + ".md)");
    }
  }

  /** The page of known APIs: each mark says by which check the line is flagged. */
  @Test
  void apis() throws IOException {
    List<String> examples = examples(Files.readString(Path.of("..", "docs", "apis.md")));
    assertThat(examples).hasSize(4);
    for (String example : examples) {
      testExample("", example, "-XepOpt:Singleflight:CoalescingMethods=test.Lookup#load");
    }
  }

  private static void testPage(String check) throws IOException {
    String page = Files.readString(PAGES.resolve(check + ".md"));
    assertThat(page).startsWith("# " + check + "\n").matches(SECTIONS);
    List<String> examples = examples(page);
    assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
    assertThat(examples).anyMatch(example -> example.contains("// flagged"));
    assertThat(examples).anyMatch(example -> !example.contains("// flagged"));
    for (String example : examples) {
      testExample(check, example);
    }
  }

  private static void testExample(String check, String example, String... options)
      throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    sources.add(JavaFileObjects.forSourceString("test.Domain", Files.readString(DOMAIN)));
    if (example.contains("org.springframework.cache")) {
      sources.addAll(Stubs.sources());
    }
    String source = IMPORTS + example; // on its first line, so that lines stay what they are
    sources.add(JavaFileObjects.forSourceString("test." + name(example), source));
    Compilation compilation =
        Compilations.compile(List.of(options), sources.toArray(JavaFileObject[]::new));
    List<String> expected = new ArrayList<>();
    String[] lines = source.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].contains("// flagged")) {
        String by = lines[i].substring(lines[i].indexOf("// flagged") + 10).trim();
        expected.add(i + 1 + ":" + (check.isEmpty() ? by : check));
      }
    }
    List<String> found =
        compilation.diagnostics().stream()
            .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
            .map(diagnostic -> diagnostic.getLineNumber() + ":" + name(diagnostic))
            .toList();
    assertThat(found).as(example).containsExactlyElementsOf(expected);
  }

  /** What a public class is called must be what its file is. */
  private static String name(String example) {
    Matcher type = Pattern.compile("public (final )?class (\\w+)").matcher(example);
    return type.lookingAt() ? type.group(2) : "Example";
  }

  private static String name(Diagnostic<?> diagnostic) {
    String message = diagnostic.getMessage(null);
    Matcher name = Pattern.compile("\\[(\\w+)]").matcher(message);
    return name.find() ? name.group(1) : message;
  }

  private static List<String> examples(String page) {
    return EXAMPLE.matcher(page).results().map(result -> result.group(1)).toList();
  }
}
