package dev.singleflight.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TsvTest {

  private static final List<String> COLUMNS = List.of("name", "why");

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("table.tsv"), text);
  }

  @Test
  void valuesAreKnownByTheirColumn() throws IOException {
    Tsv.Row row = Tsv.read(file("name\twhy\na b\t\n"), COLUMNS).get(0);
    assertThat(row.get("name")).isEqualTo("a b");
    assertThat(row.get("why")).isEmpty();
  }

  @Test
  void otherColumnsAreRefused() throws IOException {
    Path file = file("name\twhat\na\tb\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tsv.read(file, COLUMNS))
        .withMessageContaining("name, why");
  }

  @Test
  void aRowWithAnotherNumberOfValuesIsNamed() throws IOException {
    Path file = file("name\twhy\na\tb\na b\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tsv.read(file, COLUMNS))
        .withMessageContaining("table.tsv:3: 1 values instead of 2");
  }

  @Test
  void wordsAreSeparatedByCommasOrSpaces() {
    assertThat(Tsv.words("")).isEmpty();
    assertThat(Tsv.words("a b,c, d")).containsExactly("a", "b", "c", "d");
  }
}
