package dev.singleflight;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A caller whose thread is parked until the flight lands. */
final class ThreadWaiter extends Waiter {

  /** Waits however long it takes. */
  static final long FOREVER = Long.MAX_VALUE;

  /**
   * How long the guard first trusts that it will be woken; doubled each time. Only a leader that
   * died without a chance to land its flight makes it find anything.
   */
  private static final long FIRST_DOUBT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long LAST_DOUBT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private volatile @Nullable Thread thread = Thread.currentThread();

  private final int kind =
      VirtualThreads.isVirtual(Thread.currentThread()) ? VIRTUAL_THREAD : PLATFORM_THREAD;

  @Override
  int kind() {
    return kind;
  }

  @Override
  boolean isGone() {
    return thread == null;
  }

  /** Wakes the thread if it still waits; returns whether it does. */
  boolean unparkUnlessGone() {
    Thread waiting = thread;
    LockSupport.unpark(waiting);
    return waiting != null;
  }

  /** Waits for a flight that has this waiter, as long as it takes; else as the other method. */
  <V extends @Nullable Object> Outcome<V> await(Flight<?, V> flight) {
    return Objects.requireNonNull(await(flight, FOREVER));
  }

  /**
   * Waits for a flight that has this waiter.
   *
   * @param nanos how long at most, or {@link #FOREVER}
   * @return how the flight ended, or null if it did not in time
   * @throws RecursiveLoadException if it never could
   * @throws CancellationException if the thread is interrupted, which it still is then
   */
  <V extends @Nullable Object> @Nullable Outcome<V> await(Flight<?, V> flight, long nanos) {
    try {
      Outcome<V> outcome = flight.outcome();
      return outcome == null && nanos > 0 ? park(flight, nanos) : outcome;
    } finally {
      leave(flight);
    }
  }

  /**
   * Stops waiting, if this waiter still does. Whoever is given an outcome, or may have been relied
   * upon to pass it on, helps to wake the others.
   */
  void leave(Flight<?, ?> flight) {
    if (thread == null) {
      return;
    }
    thread = null;
    if (flight.outcome() != null) {
      party().help(this);
    } else {
      flight.depart(leads);
      party().relieve(this, flight.waiters());
    }
  }

  private <V extends @Nullable Object> @Nullable Outcome<V> park(Flight<?, V> flight, long nanos) {
    long start = System.nanoTime();
    long doubt = FIRST_DOUBT_NANOS;
    WaitGraph.Wait wait = WaitGraph.enter(flight, null);
    try {
      while (true) {
        Outcome<V> outcome = flight.outcome();
        if (outcome != null) {
          // Others first: what remains to be done here is of no use to them.
          leave(flight);
          return outcome;
        }
        if (Thread.interrupted()) {
          throw interrupted(flight);
        }
        long left = nanos == FOREVER ? FOREVER : nanos - (System.nanoTime() - start);
        if (left <= 0) {
          return null;
        }
        boolean guards = party().isGuard(this);
        sleep(flight, guards ? Math.min(left, doubt) : left);
        if (guards) {
          doubt = Math.min(2 * doubt, LAST_DOUBT_NANOS);
          flight.endIfLost();
        }
      }
    } finally {
      wait.exit();
    }
  }

  private static void sleep(Object blocker, long nanos) {
    if (nanos == FOREVER) {
      LockSupport.park(blocker);
    } else {
      LockSupport.parkNanos(blocker, nanos);
    }
  }

  private static CancellationException interrupted(Flight<?, ?> flight) {
    Thread.currentThread().interrupt();
    CancellationException exception =
        new CancellationException(
            "Interrupted while waiting for " + flight.describe() + "; its load goes on");
    exception.initCause(new InterruptedException());
    return exception;
  }
}
