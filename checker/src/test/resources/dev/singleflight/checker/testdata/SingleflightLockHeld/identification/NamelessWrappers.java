package test;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import test.Domain.*;

/** Wrappers whose names say nothing of a lock, around methods that load. */
class NamelessWrappers {
  static final class State {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    <T> T reading(Supplier<T> work) {
      return under(lock.readLock(), work);
    }

    <T> T writing(Supplier<T> work) {
      return under(lock.writeLock(), work);
    }

    private static <T> T under(Lock lock, Supplier<T> work) {
      lock.lock();
      try {
        return work.get();
      } finally {
        lock.unlock();
      }
    }

    <T> T timed(Supplier<T> work) {
      long start = System.nanoTime();
      T result = work.get();
      System.Logger log = System.getLogger("state");
      log.log(System.Logger.Level.DEBUG, "took " + (System.nanoTime() - start));
      return result;
    }
  }

  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final State state = new State();
  private final Repository db;

  NamelessWrappers(Repository db) {
    this.db = db;
  }

  User load(String id) {
    return users.execute(id, db::findUser);
  }

  User written(String id) {
    // BUG: Diagnostic contains: (load(…) → users.execute) while holding
    return state.writing(() -> load(id));
  }

  User writtenInBlock(String id) {
    return state.writing(
        () -> {
          // BUG: Diagnostic contains: (load(…) → users.execute) while holding
          User user = load(id);
          user.touch(0);
          return user;
        });
  }

  User read(String id) {
    return state.reading(() -> load(id));
  }

  User timed(String id) {
    return state.timed(() -> load(id));
  }

  User before(String id) {
    User user = load(id);
    return state.writing(() -> user.copy());
  }
}
