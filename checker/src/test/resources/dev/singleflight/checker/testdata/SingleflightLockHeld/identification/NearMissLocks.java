// Over 400 lines: a list of cases of a few lines each, which share the fields at the top.
package test;

import dev.singleflight.SingleflightGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import test.Domain.*;

/** Locks of java.util.concurrent that are not held, or not exclusive, where the load is. */
class NearMissLocks {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReadWriteLock rw = new ReentrantReadWriteLock();
  private final Lock shared = rw.readLock();
  private final Lock exclusive = rw.writeLock();
  private final StampedLock stamped = new StampedLock();
  private final Semaphore bulkhead = new Semaphore(16);
  private final Semaphore configured;
  private final Map<String, User> cache = new HashMap<>();
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final SingleflightGroup<String, Config> configs = SingleflightGroup.create();
  private final ConcurrentHashMap<String, User> map = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, CompletableFuture<User>> futures =
      new ConcurrentHashMap<>();
  private final Repository db;
  private final Executor executor;

  NearMissLocks(Repository db, Executor executor, int permits) {
    this.db = db;
    this.executor = executor;
    this.configured = new Semaphore(permits);
  }

  User released(String id) {
    lock.lock();
    try {
      User cached = cache.get(id);
      if (cached != null) {
        return cached;
      }
    } finally {
      lock.unlock();
    }
    User loaded = users.execute(id, db::findUser);
    lock.lock();
    try {
      cache.put(id, loaded);
    } finally {
      lock.unlock();
    }
    return loaded;
  }

  User releasedWithoutTry(String id) {
    lock.lock();
    User cached = cache.get(id);
    lock.unlock();
    return cached != null ? cached : users.execute(id, db::findUser);
  }

  User releasedOnEveryPath(String id) {
    lock.lock();
    User cached = cache.get(id);
    if (cached != null) {
      lock.unlock();
      return cached;
    } else {
      lock.unlock();
    }
    return users.execute(id, db::findUser);
  }

  User releasedInCaseOfMiss(String id) {
    lock.lock();
    boolean held = true;
    try {
      if (!cache.containsKey(id)) {
        lock.unlock();
        held = false;
        return users.execute(id, db::findUser);
      }
      return cache.get(id);
    } finally {
      if (held) {
        lock.unlock();
      }
    }
  }

  User readLock(String id) {
    rw.readLock().lock();
    try {
      return users.execute(id, db::findUser);
    } finally {
      rw.readLock().unlock();
    }
  }

  User readLockField(String id) {
    shared.lock();
    try {
      return users.execute(id, db::findUser);
    } finally {
      shared.unlock();
    }
  }

  User readLockLocal(String id) {
    Lock r = rw.readLock();
    r.lock();
    try {
      return users.execute(id, db::findUser);
    } finally {
      r.unlock();
    }
  }

  User readLockTried(String id) throws InterruptedException {
    if (!rw.readLock().tryLock(1, TimeUnit.SECONDS)) {
      return null;
    }
    try {
      return users.execute(id, db::findUser);
    } finally {
      rw.readLock().unlock();
    }
  }

  User stampedRead(String id) {
    long stamp = stamped.readLock();
    try {
      return users.execute(id, db::findUser);
    } finally {
      stamped.unlockRead(stamp);
    }
  }

  User stampedReadView(String id) {
    Lock r = stamped.asReadLock();
    r.lock();
    try {
      return users.execute(id, db::findUser);
    } finally {
      r.unlock();
    }
  }

  User optimistic(String id) {
    long stamp = stamped.tryOptimisticRead();
    User cached = cache.get(id);
    if (stamped.validate(stamp)) {
      return cached;
    }
    return users.execute(id, db::findUser);
  }

  User stampedWriteAfter(String id) {
    User loaded = users.execute(id, db::findUser);
    long stamp = stamped.writeLock();
    try {
      cache.put(id, loaded);
    } finally {
      stamped.unlockWrite(stamp);
    }
    return loaded;
  }

  User stampedWriteReleased(String id) {
    long stamp = stamped.writeLock();
    try {
      cache.remove(id);
    } finally {
      stamped.unlock(stamp);
    }
    return users.execute(id, db::findUser);
  }

