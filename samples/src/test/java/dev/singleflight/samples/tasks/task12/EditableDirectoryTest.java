package dev.singleflight.samples.tasks.task12;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.samples.engines.Engines;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(EnginesExtension.class)
final class EditableDirectoryTest {
  private final UserTable table;
  private final PausedReading reading;
  private final EditableDirectory directory;

  EditableDirectoryTest(Engines engines) throws SQLException {
    table = UserTable.create(engines.postgres().dataSource(), Duration.ZERO);
    reading = new PausedReading(table);
    directory = new EditableDirectory(table, reading);
  }

  @Test
  void callAfterAWriteLoadsAgain() throws SQLException {
    assertThat(directory.user(42).name()).isEqualTo("user-42");
    directory.rename(42, "Ada");
    assertThat(directory.user(42).name()).isEqualTo("Ada");
    assertThat(directory.user(42).name()).isEqualTo("Ada");
    assertThat(table.queries()).isEqualTo(2);
  }

  @Test
  void loadThatHasReadTheOldNameNeverComesIntoTheCache() throws Exception {
    reading.pause();
    Future<User> before = Crowd.<User>start(1, number -> () -> directory.user(42)).get(0);
    reading.awaitHasRead();
    Runnable goOn = reading.resume();
    directory.rename(42, "Ada");

    assertThat(directory.user(42).name()).as("while the old load is under way").isEqualTo("Ada");
    goOn.run();
    assertThat(before.get().name()).as("for who called before").isEqualTo("user-42");
    assertThat(directory.user(42).name()).as("after it").isEqualTo("Ada");
    assertThat(table.queries()).isEqualTo(2);
  }

  @Test
  void loadThatEndsAfterTheWriteAndBeforeTheNextCallIsNotKept() throws Exception {
    reading.pause();
    Future<User> before = Crowd.<User>start(1, number -> () -> directory.user(42)).get(0);
    reading.awaitHasRead();
    directory.rename(42, "Ada");
    reading.resume().run();
    assertThat(before.get().name()).isEqualTo("user-42");
    assertThat(directory.user(42).name()).isEqualTo("Ada");
  }
}
