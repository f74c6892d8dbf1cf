package dev.singleflight.corpus;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file of tab-separated values with its columns' names in the first line. */
final class Tsv {

  /** A line, as its values by column. */
  record Row(Map<String, String> values) {

    String get(String column) {
      return requireNonNull(values.get(column), column);
    }
  }

  private Tsv() {}

  /**
   * Reads the rows of a file.
   *
   * @throws IllegalArgumentException if its columns are others, or a row has more or fewer
   */
  static List<Row> read(Path file, List<String> columns) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals(String.join("\t", columns))) {
      throw new IllegalArgumentException(
          file + ": the first line must name the columns " + String.join(", ", columns));
    }
    List<Row> rows = new ArrayList<>();
    for (int line = 1; line < lines.size(); line++) {
      String[] values = lines.get(line).split("\t", -1);
      if (values.length != columns.size()) {
        throw new IllegalArgumentException(
            "%s:%d: %d values instead of %d"
                .formatted(file, line + 1, values.length, columns.size()));
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int column = 0; column < values.length; column++) {
        row.put(columns.get(column), values[column].strip());
      }
      rows.add(new Row(row));
    }
    return rows;
  }

  /** The words of a value that lists some, or none. */
  static List<String> words(String value) {
    return value.isEmpty() ? List.of() : List.of(value.split("[ ,]+"));
  }
}
