package dev.singleflight.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What people copy from the README is what {@link AdopterIT} builds, line for line. */
final class ReadmeTest {
  private static final Path PROJECTS = Path.of("src/it");
  private static final Pattern BLOCK = Pattern.compile("```\\w*\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COPIED =
      Pattern.compile("<(plugin|dependency)>.*?</\\1>", Pattern.DOTALL);

  @Test
  void setUpIsThatOfTheProjectsThatMavenBuilds() throws IOException {
    List<String> blocks = blocks(Files.readString(Path.of("../README.md")));
    for (String project : List.of("adopter", "adopter-forked")) {
      String pom = Files.readString(PROJECTS.resolve(project).resolve("pom.xml"));
      List<String> copied = COPIED.matcher(pom).results().map(m -> flat(m.group())).toList();
      assertThat(copied).hasSize(2);
      assertThat(blocks).containsAll(copied);
    }
    String jvmConfig = Files.readString(PROJECTS.resolve("adopter/.mvn/jvm.config"));
    assertThat(blocks).contains(flat(jvmConfig));
    assertThat(flat(Files.readString(Path.of("../.mvn/jvm.config")))).isEqualTo(flat(jvmConfig));
  }

  private static List<String> blocks(String page) {
    return BLOCK.matcher(page).results().map(m -> flat(m.group(1))).toList();
  }

  private static String flat(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
  }
}
