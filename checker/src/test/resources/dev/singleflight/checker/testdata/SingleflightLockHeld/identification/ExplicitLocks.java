// Over 400 lines: a list of cases of a few lines each, which share the fields at the top.
package test;

import dev.singleflight.SingleflightGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import test.Domain.*;

/** Loads made while a lock of java.util.concurrent is held. */
class ExplicitLocks {
  private final ReentrantLock lock = new ReentrantLock();
  private final ReadWriteLock rw = new ReentrantReadWriteLock();
  private final ReentrantReadWriteLock reentrantRw = new ReentrantReadWriteLock(true);
  private final Lock writeLock = rw.writeLock();
  private final Lock exclusive;
  private final StampedLock stamped = new StampedLock();
  private final Semaphore one = new Semaphore(1);
  private final Map<String, User> cache = new HashMap<>();
  private final Map<String, Lock> stripes = new HashMap<>();
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final Repository db;

  ExplicitLocks(Repository db) {
    this.db = db;
    this.exclusive = reentrantRw.writeLock();
  }

  User tryFinally(String id) {
    lock.lock();
    try {
      User cached = cache.get(id);
      if (cached != null) {
        return cached;
      }
      // BUG: Diagnostic contains: while holding 'lock'
      User loaded = users.execute(id, db::findUser);
      cache.put(id, loaded);
      return loaded;
    } finally {
      lock.unlock();
    }
  }

  User withoutTry(String id) {
    this.lock.lock();
    // BUG: Diagnostic contains: while holding 'this.lock'
    User user = users.execute(id, db::findUser);
    this.lock.unlock();
    return user;
  }

