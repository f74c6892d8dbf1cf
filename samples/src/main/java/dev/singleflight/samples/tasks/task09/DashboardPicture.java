package dev.singleflight.samples.tasks.task09;

import dev.singleflight.samples.tasks.Picture;
import dev.singleflight.samples.tasks.ShortDuration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws the dashboard's panels without Grafana, for a page that shows what they show. */
@Command(
    name = "draw-dashboard",
    description = "Draws the panels of task 9's dashboard, as a Prometheus answers them.")
public final class DashboardPicture implements Callable<Integer> {

  @Option(
      names = "--prometheus",
      defaultValue = "http://localhost:9090",
      paramLabel = "URL",
      description = "Where Prometheus is. Default: ${DEFAULT-VALUE}.")
  private URI prometheus = URI.create("");

  @Option(
      names = "--dashboard",
      defaultValue = "samples/grafana/singleflight.json",
      paramLabel = "FILE",
      description = "The dashboard. Default: ${DEFAULT-VALUE}.")
  private Path dashboard = Path.of("");

  @Option(
      names = "--picture",
      defaultValue = "target/dashboard.png",
      paramLabel = "FILE",
      description = "Where the picture goes, a PNG. Default: ${DEFAULT-VALUE}.")
  private Path picture = Path.of("");

  @Option(
      names = "--last",
      defaultValue = "3m",
      converter = ShortDuration.class,
      description = "How far back. Default: ${DEFAULT-VALUE}.")
  private Duration last = Duration.ZERO;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Prometheus server = new Prometheus(prometheus);
    List<XYChart> charts = new ArrayList<>();
    for (Panel panel : Panel.of(dashboard)) {
      XYChart chart = Picture.chart(panel.title(), 560, 260);
      for (Panel.Query query : panel.queries()) {
        server.lines(query, last).forEach(line -> add(chart, line));
      }
      charts.add(chart);
    }
    Picture.write(picture, charts, 2);
    return 0;
  }

  private static void add(XYChart chart, Prometheus.Line line) {
    if (!line.values().isEmpty()) {
      chart.addSeries(line.name(), line.seconds(), line.values()).setMarker(SeriesMarkers.NONE);
    }
  }
}
