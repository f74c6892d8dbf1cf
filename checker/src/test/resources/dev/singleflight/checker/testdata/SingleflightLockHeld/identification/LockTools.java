package test;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lock wrappers as every code base has them. */
final class LockTools {
  static <T> T withLock(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  static <T> T guarded(Lock lock, Supplier<T> work) {
    return withLock(lock, work);
  }

  /** Runs without any lock. */
  static <T> T timed(Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      System.out.println(System.nanoTime() - start);
    }
  }

  /** Takes the lock only to look. */
  static <T> T checked(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      System.out.println("checked");
    } finally {
      lock.unlock();
    }
    return work.get();
  }

  static final class CloseableLock implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();

    CloseableLock() {
      lock.lock();
    }

    CloseableLock open() {
      lock.lock();
      return this;
    }

    @Override
    public void close() {
      lock.unlock();
    }
  }

  private LockTools() {}
}
