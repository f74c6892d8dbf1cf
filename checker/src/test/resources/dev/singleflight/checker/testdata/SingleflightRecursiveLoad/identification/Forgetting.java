package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.Repository;
import test.Domain.User;

/** After forget a load of the same key is another flight. */
final class Forgetting {
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Repository db;

  Forgetting(Repository db) {
    this.db = db;
  }

  User forgets(String id) {
    return group.execute(
        id,
        k -> {
          group.forget(k);
          return group.execute(k, () -> db.findUser(id));
        });
  }

  User forgetsAnother(String id, String other) {
    return group.execute(
        id,
        k -> {
          group.forget(other);
          // BUG: Diagnostic contains: asks the same group for the same key
          return group.execute(k, () -> db.findUser(id));
        });
  }
}
