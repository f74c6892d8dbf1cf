package dev.singleflight.samples.tasks.task10;

import dev.singleflight.samples.tasks.Picture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A run as a picture: the coalescing ratio over time, and below it what was asked and loaded. */
final class RatioChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 290;
  private static final Color BLUE = new Color(0x1f77b4);
  private static final Color LIGHT_BLUE = new Color(0x9ecae1);
  private static final Color ORANGE = new Color(0xd95f02);

  private final List<Sample> samples;

  RatioChart(List<Sample> samples) {
    this.samples = List.copyOf(samples);
  }

  /** Writes the picture as a PNG, into a folder that is created if it is missing. */
  void write(Path file, String title) throws IOException {
    XYChart ratio = Picture.chart(title, WIDTH, HEIGHT);
    ratio.setYAxisTitle("coalescing ratio");
    ratio.getStyler().setYAxisMax(1.0);
    line(ratio, "each quarter of a second", Sample::ratio, LIGHT_BLUE, 1.5f);
    line(ratio, "since the beginning", sample -> sample.total().coalescingRatio(), BLUE, 3f);
    XYChart rates = Picture.chart("", WIDTH, HEIGHT);
    rates.setYAxisTitle("per second");
    line(rates, "calls", Sample::calls, BLUE, 2f);
    line(rates, "loads", Sample::loads, ORANGE, 2f);
    Picture.write(file, List.of(ratio, rates), 1);
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
}
