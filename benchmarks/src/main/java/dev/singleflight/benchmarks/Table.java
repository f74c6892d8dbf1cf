package dev.singleflight.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A Markdown table whose columns line up for those who read it as it is. */
final class Table {

  private Table() {}

  static String of(List<Comparison> comparisons) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(Comparison.COLUMNS);
    comparisons.forEach(comparison -> rows.add(comparison.cells()));
    List<Integer> widths = widths(rows);
    rows.add(1, widths.stream().map("-"::repeat).toList());
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      for (int column = 0; column < widths.size(); column++) {
        String cell = row.get(column);
        table.append("| ").append(cell);
        table.append(" ".repeat(widths.get(column) - cell.length() + 1));
      }
      table.append("|\n");
    }
    return table.toString();
  }

  private static List<Integer> widths(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>(Collections.nCopies(Comparison.COLUMNS.size(), 0));
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths.set(column, Math.max(widths.get(column), row.get(column).length()));
      }
    }
    return widths;
  }
}
