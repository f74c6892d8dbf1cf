package dev.singleflight.samples.tasks.task10;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A run as a picture: the coalescing ratio over time, and below it what was asked and loaded. */
final class RatioChart {
  private static final Color BLUE = new Color(0x1f77b4);
  private static final Color LIGHT_BLUE = new Color(0x9ecae1);
  private static final Color ORANGE = new Color(0xd95f02);

  private final List<Sample> samples;

  RatioChart(List<Sample> samples) {
    this.samples = List.copyOf(samples);
  }

  /** Writes the picture as a PNG, into a folder that is created if it is missing. */
  void write(Path file, String title) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    XYChart ratio = chart(title, "coalescing ratio");
    ratio.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setYAxisDecimalPattern("0.0");
    line(ratio, "each quarter of a second", Sample::ratio, LIGHT_BLUE, 1.5f);
    line(ratio, "since the beginning", sample -> sample.total().coalescingRatio(), BLUE, 3f);
    XYChart rates = chart("", "per second");
    rates.getStyler().setYAxisMin(0.0).setYAxisDecimalPattern("#,##0");
    line(rates, "calls", Sample::calls, BLUE, 2f);
    line(rates, "loads", Sample::loads, ORANGE, 2f);
    BitmapEncoder.saveBitmap(List.of(ratio, rates), 2, 1, file.toString(), BitmapFormat.PNG);
  }

  private void line(
      XYChart chart, String name, ToDoubleFunction<Sample> figure, Color color, float width) {
    chart
        .addSeries(
            name,
            samples.stream().mapToDouble(Sample::seconds).toArray(),
            samples.stream().mapToDouble(figure).toArray())
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(color)
        .setLineStyle(new BasicStroke(width));
  }

  private static XYChart chart(String title, String figure) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(290)
            .title(title)
            .xAxisTitle("seconds")
            .yAxisTitle(figure)
            .build();
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
        .setXAxisMin(0.0);
    return chart;
  }
}
