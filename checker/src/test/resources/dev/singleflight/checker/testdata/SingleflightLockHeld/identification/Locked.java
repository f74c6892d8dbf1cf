package test;

import java.util.concurrent.locks.Lock;

/** Holds a lock from its creation to its close. */
final class Locked implements AutoCloseable {
  private final Lock lock;

  Locked(Lock lock) {
    this.lock = lock;
    lock.lock();
  }

  static Locked on(Lock lock) {
    return new Locked(lock);
  }

  @Override
  public void close() {
    lock.unlock();
  }
}
