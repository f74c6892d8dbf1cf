package dev.singleflight;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Gives a flight's outcome to those who wait for it: threads first, then futures.
 *
 * <p>Completing a future runs what user code hung on it, and that may block. Each future is
 * therefore completed by a thread of its own, which starts the next one's before it runs any of
 * that code; and never by a thread on which a caller waits to have its value.
 */
final class Wakeup<V extends @Nullable Object> implements Runnable {

  private final Outcome<V> outcome;
  private final DetachedThreads threads;

  /** Used by one thread at a time: whoever starts the next one lets go of it. */
  private final Deque<FlightFuture<V>> futures = new ArrayDeque<>();

  private Wakeup(Outcome<V> outcome, DetachedThreads threads) {
    this.outcome = outcome;
    this.threads = threads;
  }

  /**
   * Wakes all from a waiter downwards.
   *
   * @param detached whether this thread is no caller's, so that it may run dependents of futures
   */
  static <V extends @Nullable Object> void wake(
      Waiter head, Outcome<V> outcome, DetachedThreads threads, boolean detached) {
    Wakeup<V> wakeup = null;
    for (Waiter waiter = head; waiter != null; waiter = waiter.next) {
      if (waiter instanceof ThreadWaiter thread) {
        thread.unpark();
      } else if (waiter instanceof FlightFuture.Node<?> node) {
        if (wakeup == null) {
          wakeup = new Wakeup<>(outcome, threads);
        }
        @SuppressWarnings("unchecked") // a flight's waiters wait for its own value
        FlightFuture<V> future = (FlightFuture<V>) node.future;
        wakeup.futures.addFirst(future);
      }
    }
    if (wakeup == null) {
      return;
    }
    if (detached) {
      wakeup.run();
    } else {
      wakeup.startNext();
    }
  }

  @Override
  public void run() {
    FlightFuture<V> future = futures.pollFirst();
    if (future != null) {
      if (!futures.isEmpty()) {
        startNext();
      }
      future.complete(outcome);
    }
  }

  private void startNext() {
    try {
      threads.start(this);
    } catch (Throwable t) {
      // No thread to be had: late is better than never.
      while (!futures.isEmpty()) {
        futures.removeFirst().complete(outcome);
      }
    }
  }
}
