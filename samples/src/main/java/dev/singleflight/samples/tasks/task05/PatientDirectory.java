package dev.singleflight.samples.tasks.task05;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.Stats;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserTable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** Users, for callers who may have no time to wait for them. */
final class PatientDirectory {
  private final SingleflightGroup<Long, User> flights =
      SingleflightGroup.newBuilder().name("users").recordStats().build();
  private final UserTable table;

  PatientDirectory(UserTable table) {
    this.table = table;
  }

  /** Waits no longer than told, and no longer than until it is interrupted. */
  User user(long id, Duration patience) throws SQLException, TimeoutException {
    return flights.execute(id, table::find, patience);
  }

  /** Does not wait: who cancels the future cancels nobody else's. */
  CompletableFuture<User> userLater(long id) {
    return flights.executeAsync(id, table::find);
  }

  Stats stats() {
    return flights.stats();
  }
}
