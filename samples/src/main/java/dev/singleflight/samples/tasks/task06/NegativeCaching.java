package dev.singleflight.samples.tasks.task06;

import com.github.benmanes.caffeine.cache.Ticker;
import com.zaxxer.hikari.HikariDataSource;
import dev.singleflight.LoadException;
import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.Programme;
import dev.singleflight.samples.tasks.Row;
import dev.singleflight.samples.tasks.Stage;
import dev.singleflight.samples.tasks.Task;
import dev.singleflight.samples.tasks.users.UserNotFoundException;
import dev.singleflight.samples.tasks.users.UserTable;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;

/** A user who is not there, and a database that is too slow and then no longer. */
@Command(name = "6", description = "\"Not found\" is remembered, a time-out is not.")
public final class NegativeCaching implements Task {
  private static final int CALLERS = 20;
  private static final long NOBODY = 4_040;
  private static final long SOMEBODY = 42;

  public static void main(String[] args) {
    System.exit(Programme.execute(new NegativeCaching(), args));
  }

  @Override
  public List<Row> run(Stage stage) throws Exception {
    try (HikariDataSource pool = stage.postgres().pool("task 6", 10)) {
      UserTable table = UserTable.create(pool, Duration.ofMillis(50));
      table.giveUpAfter(Duration.ofSeconds(1));
      ForgivingDirectory directory = new ForgivingDirectory(table, Ticker.systemTicker());

      ask(stage, directory, table, NOBODY);
      ask(stage, directory, table, NOBODY);
      stage.say("the database is overloaded: a query takes a minute, and may take a second");
      table.takes(Duration.ofMinutes(1));
      ask(stage, directory, table, SOMEBODY);
      ask(stage, directory, table, SOMEBODY);
      stage.say("it has recovered");
      table.takes(Duration.ofMillis(50));
      ask(stage, directory, table, SOMEBODY);
      ask(stage, directory, table, SOMEBODY);
      return List.of(new Row("nobody twice, somebody four times", directory.stats()));
    }
  }

  private static void ask(Stage stage, ForgivingDirectory directory, UserTable table, long id)
      throws Exception {
    int before = table.queries();
    List<String> outcomes = Crowd.call(CALLERS, () -> outcome(directory, id));
    stage.say(
        "user %4d, %d callers, queries: %d, all told: %s",
        id,
        CALLERS,
        table.queries() - before,
        String.join(" | ", outcomes.stream().distinct().toList()));
  }

  private static String outcome(ForgivingDirectory directory, long id) {
    try {
      return directory.user(id).name();
    } catch (UserNotFoundException e) {
      return Stage.brief(e);
    } catch (LoadException e) {
      return Stage.brief(e.getCause());
    }
  }
}
