package dev.singleflight.samples.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.samples.Main;
import dev.singleflight.samples.engines.EnginesExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

/** Each page shows code that is in the sources, and lines that the program prints. */
@Timeout(120)
@ExtendWith(EnginesExtension.class)
final class TaskPagesTest {
  private static final Path PAGES = Path.of("../docs/tasks");
  private static final Path SOURCES = Path.of("src/main/java/dev/singleflight/samples/tasks");
  private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PRINTED = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]+)(?:#[^)]*)?\\)");

  /** What makes the long ones short. */
  private static final Map<Integer, List<String>> ARGUMENTS =
      Map.of(
          9, List.of("--port=0", "--duration=1s", "--every=0.5s"),
          10, List.of("--threads=20", "--keys=5", "--duration=2s"));

  @TempDir private Path folder;

  static IntStream numbers() {
    return IntStream.rangeClosed(1, (int) programs().filter(Task.class::isAssignableFrom).count());
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void codeIsThatOfTheSources(int number) throws IOException {
    List<String> sources = new ArrayList<>();
    for (Path source : sources(number)) {
      sources.add(flat(Files.readString(source)));
    }
    List<String> blocks = blocks(CODE, page(number));
    assertThat(blocks).isNotEmpty();
    assertThat(blocks)
        .allSatisfy(
            block ->
                assertThat(sources).as(block).anyMatch(source -> source.contains(flat(block))));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void linesAreThoseThatArePrinted(int number) throws Exception {
    Task task = program(number);
    assertThat(page(number))
        .startsWith(
            "# Task "
                + number
                + ": "
                + task.getClass().getAnnotation(Command.class).description()[0]
                + "\n");
    List<String> arguments = new ArrayList<>(ARGUMENTS.getOrDefault(number, List.of()));
    if (number == 10) {
      arguments.add("--picture=" + folder.resolve("ratio.png"));
    }
    List<String> printed =
        Output.of(task, arguments.toArray(String[]::new)).stream()
            .map(TaskPagesTest::withoutFigures)
            .toList();
    List<String> shown =
        blocks(PRINTED, page(number)).stream()
            .flatMap(String::lines)
            .map(TaskPagesTest::withoutFigures)
            .toList();
    assertThat(shown).isNotEmpty();
    assertThat(printed).containsAll(shown);
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    List<Path> pages =
        Stream.concat(
                Stream.of(Path.of("README.md")), numbers().mapToObj(TaskPagesTest::fileOfPage))
            .toList();
    for (Path page : pages) {
      assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
          .as(page.toString())
          .isNotEmpty()
          .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }
  }

  @Test
  void overviewTellsEachTask() throws Exception {
    String overview = Files.readString(Path.of("README.md"));
    for (int number : numbers().toArray()) {
      assertThat(overview)
          .contains(
              String.format(
                  Locale.ROOT,
                  "| [%d](../docs/tasks/task%02d.md) | %s |",
                  number,
                  number,
                  program(number).getClass().getAnnotation(Command.class).description()[0]));
    }
  }

  private static List<Path> sources(int number) throws IOException {
    Path own = SOURCES.resolve(String.format(Locale.ROOT, "task%02d", number));
    try (Stream<Path> files = Files.list(own);
        Stream<Path> shared = Files.list(SOURCES)) {
      return Stream.concat(files, shared.filter(Files::isRegularFile)).toList();
    }
  }

  /** Returns the program that the command line runs by this number. */
  private static Task program(int number) throws ReflectiveOperationException {
    Class<?> program =
        programs()
            .filter(
                command ->
                    command.getAnnotation(Command.class).name().equals(Integer.toString(number)))
            .findAny()
            .orElseThrow();
    return program.asSubclass(Task.class).getConstructor().newInstance();
  }

  private static Stream<Class<?>> programs() {
    return Arrays.stream(Main.class.getAnnotation(Command.class).subcommands());
  }

  private static Path fileOfPage(int number) {
    return PAGES.resolve(String.format(Locale.ROOT, "task%02d.md", number));
  }

  private static String page(int number) throws IOException {
    return Files.readString(fileOfPage(number));
  }

  private static List<String> blocks(Pattern pattern, String page) {
    return pattern.matcher(page).results().map(block -> block.group(1)).toList();
  }

  /** Returns a line without what differs from run to run: figures, and the width they take. */
  private static String withoutFigures(String line) {
    return line.replaceAll("[\\d,.]*\\d", "#").replaceAll("\\s+", " ").strip();
  }

  private static String flat(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
  }
}
