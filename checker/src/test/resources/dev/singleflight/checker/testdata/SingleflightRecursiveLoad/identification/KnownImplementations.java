package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.Repository;
import test.Domain.User;

/** Of several implementations, the one that a field is given. */
class KnownImplementations {
  interface Finder {
    User find(String id);
  }

  static final class CoalescingFinder implements Finder {
    private final SingleflightGroup<String, User> group;
    private final Repository db;

    CoalescingFinder(SingleflightGroup<String, User> group, Repository db) {
      this.group = group;
      this.db = db;
    }

    @Override
    public User find(String id) {
      return group.execute(id, () -> db.findUser(id));
    }
  }

  static final class PlainFinder implements Finder {
    private final Repository db;

    PlainFinder(Repository db) {
      this.db = db;
    }

    @Override
    public User find(String id) {
      return db.findUser(id);
    }
  }

  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final SingleflightGroup<String, User> guests = SingleflightGroup.create();
  private final Finder coalescing;
  private final Finder plain;
  private final Finder given;

  KnownImplementations(Repository db, Finder given) {
    this.coalescing = new CoalescingFinder(users, db);
    this.plain = new PlainFinder(db);
    this.given = given;
  }

  User sameGroup(String id) {
    // BUG: Diagnostic contains: same group for the same key
    return users.execute(id, () -> coalescing.find(id));
  }

  User inLocal(String id, Repository db) {
    Finder finder = new CoalescingFinder(users, db);
    // BUG: Diagnostic contains: same group for the same key
    return users.execute(id, k -> finder.find(k));
  }

  User otherGroup(String id) {
    return guests.execute(id, () -> coalescing.find(id));
  }

  User notCoalesced(String id) {
    return users.execute(id, () -> plain.find(id));
  }

  User anyOfThem(String id) {
    return users.execute(id, () -> given.find(id));
  }
}
