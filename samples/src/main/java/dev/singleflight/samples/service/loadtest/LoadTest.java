package dev.singleflight.samples.service.loadtest;

import dev.singleflight.samples.engines.EngineException;
import dev.singleflight.samples.engines.Postgres;
import dev.singleflight.samples.service.ShortDuration;
import dev.singleflight.samples.service.database.DemoProducts;
import dev.singleflight.samples.service.database.Schema;
import dev.singleflight.samples.service.stampede.Crowd;
import dev.singleflight.samples.service.stampede.Subject;
import dev.singleflight.samples.service.stampede.Warnings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends the same crowd to the service with a plain cache, with coalescing, and with refreshes. */
@Command(
    name = "LoadTest",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = "Measures the same cache stampede with coalescing off and on.")
public final class LoadTest implements Callable<Integer> {

  @Option(names = "--clients", defaultValue = "200", description = "How many clients there are.")
  private int clients;

  @Option(
      names = "--rate",
      defaultValue = "600",
      description = "How many requests all of them together send in a second.")
  private int rate;

  @Option(
      names = "--products",
      defaultValue = "4",
      description = "How many products they all ask for.")
  private int products;

  @Option(
      names = "--prices",
      defaultValue = "" + DemoProducts.PRICES,
      description = "How many prices each has had: the more, the longer a query takes.")
  private int prices;

  @Option(names = "--ttl", defaultValue = "2s", description = "How long a product is cached.")
  private Duration ttl = Duration.ZERO;

  @Option(names = "--duration", defaultValue = "20s", description = "How long to measure each.")
  private Duration duration = Duration.ZERO;

  @Option(names = "--warm-up", defaultValue = "5s", description = "How long to run each before.")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--picture",
      defaultValue = "target/stampede.png",
      paramLabel = "FILE.png",
      description = "Where to draw it to.")
  private Path picture = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] args) {
    int status = commandLine().execute(args);
    if (status != CommandLine.ExitCode.OK) {
      System.exit(status);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new LoadTest())
        .registerConverter(Duration.class, ShortDuration::parse)
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              if (failure instanceof EngineException) {
                line.getErr().println(failure.getMessage());
                return line.getCommandSpec().exitCodeOnExecutionException();
              }
              throw failure;
            });
  }

  @Override
  public Integer call() throws SQLException, IOException, InterruptedException {
    Warnings.hush();
    if (prices < 1) {
      throw new ParameterException(spec.commandLine(), "Each product has had a price");
    }
    Crowd crowd = crowd(duration);
    Crowd rehearsal = crowd(warmUp);
    PrintWriter out = spec.commandLine().getOut();
    say(out, "Starting PostgreSQL, and putting products on sale …");
    List<Measurement> measurements = new ArrayList<>();
    try (Postgres postgres = Postgres.start()) {
      Schema.create(postgres.dataSource());
      DemoProducts.addTo(postgres.dataSource(), prices);
      for (Subject subject : Subject.values()) {
        Progress progress = new Progress(out, subject, crowd.duration());
        measurements.add(
            Measurement.of(subject, ttl, rehearsal, crowd, postgres, progress::report));
      }
    }
    say(out, "");
    out.print(ResultTable.of(measurements));
    say(out, "");
    say(out, "Drawn to " + ResultPicture.draw(measurements, picture));
    return CommandLine.ExitCode.OK;
  }

  private Crowd crowd(Duration howLong) {
    try {
      return new Crowd(clients, rate, products, howLong);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
