package dev.singleflight.samples.tasks.task02;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.singleflight.samples.engines.Engines;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.users.TableLock;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(EnginesExtension.class)
final class UserDirectoryTest {

  @Test
  void fiftyCallersOneQuery(Engines engines) throws Exception {
    DataSource database = engines.postgres().dataSource();
    UserTable table = UserTable.create(database, Duration.ZERO);
    UserDirectory directory = new UserDirectory(table);

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
    assertThat(table.queries()).isEqualTo(1);
  }
}
