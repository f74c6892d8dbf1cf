package dev.singleflight.samples.service.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.samples.engines.EnginesExtension;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The load test, for a second; products do not expire in it, so that queries can be counted. */
@ExtendWith(EnginesExtension.class)
@Timeout(120)
final class LoadTestTest {
  private static final String URL = "singleflight.postgres.url";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void measuresEachSubjectAndDrawsThem(@TempDir Path folder) throws IOException {
    Path picture = folder.resolve("new/stampede.png");
    int status =
        run(
            "--clients=10",
            "--rate=100",
            "--products=3",
            "--prices=100",
            "--ttl=1h",
            "--warm-up=0.5s",
            "--duration=1s",
            "--picture=" + picture);
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(out.toString().lines())
        .contains(
            "Plain cache: warming up …",
            "Coalescing: warming up …",
            "Coalescing, refresh ahead: warming up …",
            "Drawn to " + picture)
        .anyMatch(row -> row.startsWith("| Plain cache               |                0 |"))
        .anyMatch(row -> row.startsWith("| Coalescing                |                0 |"))
        .anyMatch(row -> row.startsWith("| Coalescing, refresh ahead |                0 |"));
    BufferedImage drawn = ImageIO.read(picture.toFile());
    assertThat(drawn.getWidth()).isGreaterThan(500);
  }

  @Test
  void commandLineThatMakesNoSenseIsRefused() {
    assertThat(run("--clients=0")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("A crowd has clients, requests and products");
    assertThat(run("--prices=0")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("Each product has had a price");
    assertThat(run("--ttl=soon")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("Invalid value for option '--ttl'");
  }

  @Test
  void serverThatIsNotThereIsToldInALine() {
    String reached = System.getProperty(URL);
    System.setProperty(URL, "jdbc:postgresql://127.0.0.1:1/test?user=nobody");
    try {
      assertThat(run()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
    } finally {
      System.setProperty(URL, reached);
    }
    assertThat(err.toString()).startsWith("PostgreSQL, named by").hasLineCount(1);
  }

  private int run(String... arguments) {
    return LoadTest.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
