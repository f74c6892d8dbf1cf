package dev.singleflight.samples.tasks.task03;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.singleflight.SingleflightLoader;
import dev.singleflight.Stats;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserTable;
import java.time.Duration;

/** Users, a second old at most. */
final class CachedUserDirectory {
  private final SingleflightLoader<Long, User> users;

  CachedUserDirectory(UserTable table, Ticker clock) {
    this.users =
        SingleflightLoader.newBuilder()
            .name("users")
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(1))
            .ticker(clock)
            .build(table::find);
  }

  User user(long id) {
    return users.get(id);
  }

  Stats stats() {
    return users.stats();
  }
}
