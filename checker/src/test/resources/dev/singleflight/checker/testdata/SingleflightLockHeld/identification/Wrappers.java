package test;

import dev.singleflight.SingleflightGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import test.Domain.*;

/** Locks taken by wrappers and for methods, and futures that are waited for. */
class Wrappers {
  @interface GuardedBy {
    String value();
  }

  static final class Jcip {
    @interface GuardedBy {
      String value();
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, User> cache = new HashMap<>();
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final UserDirectory directory;
  private final Repository db;

  Wrappers(Repository db, UserDirectory directory) {
    this.db = db;
    this.directory = directory;
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  User ownWrapper(String id) {
    // BUG: Diagnostic contains: while holding 'lock'
    return locked(() -> users.execute(id, db::findUser));
  }

  private static <T> T withLock(Lock lock, Callable<T> work) throws Exception {
    lock.lock();
    try {
      return work.call();
    } finally {
      lock.unlock();
    }
  }

  User wrapperTakingLock(String id) throws Exception {
    return withLock(
        lock,
        () -> {
          User cached = cache.get(id);
          // BUG: Diagnostic contains: while holding
          return cached != null ? cached : users.execute(id, db::findUser);
        });
  }

  User wrapperInOtherFile(String id) {
    // BUG: Diagnostic contains: while holding
    return LockTools.withLock(lock, () -> users.execute(id, db::findUser));
  }

  User throughTwoWrappers(String id) {
    // BUG: Diagnostic contains: while holding
    return LockTools.guarded(lock, () -> users.execute(id, db::findUser));
  }

  private synchronized void synchronizedWrapper(Runnable work) {
    work.run();
  }

  void synchronizedWrap(String id) {
    // BUG: Diagnostic contains: while holding 'this'
    synchronizedWrapper(() -> cache.put(id, users.execute(id, db::findUser)));
  }

  User resource(String id) {
    try (Locked ignored = new Locked(lock)) {
      // BUG: Diagnostic contains: while holding
      return users.execute(id, db::findUser);
    }
  }

  User resourceFromFactory(String id) {
    try (Locked ignored = Locked.on(lock)) {
      // BUG: Diagnostic contains: while holding
      return users.execute(id, db::findUser);
    }
  }

  private static final LockTools.CloseableLock SHARED = new LockTools.CloseableLock();

  User resourceOpened(String id) {
    try (LockTools.CloseableLock held = SHARED.open()) {
      // BUG: Diagnostic contains: while holding
      return users.execute(id, db::findUser);
    }
  }

  @GuardedBy("lock")
  User guarded(String id) {
    // BUG: Diagnostic contains: while holding 'lock'
    return users.execute(id, db::findUser);
  }

  @Jcip.GuardedBy("this")
  User guardedByJcip(String id) {
    // BUG: Diagnostic contains: while holding 'this'
    return users.execute(id, db::findUser);
  }

  @com.google.errorprone.annotations.concurrent.GuardedBy("lock")
  private User guardedByErrorProne(String id) {
    // BUG: Diagnostic contains: while holding 'lock'
    return users.execute(id, db::findUser);
  }

  User callsGuarded(String id) {
    lock.lock();
    try {
      return guardedByErrorProne(id);
    } finally {
      lock.unlock();
    }
  }

  User joined(String id) {
    lock.lock();
    try {
      // BUG: Diagnostic contains: while holding 'lock'
      return users.executeAsync(id, db::findUser).join();
    } finally {
      lock.unlock();
    }
  }

  User gotThroughLocal(String id) throws ExecutionException, InterruptedException {
    CompletableFuture<User> future = users.executeAsync(id, db::findUser);
    synchronized (cache) {
      // BUG: Diagnostic contains: while holding 'cache'
      cache.put(id, future.get());
    }
    return cache.get(id);
  }

  User timedGet(String id) throws ExecutionException, InterruptedException, TimeoutException {
    Future<User> future = users.executeAsync(id, db::findUser);
    lock.lock();
    try {
      // BUG: Diagnostic contains: while holding 'lock'
      return future.get(1, TimeUnit.SECONDS);
    } finally {
      lock.unlock();
    }
  }

  String dependentFuture(String id) {
    synchronized (this) {
      // BUG: Diagnostic contains: while holding 'this'
      return users.executeAsync(id, db::findUser).thenApply(User::getName).join();
    }
  }

  void allOf(String a, String b) {
    CompletableFuture<User> first = users.executeAsync(a, db::findUser);
    CompletableFuture<User> second = users.executeAsync(b, db::findUser);
    synchronized (this) {
      // BUG: Diagnostic contains: while holding 'this'
      CompletableFuture.allOf(first, second).join();
    }
  }

  User asyncOfOtherFile(String id) {
    synchronized (this) {
      // BUG: Diagnostic contains: while holding 'this'
      return directory.lookupAsync(id).join();
    }
  }

  private CompletableFuture<User> start(String id) {
    return users.executeAsync(id, db::findUser);
  }

  User asyncOfHelper(String id) {
    CompletableFuture<User> started = start(id);
    lock.lock();
    try {
      // BUG: Diagnostic contains: while holding 'lock'
      return started.join();
    } finally {
      lock.unlock();
    }
  }

  User waitingHelper(String id) {
    synchronized (this) {
      // BUG: Diagnostic contains: await(…)
      return await(id);
    }
  }

  User await(String id) {
    return start(id).join();
  }

  User loadAgain(String id) {
    lock.lock();
    try {
      return onlyUnderLock(id);
    } finally {
      lock.unlock();
    }
  }

  User loadOnce(String id) {
    lock.lock();
    try {
      cache.remove(id);
      return onlyUnderLock(id);
    } finally {
      lock.unlock();
    }
  }

  private User onlyUnderLock(String id) {
    return deeperUnderLock(id);
  }

  private User deeperUnderLock(String id) {
    // BUG: Diagnostic contains: while holding 'lock'
    User user = users.execute(id, db::findUser);
    cache.put(id, user);
    return user;
  }

  private final Runnable refresher =
      () -> {
        lock.lock();
        try {
          // BUG: Diagnostic contains: while holding 'lock'
          users.execute("root", id -> directory().lookup(id));
        } finally {
          lock.unlock();
        }
      };

  private UserDirectory directory() {
    return directory;
  }

  Runnable refresher() {
    return refresher;
  }
}
