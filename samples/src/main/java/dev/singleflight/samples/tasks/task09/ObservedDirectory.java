package dev.singleflight.samples.tasks.task09;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.Stats;
import dev.singleflight.micrometer.SingleflightMetrics;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserTable;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Users, two seconds old at most, with meters of all that goes on. */
final class ObservedDirectory {
  private static final String GROUP = "users";

  private final SingleflightLoader<Long, User> users;

  ObservedDirectory(UserTable table, MeterRegistry registry) {
    this.users =
        SingleflightLoader.newBuilder()
            .name(GROUP)
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(2))
            .listener(new LoadTimes(registry, GROUP))
            .build(table::find);
    SingleflightMetrics.monitor(registry, users, GROUP);
  }

  User user(long id) {
    return users.get(id);
  }

  Stats stats() {
    return users.stats();
  }
}
