package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.Repository;
import test.Domain.User;

/** What a holder is does not depend on whether its source is at hand, and what is in it. */
final class StubbedHolder {
  /** As a test's stub of a framework's class. */
  static final class SecurityContextHolder {
    static String getContext() {
      return null;
    }

    private SecurityContextHolder() {}
  }

  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final Repository db;

  StubbedHolder(Repository db) {
    this.db = db;
  }

  User direct(String id) {
    // BUG: Diagnostic contains: SecurityContextHolder.getContext()
    return group.execute(id, k -> db.findUser(SecurityContextHolder.getContext(), k));
  }

  User helper(String id) {
    // BUG: Diagnostic contains: SecurityContextHolder.getContext()
    return group.execute(id, k -> load(k));
  }

  private User load(String id) {
    return db.findUser(SecurityContextHolder.getContext(), id);
  }

  User carried(String id) {
    String key = SecurityContextHolder.getContext() + "/" + id;
    return group.execute(key, k -> load(id));
  }
}
