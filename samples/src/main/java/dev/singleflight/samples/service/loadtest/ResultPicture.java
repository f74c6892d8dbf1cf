package dev.singleflight.samples.service.loadtest;

import dev.singleflight.samples.service.stampede.Figures;
import dev.singleflight.samples.service.stampede.Subject;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Measurements as a picture: queries and waiting times over time, one above the other. */
final class ResultPicture {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 330;
  private static final Color INK = new Color(0x24292f);
  private static final Color GRID = new Color(0xdfe3e8);

  /** The least a logarithmic axis shows, in milliseconds. */
  private static final double LEAST_MILLIS = 1;

  private ResultPicture() {}

  /**
   * Draws measurements.
   *
   * @param file of PNG; its folder is created if there is none
   * @return the file that was written
   */
  static Path draw(List<Measurement> measurements, Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    XYChart queries =
        chart(
            "Database queries per second",
            measurements,
            figures -> true,
            figures -> figures.perSecond(figures.queries()));
    XYChart waiting =
        chart(
            "Time a request takes: 99 of 100 are quicker (ms, logarithmic)",
            measurements,
            figures -> figures.requests() > 0,
            figures -> Math.max(LEAST_MILLIS, figures.p99().toNanos() / 1e6));
    waiting.getStyler().setYAxisLogarithmic(true);
    waiting.setXAxisTitle("seconds");
    List<Chart<?, ?>> charts = List.of(queries, waiting);
    BitmapEncoder.saveBitmap(
        charts, charts.size(), 1, absolute.toString(), BitmapEncoder.BitmapFormat.PNG);
    return absolute;
  }

  private static XYChart chart(
      String title,
      List<Measurement> measurements,
      Predicate<Figures> isSeen,
      ToDoubleFunction<Figures> value) {
    XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).build();
    chart
        .getStyler()
        .setLegendPosition(Styler.LegendPosition.OutsideE)
        .setLegendBorderColor(Color.WHITE)
        .setChartBackgroundColor(Color.WHITE)
        .setChartFontColor(INK)
        .setPlotBorderVisible(false);
    chart
        .getStyler()
        .setPlotGridLinesColor(GRID)
        .setPlotGridVerticalLinesVisible(false)
        .setXAxisDecimalPattern("0");
    for (Measurement measurement : measurements) {
      List<Figures> seen = measurement.course().stream().filter(isSeen).toList();
      XYSeries series =
          chart.addSeries(
              measurement.subject().words(),
              seen.stream().mapToDouble(figures -> figures.until().toMillis() / 1e3).toArray(),
              seen.stream().mapToDouble(value).toArray());
      series.setMarker(SeriesMarkers.NONE);
      series.setLineColor(color(measurement.subject()));
      series.setLineStyle(new BasicStroke(1.8f));
    }
    return chart;
  }

  /** Told apart also by those who do not tell red from green (Okabe and Ito). */
  private static Color color(Subject subject) {
    return switch (subject) {
      case PLAIN -> new Color(0xd55e00);
      case COALESCING -> new Color(0x0072b2);
      case REFRESHING -> new Color(0x009e73);
    };
  }
}
