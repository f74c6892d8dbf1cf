package dev.singleflight.samples.tasks.task12;

import dev.singleflight.Loader;
import dev.singleflight.SingleflightLoader;
import dev.singleflight.Stats;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserTable;
import java.sql.SQLException;
import java.time.Duration;

/** Users who can be renamed: who asks afterwards is told the new name, whatever is under way. */
final class EditableDirectory {
  private final UserTable table;
  private final SingleflightLoader<Long, User> users;

  EditableDirectory(UserTable table, Loader<Long, User, SQLException> reading) {
    this.table = table;
    this.users =
        SingleflightLoader.newBuilder()
            .name("users")
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build(reading);
  }

  User user(long id) {
    return users.get(id);
  }

  void rename(long id, String name) throws SQLException {
    table.rename(id, name);
    users.invalidate(id); // after the write, never before
  }

  Stats stats() {
    return users.stats();
  }
}
