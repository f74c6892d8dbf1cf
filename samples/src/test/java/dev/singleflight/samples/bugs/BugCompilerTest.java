package dev.singleflight.samples.bugs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs what the README's first command ends in, in a JVM of its own, since that is ended. */
class BugCompilerTest {
  private static final Pattern FINDING =
      Pattern.compile(
          "^src.bugs.java.*.bug\\d+.(Buggy\\w+\\.java:\\d+: (?:error|warning): \\[Singleflight\\w+]) .+");

  @TempDir Path folder;

  @Test
  void showsEveryBugAsJavacPrintsItAndFails() throws Exception {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("javac ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readString(output, Charset.defaultCharset()).lines().toList();
    List<BugSamplesTest.Finding> marks =
        BugSamplesTest.marks(BugCompiler.sources(Path.of("src/bugs/java")));
    List<String> marked =
        marks.stream()
            .map(mark -> mark.file() + ":" + mark.line() + ": error: [" + mark.check() + "]")
            .toList();
    assertThat(process.exitValue()).as("%s", lines).isEqualTo(1);
    assertThat(lines.stream().map(FINDING::matcher).filter(m -> m.find()).map(m -> m.group(1)))
        .as("in the order of the bugs")
        .containsExactlyElementsOf(marked);
    assertThat(lines).endsWith(marks.size() + " errors");
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (argument.startsWith("--add-")) {
        command.add(argument); // what this JVM was told so that Error Prone may see into javac
      }
    }
    command.add("-classpath");
    command.add(System.getProperty("java.class.path"));
    command.add(BugCompiler.class.getName());
    command.add(".");
    return command;
  }
}