  User bulkhead(String id) throws InterruptedException {
    bulkhead.acquire();
    try {
      return users.execute(id, db::findUser);
    } finally {
      bulkhead.release();
    }
  }

  User configuredBulkhead(String id) throws InterruptedException {
    configured.acquire();
    try {
      return users.execute(id, db::findUser);
    } finally {
      configured.release();
    }
  }

  User notAcquired(String id) {
    if (lock.tryLock()) {
      try {
        return cache.get(id);
      } finally {
        lock.unlock();
      }
    }
    return users.execute(id, db::findUser);
  }

  User elseBranch(String id) {
    if (lock.tryLock()) {
      try {
        cache.remove(id);
      } finally {
        lock.unlock();
      }
    } else {
      return users.execute(id, db::findUser);
    }
    return null;
  }

  User busy(String id) throws InterruptedException {
    boolean locked = lock.tryLock(10, TimeUnit.MILLISECONDS);
    if (!locked) {
      return users.execute(id, db::findUser);
    }
    try {
      return cache.get(id);
    } finally {
      lock.unlock();
    }
  }

  User notFirst(String id) {
    if (!lock.tryLock()) {
      return users.execute(id, db::findUser);
    }
    try {
      return cache.get(id);
    } finally {
      lock.unlock();
    }
  }

  User flagInFinally(String id) {
    boolean locked = false;
    try {
      locked = lock.tryLock();
      if (locked) {
        cache.remove(id);
      }
    } finally {
      if (locked) {
        lock.unlock();
      }
    }
    return users.execute(id, db::findUser);
  }

  User heldCheckInFinally(String id) {
    try {
      lock.lock();
      cache.remove(id);
    } finally {
      if (lock.isHeldByCurrentThread()) {
        lock.unlock();
      }
    }
    return users.execute(id, db::findUser);
  }

  User localLock(String id) {
    ReentrantLock own = new ReentrantLock();
    own.lock();
    try {
      return users.execute(id, db::findUser);
    } finally {
      own.unlock();
    }
  }

