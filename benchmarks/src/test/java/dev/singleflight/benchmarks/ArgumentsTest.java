package dev.singleflight.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

  @TempDir Path folder;

  @Test
  void nothingSaidMeansEverythingAtFullLength() {
    Arguments arguments = Arguments.parse();

    assertThat(arguments.pace()).isEqualTo(Pace.FULL);
    assertThat(arguments.sets()).containsExactly(BenchmarkSet.values());
    assertThat(arguments.file()).isNull();
  }

  @Test
  void wordsComeInAnyOrder() {
    Path file = folder.resolve("result.md");

    Arguments arguments = Arguments.parse("fanout", "to=" + file, "quick", "async");

    assertThat(arguments.pace()).isEqualTo(Pace.QUICK);
    assertThat(arguments.sets()).containsExactly(BenchmarkSet.FANOUT, BenchmarkSet.ASYNC);
    assertThat(arguments.file()).isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quik", "FANOUT", "", "--help"})
  void wordThatMeansNothingIsNamed(String word) {
    assertThatThrownBy(() -> Arguments.parse("quick", word))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + word + "'");
  }

  @Test
  void fileThatCannotBeWrittenIsNamedBeforeAnythingRuns() {
    Path missing = folder.resolve("missing").resolve("result.md");

    assertThatThrownBy(() -> Arguments.parse("to=" + missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(missing.toString());
    assertThatThrownBy(() -> Arguments.parse("to=" + folder))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Arguments.parse("to=")).isInstanceOf(IllegalArgumentException.class);
  }
}
