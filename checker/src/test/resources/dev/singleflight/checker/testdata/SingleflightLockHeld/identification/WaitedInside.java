package test;

import dev.singleflight.SingleflightGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import test.Domain.Repository;
import test.Domain.User;

/** What others run is waited for under a lock; a resource is a lock. */
class WaitedInside {
  static final class Held implements AutoCloseable {
    private final Lock lock;

    Held(Lock lock) {
      this.lock = lock;
      lock.lock();
    }

    @Override
    public void close() {
      lock.unlock();
    }
  }

  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final ReentrantReadWriteLock locks = new ReentrantReadWriteLock();
  private final Lock writing = locks.writeLock();
  private final Map<String, CompletableFuture<User>> pending = new HashMap<>();
  private final Repository db;

  WaitedInside(Repository db) {
    this.db = db;
  }

  private User find(String id) {
    return users.execute(id, () -> db.findUser(id));
  }

  User runByOthers(String id) {
    synchronized (pending) {
      // BUG: Diagnostic contains: waits for a coalesced load
      return CompletableFuture.supplyAsync(() -> find(id)).join();
    }
  }

  User resource(String id) {
    try (Held held = new Held(writing)) {
      // BUG: Diagnostic contains: waits for a coalesced load
      return find(id);
    }
  }

  void notWaitedFor(String id) {
    synchronized (pending) {
      pending.put(id, CompletableFuture.supplyAsync(() -> find(id)));
    }
  }

  User somethingElseIsWaitedFor(String id) {
    synchronized (pending) {
      return CompletableFuture.supplyAsync(() -> db.findUser(id)).join();
    }
  }

  User resourceClosedBefore(String id) {
    boolean known;
    try (Held held = new Held(writing)) {
      known = pending.containsKey(id);
    }
    return known ? null : find(id);
  }
}
