package dev.singleflight.samples.tasks.task05;

import com.zaxxer.hikari.HikariDataSource;
import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.Programme;
import dev.singleflight.samples.tasks.Row;
import dev.singleflight.samples.tasks.Stage;
import dev.singleflight.samples.tasks.Task;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Four callers of one load: three give up, each in its way, and the fourth is answered. */
@Command(name = "5", description = "Callers who give up, and a load that goes on.")
public final class ImpatientCallers implements Task {
  private static final long ID = 42;
  private static final Duration LONG = Duration.ofSeconds(10);

  public static void main(String[] args) {
    System.exit(Programme.execute(new ImpatientCallers(), args));
  }

  @Override
  public List<Row> run(Stage stage) throws Exception {
    try (HikariDataSource pool = stage.postgres().pool("task 5", 10)) {
      UserTable table = UserTable.create(pool, Duration.ofSeconds(1));
      PatientDirectory directory = new PatientDirectory(table);
      long began = System.nanoTime();

      CompletableFuture<User> patient = directory.userLater(ID);
      CompletableFuture<User> cancelled = directory.userLater(ID);
      cancelled.cancel(true);
      Future<String> hurried = calling(directory, Duration.ofMillis(50));
      Thread interrupted =
          new Thread(() -> stage.say("interrupted:    %s", outcome(directory, LONG)));
      interrupted.start();

      stage.say("cancelled:      %s", cancelled.isCancelled() ? "CancellationException" : "?");
      stage.say("50 ms to spare: %s", hurried.get());
      interrupted.interrupt();
      interrupted.join();
      stage.say("loads that have ended so far: %d", directory.stats().loads());
      stage.say("patient:        %s after %d ms", patient.get(), Stage.millisSince(began));
      stage.say("queries: %d, whoever waited", table.queries());
      return List.of(new Row("a user, 4 callers of whom 3 give up", directory.stats()));
    }
  }

  private static Future<String> calling(PatientDirectory directory, Duration patience) {
    return Crowd.<String>start(1, number -> () -> outcome(directory, patience)).get(0);
  }

  private static String outcome(PatientDirectory directory, Duration patience) {
    try {
      return directory.user(ID, patience).toString();
    } catch (TimeoutException | CancellationException | SQLException e) {
      return e.getClass().getSimpleName();
    }
  }
}