  User interruptibly(String id) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      // BUG: Diagnostic contains: while holding 'lock'
      return users.execute(id, db::findUser);
    } finally {
      lock.unlock();
    }
  }

  User tryLock(String id) {
    if (lock.tryLock()) {
      try {
        // BUG: Diagnostic contains: while holding 'lock'
        return users.execute(id, db::findUser);
      } finally {
        lock.unlock();
      }
    }
    return cache.get(id);
  }

  User notTryLock(String id) throws InterruptedException {
    if (!lock.tryLock(1, TimeUnit.SECONDS)) {
      return cache.get(id);
    }
    try {
      // BUG: Diagnostic contains: while holding 'lock'
      return users.execute(id, db::findUser);
    } finally {
      lock.unlock();
    }
  }

  User tryLockInVariable(String id) throws InterruptedException {
    boolean locked = lock.tryLock(200, TimeUnit.MILLISECONDS);
    if (!locked) {
      throw new IllegalStateException("busy");
    }
    try {
      // BUG: Diagnostic contains: while holding 'lock'
      return users.execute(id, db::findUser);
    } finally {
      lock.unlock();
    }
  }

  User acquiredFlag(String id) {
    boolean acquired = lock.tryLock();
    try {
      if (acquired) {
        // BUG: Diagnostic contains: while holding 'lock'
        return users.execute(id, db::findUser);
      }
      return null;
    } finally {
      if (acquired) {
        lock.unlock();
      }
    }
  }

  User spin(String id) {
    while (!lock.tryLock()) {
      Thread.onSpinWait();
    }
    try {
      // BUG: Diagnostic contains: while holding 'lock'
      return users.execute(id, db::findUser);
    } finally {
      lock.unlock();
    }
  }

  User writeOfReadWrite(String id) {
    rw.writeLock().lock();
    try {
      // BUG: Diagnostic contains: while holding 'rw.writeLock()'
      return users.execute(id, db::findUser);
    } finally {
      rw.writeLock().unlock();
    }
  }

  User aliasInLocal(String id) {
    final Lock w = rw.writeLock();
    w.lock();
    try {
      // BUG: Diagnostic contains: while holding 'w'
      return users.execute(id, db::findUser);
    } finally {
      w.unlock();
    }
  }

  User aliasInField(String id) {
    writeLock.lock();
    try {
      // BUG: Diagnostic contains: while holding 'writeLock'
      return users.execute(id, db::findUser);
    } finally {
      writeLock.unlock();
    }
  }

  User aliasFromConstructor(String id) {
    exclusive.lock();
    try {
      // BUG: Diagnostic contains: while holding 'exclusive'
      return users.execute(id, db::findUser);
    } finally {
      exclusive.unlock();
    }
  }

  User readThenWrite(String id) {
    rw.readLock().lock();
    try {
      User cached = cache.get(id);
      if (cached != null) {
        return cached;
      }
    } finally {
      rw.readLock().unlock();
    }
    rw.writeLock().lock();
    try {
      // BUG: Diagnostic contains: while holding 'rw.writeLock()'
      return cache.computeIfAbsent(id, k -> users.execute(k, db::findUser));
    } finally {
      rw.writeLock().unlock();
    }
  }

  User stampedWrite(String id) {
    long stamp = stamped.writeLock();
    try {
      // BUG: Diagnostic contains: while holding 'stamped'
      return users.execute(id, db::findUser);
    } finally {
      stamped.unlockWrite(stamp);
    }
  }

  User stampedView(String id) {
    Lock w = stamped.asWriteLock();
    w.lock();
    try {
      // BUG: Diagnostic contains: while holding 'w'
      return users.execute(id, db::findUser);
    } finally {
      w.unlock();
    }
  }

  User stampedUnlock(String id) {
    long stamp = stamped.writeLock();
    try {
      cache.remove(id);
      // BUG: Diagnostic contains: while holding 'stamped'
      return users.execute(id, db::findUser);
    } finally {
      stamped.unlock(stamp);
    }
  }

  User mutexSemaphore(String id) throws InterruptedException {
    one.acquire();
    try {
      // BUG: Diagnostic contains: while holding 'one'
      return users.execute(id, db::findUser);
    } finally {
      one.release();
    }
  }

  User trySemaphore(String id) {
    if (!one.tryAcquire()) {
      return null;
    }
    try {
      // BUG: Diagnostic contains: while holding 'one'
      return users.execute(id, db::findUser);
    } finally {
      one.release();
    }
  }

  User unlockOnSomePaths(String id) {
    lock.lock();
    User cached = cache.get(id);
    if (cached != null) {
      lock.unlock();
      return cached;
    }
    // BUG: Diagnostic contains: while holding 'lock'
    User loaded = users.execute(id, db::findUser);
    cache.put(id, loaded);
    lock.unlock();
    return loaded;
  }

  User earlyReturn(String id) {
    lock.lock();
    try {
      if (cache.containsKey(id)) {
        return cache.get(id);
      }
    } finally {
      lock.unlock();
    }
    lock.lock();
    try {
      // BUG: Diagnostic contains: while holding 'lock'
      cache.put(id, users.execute(id, db::findUser));
      return cache.get(id);
    } finally {
      lock.unlock();
    }
  }

  User stripe(String id) {
    Lock stripe = stripes.get(id);
    stripe.lock();
    try {
      // BUG: Diagnostic contains: while holding 'stripe'
      return users.execute(id, db::findUser);
    } finally {
      stripe.unlock();
    }
  }

  private Lock lockFor(String id) {
    return stripes.computeIfAbsent(id, k -> new ReentrantLock());
  }

  User stripeFromHelper(String id) {
    Lock mine = lockFor(id);
    mine.lock();
    try {
      // BUG: Diagnostic contains: while holding 'mine'
      return users.execute(id, db::findUser);
    } finally {
      mine.unlock();
    }
  }

  User nestedLocks(String id) {
    lock.lock();
    try {
      writeLock.lock();
      try {
        cache.clear();
      } finally {
        writeLock.unlock();
      }
      // BUG: Diagnostic contains: while holding 'lock'
      return users.execute(id, db::findUser);
    } finally {
      lock.unlock();
    }
  }

  void perElement(List<String> ids) {
    for (String id : ids) {
      lock.lock();
      try {
        // BUG: Diagnostic contains: while holding 'lock'
        cache.put(id, users.execute(id, db::findUser));
      } finally {
        lock.unlock();
      }
    }
  }

  User lockInsideTry(String id) {
    try {
      lock.lock();
      // BUG: Diagnostic contains: while holding 'lock'
      return users.execute(id, db::findUser);
    } finally {
      if (lock.isHeldByCurrentThread()) {
        lock.unlock();
      }
    }
  }

  User conditionalLock(String id, boolean exclusiveWanted) {
    if (exclusiveWanted) {
      lock.lock();
      try {
        // BUG: Diagnostic contains: while holding 'lock'
        return users.execute(id, db::findUser);
      } finally {
        lock.unlock();
      }
    }
    return users.execute(id, db::findUser);
  }

  void takeBy() {
    lock.lock();
  }

  void releaseBy() {
    lock.unlock();
  }

  private void acquireLock() {
    lock.lock();
  }

  private void releaseLock() {
    lock.unlock();
  }

  User helpersTakeAndRelease(String id) {
    acquireLock();
    try {
      // BUG: Diagnostic contains: while holding 'lock'
      return users.execute(id, db::findUser);
    } finally {
      releaseLock();
    }
  }

  User caughtAndRetried(String id) {
    lock.lock();
    try {
      return db.findUser(id);
    } catch (IllegalStateException e) {
      // BUG: Diagnostic contains: while holding 'lock'
      return users.execute(id, db::findUser);
    } finally {
      lock.unlock();
    }
  }

  User andCondition(String id) {
    if (id != null && lock.tryLock()) {
      try {
        // BUG: Diagnostic contains: while holding 'lock'
        return users.execute(id, db::findUser);
      } finally {
        lock.unlock();
      }
    }
    return null;
  }

  User orCondition(String id) {
    if (id == null || !lock.tryLock()) {
      return null;
    }
    try {
      // BUG: Diagnostic contains: while holding 'lock'
      return users.execute(id, db::findUser);
    } finally {
      lock.unlock();
    }
  }

  User ofParameter(Lock given, String id) {
    given.lock();
    try {
      // BUG: Diagnostic contains: while holding 'given'
      return users.execute(id, db::findUser);
    } finally {
      given.unlock();
    }
  }

  User downgraded(String id) {
    rw.writeLock().lock();
    try {
      cache.remove(id);
      rw.readLock().lock();
      // BUG: Diagnostic contains: while holding 'rw.writeLock()'
      return users.execute(id, db::findUser);
    } finally {
      rw.writeLock().unlock();
      rw.readLock().unlock();
    }
  }
}
