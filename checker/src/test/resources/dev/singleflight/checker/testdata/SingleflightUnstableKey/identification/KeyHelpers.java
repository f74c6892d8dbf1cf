package test;

import dev.singleflight.SingleflightGroup;
import java.util.UUID;
import test.Domain.*;

/** Private helpers that are given the key. */
class KeyHelpers {
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Repository db;

  KeyHelpers(Repository db) {
    this.db = db;
  }

  private User load(String key, String id) {
    return group.execute(key, k -> db.findUser(id));
  }

  User random(String id) {
    // BUG: Diagnostic contains: random
    return load(id + UUID.randomUUID(), id);
  }

  User clock(String id) {
    // BUG: Diagnostic contains: time of the call
    return load(id + System.nanoTime(), id);
  }

  User stable(String id) {
    return load("user:" + id, id);
  }

  User randomElsewhere(String id) {
    return load(id, id + UUID.randomUUID());
  }
}
