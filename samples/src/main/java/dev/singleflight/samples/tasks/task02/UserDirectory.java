package dev.singleflight.samples.tasks.task02;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.Stats;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserTable;
import java.sql.SQLException;

/** Users as they are now: callers who ask for the same one at the same time share a query. */
final class UserDirectory {
  private final SingleflightGroup<Long, User> flights =
      SingleflightGroup.newBuilder().name("users").recordStats().build();
  private final UserTable table;

  UserDirectory(UserTable table) {
    this.table = table;
  }

  User user(long id) throws SQLException {
    return flights.execute(id, table::find);
  }

  Stats stats() {
    return flights.stats();
  }
}
