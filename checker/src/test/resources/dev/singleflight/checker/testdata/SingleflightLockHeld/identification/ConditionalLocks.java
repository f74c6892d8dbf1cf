package test;

import dev.singleflight.SingleflightGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import test.Domain.Repository;
import test.Domain.User;

/** Locks that are taken under a condition, and kept past it. */
class ConditionalLocks {
  static final class Gate {
    final Semaphore single;

    Gate() {
      single = new Semaphore(1, true);
    }
  }

  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final ReentrantLock lock = new ReentrantLock();
  private final StampedLock stamped = new StampedLock();
  private final Map<String, User> cache = new HashMap<>();
  private final Gate gate = new Gate();
  private final Repository db;

  ConditionalLocks(Repository db) {
    this.db = db;
  }

  User sameConditionTwice(String id, boolean exclusive) {
    if (exclusive) {
      lock.lock();
    }
    try {
      // BUG: Diagnostic contains: waits for a coalesced load
      return users.execute(id, () -> db.findUser(id));
    } finally {
      if (exclusive) {
        lock.unlock();
      }
    }
  }

  User rememberedInFlag(String id, boolean shared) {
    boolean locked = false;
    if (!shared) {
      lock.lock();
      locked = true;
    }
    try {
      // BUG: Diagnostic contains: waits for a coalesced load
      return users.execute(id, () -> db.findUser(id));
    } finally {
      if (locked) {
        lock.unlock();
      }
    }
  }

  User whereThereIsOne(String id, Lock given) {
    if (given != null) {
      given.lock();
    }
    try {
      // BUG: Diagnostic contains: waits for a coalesced load
      return users.execute(id, () -> db.findUser(id));
    } finally {
      if (given != null) {
        given.unlock();
      }
    }
  }

  User upgraded(String id) {
    long stamp = stamped.readLock();
    try {
      long write = stamped.tryConvertToWriteLock(stamp);
      if (write != 0) {
        stamp = write;
        // BUG: Diagnostic contains: waits for a coalesced load
        return users.execute(id, () -> db.findUser(id));
      }
      return null;
    } finally {
      stamped.unlock(stamp);
    }
  }

  User onePermitOfAnotherObject(String id) throws InterruptedException {
    gate.single.acquire();
    try {
      // BUG: Diagnostic contains: waits for a coalesced load
      return users.execute(id, () -> db.findUser(id));
    } finally {
      gate.single.release();
    }
  }

  User downgraded(String id) {
    long stamp = stamped.writeLock();
    try {
      cache.clear();
      stamp = stamped.tryConvertToReadLock(stamp);
      return users.execute(id, () -> db.findUser(id));
    } finally {
      stamped.unlockRead(stamp);
    }
  }

  User onlyWithoutIt(String id, boolean exclusive) {
    if (exclusive) {
      lock.lock();
    }
    try {
      if (!exclusive) {
        return users.execute(id, () -> db.findUser(id));
      }
      return cache.get(id);
    } finally {
      if (exclusive) {
        lock.unlock();
      }
    }
  }

  User releasedBefore(String id, boolean exclusive) {
    if (exclusive) {
      lock.lock();
    }
    User known;
    try {
      known = cache.get(id);
    } finally {
      if (exclusive) {
        lock.unlock();
      }
    }
    return known != null ? known : users.execute(id, () -> db.findUser(id));
  }

  User releasedInAnyCase(String id, boolean exclusive) {
    if (exclusive) {
      lock.lock();
    }
    User known = cache.get(id);
    if (lock.isHeldByCurrentThread()) {
      lock.unlock();
    }
    return known != null ? known : users.execute(id, () -> db.findUser(id));
  }

  User elsewise(String id, boolean exclusive) {
    if (exclusive) {
      lock.lock();
    } else {
      return users.execute(id, () -> db.findUser(id));
    }
    try {
      return cache.get(id);
    } finally {
      lock.unlock();
    }
  }
}
