package dev.singleflight.samples.service.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What has happened, for any number of readers, each at its own pace: one that comes late reads all
 * of it. Of a subject the last stampede is kept. Thread-safe.
 */
final class Journal {

  /**
   * An event as it is kept.
   *
   * @param number greater than those of the events before
   */
  record Entry(long number, LiveEvent event) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Entry> entries = new ArrayList<>();
  private long numbers;
  private boolean closed;

  /** Writes an event; the beginning of a stampede in place of all of that subject's last. */
  void add(LiveEvent event) {
    lock.lock();
    try {
      if (event instanceof LiveEvent.Started) {
        entries.removeIf(entry -> entry.event().subject() == event.subject());
      }
      entries.add(new Entry(++numbers, event));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns what has been written after an entry, in order, and waits for it if there is nothing.
   *
   * @param number of the last entry that is known; 0 if none is
   * @param patience how long to wait at most
   * @return the entries; empty if nothing has been written in time
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  List<Entry> after(long number, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (numbers <= number && left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
      return entries.stream().filter(entry -> entry.number() > number).toList();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Lets readers wait no longer. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
