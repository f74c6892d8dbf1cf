package dev.singleflight.samples.tasks.task02;

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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Fifty callers ask for one user: each for itself, and through a {@link UserDirectory}. */
@Command(name = "2", description = "A slow query, fifty callers.")
public final class FirstLoader implements Task {
  private static final int CALLERS = 50;
  private static final int CONNECTIONS = 10;
  private static final long ID = 42;

  public static void main(String[] args) {
    System.exit(Programme.execute(new FirstLoader(), args));
  }

  @Override
  public List<Row> run(Stage stage) throws Exception {
    try (HikariDataSource pool = stage.postgres().pool("task 2", CONNECTIONS)) {
      UserTable table = UserTable.create(pool, Duration.ofMillis(200));
      UserDirectory directory = new UserDirectory(table);
      ask(stage, "each for itself", table, () -> table.find(ID));
      ask(stage, "through the directory", table, () -> directory.user(ID));
      return List.of(new Row("a user, 50 callers", directory.stats()));
    }
  }

  private static void ask(Stage stage, String how, UserTable table, Callable<User> call)
      throws Exception {
    int before = table.queries();
    long began = System.nanoTime();
    List<User> users = Crowd.call(CALLERS, call);
    stage.say(
        "%d callers, %-22s queries: %2d, all answered after %,5d ms",
        users.size(), how + ":", table.queries() - before, Stage.millisSince(began));
  }
}
