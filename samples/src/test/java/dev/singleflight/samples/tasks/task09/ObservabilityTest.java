package dev.singleflight.samples.tasks.task09;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.tasks.Output;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
@ExtendWith(EnginesExtension.class)
final class ObservabilityTest {
  @TempDir private Path folder;

  @Test
  void summaryIsPrintedNowAndThen() {
    assertThat(Output.of(new Observability(), "--port=0", "--duration=1s", "--every=0.5s"))
        .anyMatch(line -> line.matches("metrics: http://localhost:\\d+/metrics"))
        .anyMatch(line -> line.matches(" +1 s: [\\d,]+ calls, \\d+ % hits, .* coalesced 0\\.\\d+"));
  }

  @Test
  void usualPortThatIsTakenIsNoHindrance() throws IOException {
    try (ServerSocket taken = usualPort()) {
      assertThat(Output.of(new Observability(), "--duration=0.1s"))
          .anyMatch(line -> line.matches("metrics: http://localhost:\\d+/metrics"))
          .doesNotContain("metrics: http://localhost:9464/metrics");
      assertThat(taken.isClosed()).isFalse();
    }
  }

  /** Takes the usual port, unless somebody else has. */
  private static ServerSocket usualPort() throws IOException {
    try {
      return new ServerSocket(9464);
    } catch (BindException e) {
      return new ServerSocket(0);
    }
  }

  @Test
  void portThatIsTakenIsSaid() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(Output.ofFailing(2, new Observability(), "--port=" + port))
          .contains("port " + port + " is taken: give another by --port");
    }
  }

  @Test
  void dashboardIsDrawnFromWhatPrometheusAnswers() throws IOException {
    AtomicInteger queries = new AtomicInteger();
    HttpServer prometheus = HttpServer.create(new InetSocketAddress(0), 0);
    prometheus.createContext(
        "/api/v1/query_range",
        exchange -> {
          queries.incrementAndGet();
          byte[] answer =
              """
              {"status": "success", "data": {"resultType": "matrix", "result": [
                {"metric": {"result": "hit"}, "values": [[1, "1.5"], [2, "NaN"], [3, "2.5"]]}]}}
              """
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    prometheus.start();
    Path picture = folder.resolve("new/dashboard.png");
    try {
      int status =
          new CommandLine(new DashboardPicture())
              .execute(
                  "--prometheus=http://localhost:" + prometheus.getAddress().getPort(),
                  "--dashboard=grafana/singleflight.json",
                  "--picture=" + picture);
      assertThat(status).isZero();
    } finally {
      prometheus.stop(0);
    }
    assertThat(queries).hasValue(8);
    assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(2 * 560);
  }
}
