package dev.singleflight.samples.tasks.task06;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.singleflight.LoadException;
import dev.singleflight.samples.engines.Engines;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.tasks.FakeTicker;
import dev.singleflight.samples.tasks.users.TableLock;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserNotFoundException;
import dev.singleflight.samples.tasks.users.UserTable;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(EnginesExtension.class)
final class ForgivingDirectoryTest {
  private static final long NOBODY = 4_040;

  private final FakeTicker clock = new FakeTicker();
  private final DataSource database;
  private final UserTable table;
  private final ForgivingDirectory directory;

  ForgivingDirectoryTest(Engines engines) throws SQLException {
    database = engines.postgres().dataSource();
    table = UserTable.create(database, Duration.ZERO);
    directory = new ForgivingDirectory(table, clock);
  }

  @Test
  void notFoundIsRememberedForHalfAMinute() {
    for (int second = 0; second <= 5; second++) {
      assertThatThrownBy(() -> directory.user(NOBODY)).isInstanceOf(UserNotFoundException.class);
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(table.queries()).isEqualTo(1);

    clock.advance(Duration.ofSeconds(30));
    assertThatThrownBy(() -> directory.user(NOBODY)).isInstanceOf(UserNotFoundException.class);
    assertThat(table.queries()).isEqualTo(2);
  }

  @Test
  void timeOutIsNotRemembered() throws Exception {
    table.giveUpAfter(Duration.ofSeconds(1));
    TableLock.during(
        "users",
        database,
        () -> {
          for (int call = 1; call <= 2; call++) {
            assertThatThrownBy(() -> directory.user(42))
                .isInstanceOf(LoadException.class)
                .hasCauseInstanceOf(SQLException.class);
            assertThat(table.queries()).isEqualTo(call);
          }
          return null;
        });
    assertThat(directory.user(42)).isEqualTo(new User(42, "user-42"));
  }

  @Test
  void userIsRememberedForFiveMinutes() {
    assertThat(directory.user(42)).isEqualTo(new User(42, "user-42"));
    clock.advance(Duration.ofMinutes(4));
    assertThat(directory.user(42)).isEqualTo(new User(42, "user-42"));
    assertThat(table.queries()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(2));
    assertThat(directory.user(42)).isEqualTo(new User(42, "user-42"));
    assertThat(table.queries()).isEqualTo(2);
  }
}
