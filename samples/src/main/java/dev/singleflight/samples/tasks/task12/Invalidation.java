package dev.singleflight.samples.tasks.task12;

import com.zaxxer.hikari.HikariDataSource;
import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.Programme;
import dev.singleflight.samples.tasks.Row;
import dev.singleflight.samples.tasks.Stage;
import dev.singleflight.samples.tasks.Task;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;

/** A user is renamed: first in quiet, then while a load has just read the old name. */
@Command(name = "12", description = "A write is seen by all who call after it.")
public final class Invalidation implements Task {
  private static final long ID = 42;

  public static void main(String[] args) {
    System.exit(Programme.execute(new Invalidation(), args));
  }

  @Override
  public List<Row> run(Stage stage) throws Exception {
    try (HikariDataSource pool = stage.postgres().pool("task 12", 10)) {
      UserTable table = UserTable.create(pool, Duration.ofMillis(50));
      PausedReading reading = new PausedReading(table);
      EditableDirectory directory = new EditableDirectory(table, reading);

      stage.say("loaded:                     %s", directory.user(ID).name());
      directory.rename(ID, "Ada");
      stage.say("renamed to Ada, and loaded: %s", directory.user(ID).name());
      stage.say("queries: %d", table.queries());

      directory.rename(ID, "Grace");
      reading.pause();
      Future<User> before = Crowd.<User>start(1, number -> () -> directory.user(ID)).get(0);
      reading.awaitHasRead();
      Runnable goOn = reading.resume();
      directory.rename(ID, "Barbara");
      stage.say("renamed to Barbara while a load has read Grace");
      stage.say("who calls now is given:     %s", directory.user(ID).name());
      goOn.run();
      stage.say("who called before, given:   %s", before.get().name());
      stage.say("what the cache holds:       %s", directory.user(ID).name());
      stage.say("queries: %d", table.queries());
      return List.of(new Row("a user who is renamed three times", directory.stats()));
    }
  }
}
