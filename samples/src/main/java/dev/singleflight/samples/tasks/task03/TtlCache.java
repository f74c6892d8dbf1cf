package dev.singleflight.samples.tasks.task03;

import com.github.benmanes.caffeine.cache.Ticker;
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
import picocli.CommandLine.Command;

/** The same user at once, a moment later, and when the cache has grown too old. */
@Command(name = "3", description = "A cache with a time to live before the slow query.")
public final class TtlCache implements Task {
  private static final long ID = 42;

  public static void main(String[] args) {
    System.exit(Programme.execute(new TtlCache(), args));
  }

  @Override
  public List<Row> run(Stage stage) throws Exception {
    try (HikariDataSource pool = stage.postgres().pool("task 3", 10)) {
      UserTable table = UserTable.create(pool, Duration.ofMillis(200));
      CachedUserDirectory directory = new CachedUserDirectory(table, Ticker.systemTicker());
      ask(stage, "at once", 50, table, directory);
      Thread.sleep(100);
      ask(stage, "100 ms later", 50, table, directory);
      Thread.sleep(2_000);
      ask(stage, "2 s later", 50, table, directory);
      return List.of(new Row("a user, 150 calls over 2 s", directory.stats()));
    }
  }

  private static void ask(
      Stage stage, String when, int callers, UserTable table, CachedUserDirectory directory)
      throws Exception {
    int before = table.queries();
    long began = System.nanoTime();
    List<User> users = Crowd.call(callers, () -> directory.user(ID));
    stage.say(
        "%d callers, %-13s queries: %d, all answered after %3d ms",
        users.size(), when + ":", table.queries() - before, Stage.millisSince(began));
  }
}
