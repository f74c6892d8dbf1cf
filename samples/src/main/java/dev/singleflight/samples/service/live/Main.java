package dev.singleflight.samples.service.live;

import dev.singleflight.samples.engines.EngineException;
import dev.singleflight.samples.engines.Postgres;
import dev.singleflight.samples.service.ShortDuration;
import dev.singleflight.samples.service.database.DemoProducts;
import dev.singleflight.samples.service.database.Schema;
import dev.singleflight.samples.service.stampede.Crowd;
import dev.singleflight.samples.service.stampede.Subject;
import dev.singleflight.samples.service.stampede.Warnings;
import io.javalin.util.JavalinBindException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the page until the process is told to end. */
@Command(
    name = "live",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = "Shows cache stampedes with coalescing off and on, while they happen.")
public final class Main implements Callable<Integer> {
  private static final Crowd REHEARSAL = new Crowd(20, 200, 4, Duration.ofSeconds(2));

  @Option(
      names = "--port",
      defaultValue = "8090",
      description = "Where the page is; 0 for any port that is free.")
  private int port;

  @Option(names = "--ttl", defaultValue = "2s", description = "How long a product is cached.")
  private Duration ttl = Duration.ZERO;

  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] args) {
    int status =
        new CommandLine(new Main())
            .registerConverter(Duration.class, ShortDuration::parse)
            .execute(args);
    if (status != CommandLine.ExitCode.OK) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws SQLException, InterruptedException {
    Warnings.hush();
    PrintWriter out = spec.commandLine().getOut();
    try {
      serve(out);
      return CommandLine.ExitCode.OK;
    } catch (EngineException | JavalinBindException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void serve(PrintWriter out) throws SQLException, InterruptedException {
    say(out, "Starting PostgreSQL, and putting products on sale …");
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (Postgres postgres = Postgres.start()) {
      Schema.create(postgres.dataSource());
      DemoProducts.addTo(postgres.dataSource(), DemoProducts.PRICES);
      Journal journal = new Journal();
      try (Arena arena = new Arena(postgres, ttl, journal);
          LivePage page = new LivePage(arena, Setup.of(ttl), journal)) {
        say(out, "Warming up …");
        for (Subject subject : Subject.values()) {
          var unused = arena.run(subject, REHEARSAL, (interval, soFar) -> {});
        }
        say(out, "The page is at " + page.start(port));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, stopped), "stop"));
        stop.await();
      }
    } finally {
      stopped.countDown();
    }
  }

  /** Lets the thread that serves clean up before the process ends. */
  private static void end(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
