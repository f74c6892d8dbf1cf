package dev.singleflight;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Completes the futures of those who wait for a flight.
 *
 * <p>Completing a future runs what user code hung on it, and that may block. Each future is
 * therefore completed by a thread of its own, which starts the next one's before it runs any of
 * that code; and never by a thread on which a caller waits to have its value.
 */
final class FutureCompletion<V extends @Nullable Object> implements Runnable {

  /** Used by one thread at a time: whoever starts the next one lets go of it. */
  private final Deque<FlightFuture<V>> futures;

  private final Outcome<V> outcome;
  private final DetachedThreads threads;

  private FutureCompletion(
      Deque<FlightFuture<V>> futures, Outcome<V> outcome, DetachedThreads threads) {
    this.futures = futures;
    this.outcome = outcome;
    this.threads = threads;
  }

  /**
   * Collects the futures of those who still wait.
   *
   * @param head the uppermost of those who wait for the outcome
   */
  static <V extends @Nullable Object> FutureCompletion<V> of(
      Waiter head, Outcome<V> outcome, DetachedThreads threads) {
    Deque<FlightFuture<V>> futures = new ArrayDeque<>();
    for (Waiter waiter = head; waiter != null; waiter = waiter.next) {
      if (waiter instanceof FlightFuture.Node<?> node && !node.isGone()) {
        @SuppressWarnings("unchecked") // a flight's waiters wait for its own value
        FlightFuture<V> future = (FlightFuture<V>) node.future;
        futures.addFirst(future);
      }
    }
    return new FutureCompletion<>(futures, outcome, threads);
  }

  /**
   * Completes all.
   *
   * @param detached whether this thread is no caller's, so that it may run dependents of futures
   */
  void start(boolean detached) {
    if (detached) {
      run();
    } else {
      startNext();
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
