package dev.singleflight;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Gives a flight's outcome to those who wait for it: threads first, then futures.
 *
 * <p>Waking a parked thread costs the waker more than the flight's own work. So the leader wakes
 * one, and who is awake wakes others before it goes its way: see {@link Sleepers}.
 */
final class Wakeup<V extends @Nullable Object> {

  /** Apart, for virtual threads may all wait for a carrier that platform threads do not need. */
  private final Sleepers platform = new Sleepers();

  private final Sleepers virtual = new Sleepers();

  private final @Nullable Deque<FlightFuture<V>> futures;
  private final int followers;

  /**
   * Goes through those who wait, once and for all.
   *
   * @param sealed the waiters of a flight that nobody joins any more
   */
  Wakeup(Waiter.Seal sealed) {
    int following = 0;
    Deque<FlightFuture<V>> completable = null;
    for (Waiter waiter = sealed.next; waiter != null; waiter = waiter.next) {
      if (waiter.isGone()) {
        continue;
      }
      if (!waiter.leads) {
        following++;
      }
      if (waiter instanceof ThreadWaiter thread) {
        (thread.isVirtual ? virtual : platform).add(thread);
      } else if (waiter instanceof FlightFuture.Node<?> node) {
        if (completable == null) {
          completable = new ArrayDeque<>();
        }
        @SuppressWarnings("unchecked") // a flight's waiters wait for its own value
        FlightFuture<V> future = (FlightFuture<V>) node.future;
        completable.addFirst(future);
      }
    }
    followers = following;
    futures = completable;
  }

  /** Returns how many waited besides the leader. */
  int followers() {
    return followers;
  }

  /** Sees to it that each waiting thread will be woken. The outcome has been published before. */
  void wakeThreads() {
    platform.wakeOne();
    virtual.wakeOne();
  }

  /** Wakes others. A thread whose waiter was among those who wait has to, once it is awake. */
  void help(ThreadWaiter awake) {
    (awake.isVirtual ? virtual : platform).help();
  }

  /** Completes the futures, now or soon; for the thread that landed the flight. */
  void completeFutures(Outcome<V> outcome, DetachedThreads threads, boolean detached) {
    if (futures != null) {
      new FutureCompletion<>(futures, outcome, threads).start(detached);
    }
  }
}
