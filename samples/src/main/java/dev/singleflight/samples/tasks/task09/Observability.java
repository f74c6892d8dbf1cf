package dev.singleflight.samples.tasks.task09;

import com.zaxxer.hikari.HikariDataSource;
import dev.singleflight.Stats;
import dev.singleflight.samples.tasks.Programme;
import dev.singleflight.samples.tasks.Row;
import dev.singleflight.samples.tasks.ShortDuration;
import dev.singleflight.samples.tasks.Stage;
import dev.singleflight.samples.tasks.Task;
import dev.singleflight.samples.tasks.users.UserTable;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A directory under traffic: a summary now and then, and all meters for Prometheus. */
@Command(name = "9", description = "Traffic, and what Prometheus and Grafana see of it.")
public final class Observability implements Task {

  private static final int USUAL_PORT = 9464;
  private static final int ANY_PORT = 0;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      description = "Where the metrics are served. Default: 9464, or any that is free.")
  private @Nullable Integer port;

  @Option(
      names = "--duration",
      defaultValue = "15s",
      converter = ShortDuration.class,
      description = "How long: 20s, or 10m. Default: ${DEFAULT-VALUE}.")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--every",
      defaultValue = "5s",
      converter = ShortDuration.class,
      description = "How often a summary is printed. Default: ${DEFAULT-VALUE}.")
  private Duration every = Duration.ZERO;

  public static void main(String[] args) {
    System.exit(Programme.execute(new Observability(), args));
  }

  @Override
  public List<Row> run(Stage stage) throws Exception {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (MetricsServer server = served(registry);
        HikariDataSource pool = stage.postgres().pool("task 9", 20)) {
      UserTable table = UserTable.create(pool, Duration.ofMillis(30));
      ObservedDirectory directory = new ObservedDirectory(table, registry);
      stage.say("metrics: %s", server.uri());
      Traffic traffic = Traffic.on(directory::user);
      try {
        watch(stage, directory);
      } finally {
        traffic.end();
      }
      return List.of(new Row("users, under traffic", directory.stats()));
    }
  }

  private MetricsServer served(PrometheusMeterRegistry registry) throws IOException {
    try {
      return new MetricsServer(registry, port == null ? USUAL_PORT : port);
    } catch (BindException e) {
      if (port == null) {
        return new MetricsServer(registry, ANY_PORT);
      }
      throw new ParameterException(
          spec.commandLine(), "port " + port + " is taken: give another by --port");
    }
  }

  private void watch(Stage stage, ObservedDirectory directory) throws InterruptedException {
    long began = System.nanoTime();
    Duration gone = Duration.ZERO;
    while (gone.compareTo(duration) < 0) {
      Thread.sleep(min(every, duration.minus(gone)).toMillis());
      gone = Duration.ofNanos(System.nanoTime() - began);
      stage.say("%3d s: %s", gone.toSeconds(), summary(directory.stats()));
    }
  }

  private static String summary(Stats stats) {
    return String.format(
        Locale.ROOT,
        "%,d calls, %.0f %% hits, %,d loads in %d ms on average, %,d failed, coalesced %.3f",
        stats.calls(),
        100 * stats.hitRatio(),
        stats.loads(),
        stats.loadTimes().mean().toMillis(),
        stats.failures(),
        stats.coalescingRatio());
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
