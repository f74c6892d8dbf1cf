package dev.singleflight.samples.tasks;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Charts of figures over seconds, in one picture. */
public final class Picture {

  private Picture() {}

  /** Returns a chart without lines, of a size in pixels; its figures begin at zero. */
  public static XYChart chart(String title, int width, int height) {
    XYChart chart =
        new XYChartBuilder().width(width).height(height).title(title).xAxisTitle("seconds").build();
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideS)
        .setLegendLayout(LegendLayout.Horizontal)
        .setLegendBorderColor(Color.WHITE)
        .setChartBackgroundColor(Color.WHITE)
        .setPlotBorderVisible(false);
    chart
        .getStyler()
        .setPlotGridVerticalLinesVisible(false)
        .setXAxisDecimalPattern("0")
        .setXAxisMin(0.0)
        .setYAxisDecimalPattern("#,##0.##")
        .setYAxisMin(0.0);
    return chart;
  }

  /** Writes charts as a PNG, row by row, into a folder that is created if it is missing. */
  public static void write(Path file, List<XYChart> charts, int columns) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    int rows = (charts.size() + columns - 1) / columns;
    BitmapEncoder.saveBitmap(charts, rows, columns, file.toString(), BitmapFormat.PNG);
  }
}
