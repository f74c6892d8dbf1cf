package test;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.CompletableFuture;
import test.Domain.*;

/** A service in a file of its own that others call. */
final class UserDirectory {
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Repository db;

  UserDirectory(Repository db) {
    this.db = db;
  }

  User lookup(String id) {
    return group.execute(id, db::findUser);
  }

  CompletableFuture<User> lookupAsync(String id) {
    return group.executeAsync(id, db::findUser);
  }

  boolean isBusy() {
    return group.inFlight() > 10;
  }

  void forget(String id) {
    group.forget(id);
  }
}
