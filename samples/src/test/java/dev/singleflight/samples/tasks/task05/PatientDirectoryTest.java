package dev.singleflight.samples.tasks.task05;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.singleflight.samples.engines.Engines;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.tasks.users.TableLock;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(EnginesExtension.class)
final class PatientDirectoryTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final DataSource database;
  private final UserTable table;
  private final PatientDirectory directory;

  PatientDirectoryTest(Engines engines) throws SQLException {
    database = engines.postgres().dataSource();
    table = UserTable.create(database, Duration.ZERO);
    directory = new PatientDirectory(table);
  }

  @Test
  void whoGivesUpIsLetGoAndTheLoadEnds() throws Exception {
    CompletableFuture<User> patient =
        TableLock.during(
            "users",
            database,
            () -> {
              CompletableFuture<User> cancelled = directory.userLater(42);
              assertThatThrownBy(() -> directory.user(42, SHORT))
                  .isInstanceOf(TimeoutException.class);
              assertThat(cancelled.cancel(true)).isTrue();
              assertThat(interrupted()).hasCauseInstanceOf(CancellationException.class);
              assertThat(directory.stats().loads()).as("loads that have ended").isZero();
              return directory.userLater(42);
            });
    assertThat(patient.get()).as("who came after they had left").isEqualTo(new User(42, "user-42"));
    assertThat(table.queries()).isEqualTo(1);
    assertThat(directory.stats().loads()).isEqualTo(1);
    assertThat(directory.stats().failures()).isZero();
  }

  @Test
  void loadThatAllHaveLeftRunsToItsEnd() throws Exception {
    TableLock.during(
        "users",
        database,
        () -> {
          assertThatThrownBy(() -> directory.user(42, SHORT)).isInstanceOf(TimeoutException.class);
          return null;
        });
    await().until(() -> directory.stats().loads() == 1);
    assertThat(directory.stats().failures()).isZero();
    assertThat(table.queries()).isEqualTo(1);
  }

  /** Interrupts a caller that has joined the load, and returns how its call failed. */
  private Throwable interrupted() throws InterruptedException {
    long before = directory.stats().followers();
    FutureTask<User> call = new FutureTask<>(() -> directory.user(42, LONG));
    Thread caller = new Thread(call);
    caller.start();
    await().until(() -> directory.stats().followers() == before + 1);
    caller.interrupt();
    caller.join();
    return catchThrowable(call::get);
  }
}
