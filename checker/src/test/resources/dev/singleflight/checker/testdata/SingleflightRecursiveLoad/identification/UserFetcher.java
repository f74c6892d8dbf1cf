package test;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.CompletableFuture;
import test.Domain.*;

/** Loads through a group that it is given. */
final class UserFetcher {
  static final SingleflightGroup<String, User> SHARED = SingleflightGroup.create();

  private final SingleflightGroup<String, User> flights;

  UserFetcher(SingleflightGroup<String, User> flights) {
    this.flights = flights;
  }

  User fetch(String id, Repository db) {
    return flights.execute(id, db::findUser);
  }

  CompletableFuture<User> fetchAsync(String id, Repository db) {
    return flights.executeAsync(id, db::findUser);
  }

  static User fetchFrom(SingleflightGroup<String, User> flights, String id, Repository db) {
    return flights.execute(id, db::findUser);
  }

  static User shared(String id, Repository db) {
    return SHARED.execute(id, db::findUser);
  }
}