  User conditionOnly(String id) throws InterruptedException {
    lock.lock();
    try {
      while (cache.isEmpty()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
    return users.execute(id, db::findUser);
  }

  User insideTheLoader(String id) {
    return users.execute(
        id,
        k -> {
          lock.lock();
          try {
            return cache.computeIfAbsent(k, db::findUser);
          } finally {
            lock.unlock();
          }
        });
  }

  User aliasReleased(String id) {
    final Lock w = exclusive;
    w.lock();
    try {
      cache.remove(id);
    } finally {
      w.unlock();
    }
    return users.execute(id, db::findUser);
  }

  User releasedUnderOtherName(String id) {
    final Lock w = rw.writeLock();
    w.lock();
    try {
      cache.remove(id);
    } finally {
      rw.writeLock().unlock();
    }
    return users.execute(id, db::findUser);
  }

  User releasedThroughAliasField(String id) {
    rw.writeLock().lock();
    cache.remove(id);
    exclusive.unlock();
    return users.execute(id, db::findUser);
  }

  private void acquireLock() {
    lock.lock();
  }

  private void releaseLock() {
    lock.unlock();
  }

  User helpers(String id) {
    acquireLock();
    try {
      cache.remove(id);
    } finally {
      releaseLock();
    }
    return users.execute(id, db::findUser);
  }

  private User underLock(String id) {
    lock.lock();
    try {
      return cache.get(id);
    } finally {
      lock.unlock();
    }
  }

  User lookedUpFirst(String id) {
    User cached = underLock(id);
    return cached != null ? cached : users.execute(id, db::findUser);
  }

  User timedOnly(String id) {
    return LockTools.timed(() -> users.execute(id, db::findUser));
  }

  User checkedOnly(String id) {
    return LockTools.checked(lock, () -> users.execute(id, db::findUser));
  }

  User wrapperInsideLoader(String id) {
    return users.execute(id, k -> LockTools.withLock(lock, () -> db.findUser(k)));
  }

  User wrapperThenLoad(String id) {
    User cached = LockTools.withLock(lock, () -> cache.get(id));
    return cached != null ? cached : users.execute(id, db::findUser);
  }

  User resourceClosed(String id) {
    try (Locked held = new Locked(lock)) {
      cache.remove(id);
    }
    return users.execute(id, db::findUser);
  }

  User resourceInCatch(String id) {
    try (Locked held = new Locked(lock)) {
      cache.remove(id);
    } catch (IllegalStateException e) {
      return users.execute(id, db::findUser);
    }
    return null;
  }

  User resourceInFinally(String id) {
    try (Locked held = new Locked(lock)) {
      cache.remove(id);
    } finally {
      users.execute(id, db::findUser);
    }
    return null;
  }

  CompletableFuture<User> asyncUnderLock(String id) {
    lock.lock();
    try {
      return users.executeAsync(id, db::findUser);
    } finally {
      lock.unlock();
    }
  }

  User joinedAfterwards(String id) {
    CompletableFuture<User> future;
    lock.lock();
    try {
      future = users.executeAsync(id, db::findUser);
    } finally {
      lock.unlock();
    }
    return future.join();
  }

  void handedOver(String id) {
    lock.lock();
    try {
      executor.execute(() -> users.execute(id, db::findUser));
    } finally {
      lock.unlock();
    }
  }

  User plainMap(String id) {
    return cache.computeIfAbsent(id, k -> users.execute(k, db::findUser));
  }

  CompletableFuture<User> futureInMap(String id) {
    return futures.computeIfAbsent(id, k -> users.executeAsync(k, db::findUser));
  }

  User futureInMapJoined(String id) {
    return futures.computeIfAbsent(id, k -> users.executeAsync(k, db::findUser)).join();
  }

  User mapInsideLoader(String id) {
    return users.execute(id, k -> map.computeIfAbsent(k, db::findUser));
  }

  User putIfAbsent(String id) {
    User loaded = users.execute(id, db::findUser);
    User raced = map.putIfAbsent(id, loaded);
    return raced != null ? raced : loaded;
  }

  User getOrDefault(String id) {
    return map.getOrDefault(id, users.execute(id, db::findUser));
  }

  User argumentOfMerge(String id) {
    return map.merge(id, users.execute(id, db::findUser), (a, b) -> b);
  }

  void perElement(List<String> ids) {
    for (String id : ids) {
      lock.lock();
      try {
        cache.remove(id);
      } finally {
        lock.unlock();
      }
      users.execute(id, db::findUser);
    }
  }

  User switchReleased(String kind, String id) {
    switch (kind) {
      case "cached":
        lock.lock();
        try {
          return cache.get(id);
        } finally {
          lock.unlock();
        }
      case "fresh":
        return users.execute(id, db::findUser);
      default:
        return null;
    }
  }

  Config inOtherGroupsLoader(String id) {
    return configs.execute(
        id, k -> new Config(users.execute(k + "/owner", db::findUser).getName()));
  }

  User supplierBuiltUnderLock(String id) {
    Supplier<User> later;
    lock.lock();
    try {
      later = () -> users.execute(id, db::findUser);
    } finally {
      lock.unlock();
    }
    return later.get();
  }

  private User sometimes(String id) {
    return users.execute(id, db::findUser);
  }

  User withoutLock(String id) {
    return sometimes(id);
  }

  User afterLock(String id) {
    lock.lock();
    lock.unlock();
    return sometimes(id);
  }

  /** Passed on: who calls it, and with which locks, is not to be seen. */
  Supplier<User> reference(String id) {
    return () -> sometimes(id);
  }

  User eitherLockTaken(String id, boolean wide) {
    if (wide) {
      lock.lock();
    }
    try {
      cache.remove(id);
    } finally {
      if (wide) {
        lock.unlock();
      }
    }
    return users.execute(id, db::findUser);
  }

  /** A session's lock, not a lock: named so, but of the user's own making. */
  interface Session {
    void lock();

    void unlock();
  }

  User notALock(Session session, String id) {
    session.lock();
    try {
      return users.execute(id, db::findUser);
    } finally {
      session.unlock();
    }
  }

  /** Each call makes a lock of its own. */
  User resourceOfOwnLock(String id) {
    try (LockTools.CloseableLock held = new LockTools.CloseableLock()) {
      return users.execute(id, db::findUser);
    }
  }
}
