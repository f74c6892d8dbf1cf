package dev.singleflight.samples.tasks.task06;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.singleflight.SingleflightLoader;
import dev.singleflight.Stats;
import dev.singleflight.samples.tasks.users.User;
import dev.singleflight.samples.tasks.users.UserNotFoundException;
import dev.singleflight.samples.tasks.users.UserTable;
import java.time.Duration;

/**
 * Users, five minutes old at most. That there is no such user is remembered too, for half a minute;
 * that the database did not answer is not.
 */
final class ForgivingDirectory {
  private final SingleflightLoader<Long, User> users;

  ForgivingDirectory(UserTable table, Ticker clock) {
    this.users =
        SingleflightLoader.newBuilder()
            .name("users")
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(5))
            .cacheFailures(UserNotFoundException.class::isInstance, Duration.ofSeconds(30))
            .ticker(clock)
            .build(table::find);
  }

  /**
   * Returns a user.
   *
   * @throws UserNotFoundException if there is none
   * @throws dev.singleflight.LoadException if the database failed
   */
  User user(long id) {
    return users.get(id);
  }

  Stats stats() {
    return users.stats();
  }
}
