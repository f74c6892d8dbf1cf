package dev.singleflight.samples.tasks.task09;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.singleflight.samples.tasks.task09.Panel.Query;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Prometheus that is asked over HTTP. */
final class Prometheus {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration STEP = Duration.ofSeconds(2);

  /** Four times the scrape interval of a second that the page proposes, and some. */
  private static final String RATE_INTERVAL = "10s";

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;

  Prometheus(URI address) {
    this.address = address;
  }

  /**
   * A line of a panel.
   *
   * @param name what it is called
   * @param seconds when, in seconds since the beginning of the time asked for
   * @param values what, where there is something
   */
  record Line(String name, List<Double> seconds, List<Double> values) {}

  /**
   * Answers a query for a while that ends now.
   *
   * @throws IOException if it cannot be reached, or does not understand
   */
  List<Line> lines(Query query, Duration last) throws IOException, InterruptedException {
    Instant end = Instant.now();
    Instant start = end.minus(last);
    String parameters =
        "query="
            + URLEncoder.encode(query.forPrometheus(RATE_INTERVAL), StandardCharsets.UTF_8)
            + "&start="
            + start.getEpochSecond()
            + "&end="
            + end.getEpochSecond()
            + "&step="
            + STEP.toSeconds();
    JsonNode answer =
        JSON.readTree(
            client
                .send(
                    HttpRequest.newBuilder(address.resolve("/api/v1/query_range?" + parameters))
                        .build(),
                    BodyHandlers.ofString())
                .body());
    if (!answer.path("status").asText().equals("success")) {
      throw new IOException(query.expression() + ": " + answer.path("error").asText());
    }
    List<Line> lines = new ArrayList<>();
    for (JsonNode series : answer.required("data").required("result")) {
      lines.add(line(query.legend(), series, start.getEpochSecond()));
    }
    return lines;
  }

  private static Line line(String legend, JsonNode series, long start) {
    String name = legend;
    for (Map.Entry<String, JsonNode> label : series.required("metric").properties()) {
      name = name.replace("{{" + label.getKey() + "}}", label.getValue().asText());
    }
    List<Double> seconds = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (JsonNode point : series.required("values")) {
      double value = Double.parseDouble(point.get(1).asText());
      if (Double.isFinite(value)) {
        seconds.add(point.get(0).asDouble() - start);
        values.add(value);
      }
    }
    return new Line(name, seconds, values);
  }
}
