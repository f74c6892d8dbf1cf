package dev.singleflight.samples.tasks.task03;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.singleflight.samples.engines.Engines;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.FakeTicker;
import dev.singleflight.samples.tasks.users.TableLock;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(EnginesExtension.class)
final class CachedUserDirectoryTest {
  private final FakeTicker clock = new FakeTicker();
  private final DataSource database;
  private final UserTable table;
  private final CachedUserDirectory directory;

  CachedUserDirectoryTest(Engines engines) throws SQLException {
    database = engines.postgres().dataSource();
    table = UserTable.create(database, Duration.ZERO);
    directory = new CachedUserDirectory(table, clock);
  }

  @BeforeEach
  void load() {
    assertThat(directory.user(42)).isEqualTo(new User(42, "user-42"));
  }

  @Test
  void callWithinTheTimeToLiveIsAHit() {
    clock.advance(Duration.ofMillis(100));
    assertThat(directory.user(42)).isEqualTo(new User(42, "user-42"));
    assertThat(table.queries()).isEqualTo(1);
  }

  @Test
  void callAfterTheTimeToLiveLoadsAgain() {
    clock.advance(Duration.ofSeconds(2));
    assertThat(directory.user(42)).isEqualTo(new User(42, "user-42"));
    assertThat(table.queries()).isEqualTo(2);
  }

  @Test
  void fiftyCallersOfAnExpiredEntryShareOneQuery() throws Exception {
    clock.advance(Duration.ofSeconds(2));
    List<Future<User>> callers =
        TableLock.during(
            "users",
            database,
            () -> {
              List<Future<User>> waiting = Crowd.start(50, number -> () -> directory.user(42));
              await().until(() -> directory.stats().followers() == 49);
              return waiting;
            });
    for (Future<User> caller : callers) {
      assertThat(caller.get()).isEqualTo(new User(42, "user-42"));
    }
    assertThat(table.queries()).isEqualTo(2);
  }
}
