package dev.singleflight.samples.tasks.task10;

import com.zaxxer.hikari.HikariDataSource;
import dev.singleflight.Stats;
import dev.singleflight.samples.tasks.AtLeastOne;
import dev.singleflight.samples.tasks.Programme;
import dev.singleflight.samples.tasks.Row;
import dev.singleflight.samples.tasks.ShortDuration;
import dev.singleflight.samples.tasks.Stage;
import dev.singleflight.samples.tasks.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Many threads ask for few keys at random; the coalescing ratio is drawn over time. */
@Command(name = "10", description = "Many threads, few keys: the coalescing ratio over time.")
public final class StressTest implements Task {
  private static final int MOST_CONNECTIONS = 64;

  @Option(
      names = "--threads",
      defaultValue = "200",
      converter = AtLeastOne.class,
      description = "How many threads ask. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--keys",
      defaultValue = "50",
      converter = AtLeastOne.class,
      description = "How many keys they ask for. Default: ${DEFAULT-VALUE}.")
  private int keys;

  @Option(
      names = "--duration",
      defaultValue = "10s",
      converter = ShortDuration.class,
      description = "How long: 20s, or 1m30s. Default: ${DEFAULT-VALUE}.")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      defaultValue = "target/coalescing-ratio.png",
      description = "Where the picture goes, a PNG. Default: ${DEFAULT-VALUE}.")
  private Path picture = Path.of("");

  public static void main(String[] args) {
    System.exit(Programme.execute(new StressTest(), args));
  }

  @Override
  public List<Row> run(Stage stage) throws Exception {
    int connections = Math.min(keys, MOST_CONNECTIONS);
    try (HikariDataSource pool = stage.postgres().pool("task 10", connections)) {
      Progress progress = new Progress(stage, duration);
      List<Sample> samples =
          new Stress(new SlowQuery(pool), keys).run(threads, duration, progress::show);
      Stats total = samples.get(samples.size() - 1).total();
      stage.say(
          "%,d calls, %,d loads: %.1f %% of the calls were spared a load",
          total.calls(), total.loads(), 100 * total.coalescingRatio());
      String title = String.format(Locale.ROOT, "%,d threads ask for %,d keys", threads, keys);
      new RatioChart(samples).write(picture, title);
      stage.say("the picture: %s", picture.toAbsolutePath().normalize());
      return List.of(new Row(title, total));
    }
  }
}
