package test;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.locks.ReentrantLock;
import test.Domain.Repository;
import test.Domain.User;

/** Code that asks whether it has the lock before it takes it. */
final class AskedFirst {
  private final SingleflightGroup<String, User> group = SingleflightGroup.create();
  private final ReentrantLock lock = new ReentrantLock();
  private final Repository db;

  AskedFirst(Repository db) {
    this.db = db;
  }

  User takesUnlessHeld(String id) {
    if (!lock.isHeldByCurrentThread()) {
      lock.lock();
    }
    try {
      // BUG: Diagnostic contains: while holding 'lock'
      return group.execute(id, k -> db.findUser(k));
    } finally {
      lock.unlock();
    }
  }

  User refusesWhenHeld(String id) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("called under the lock");
    }
    return group.execute(id, k -> db.findUser(k));
  }
}
