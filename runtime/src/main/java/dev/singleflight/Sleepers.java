package dev.singleflight;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Threads that are parked until a flight lands, and wake each other when it has.
 *
 * <p>Each thread that is awake claims some of the others from a common list and unparks them, so
 * that a slow one holds up nobody whom another can claim. The n-th of them (from 0) wakes n + 2: in
 * the beginning that doubles the awake at each step, without many of them at once falling over the
 * leader's processor; later it spares the many the way to the end of the run queue, while no thread
 * wakes more than about the square root of twice the number of all. Measured against waking all
 * from the leader, a chain, a static tree, and other quotas: benchmarks, {@code FanOut}.
 *
 * <p><b>Nobody is left behind.</b> Who claims a thread relies on it to help in its turn. A claimed
 * thread that got the outcome does. One that gives up marks itself gone first and then looks for an
 * outcome: since the outcome is published before anybody is claimed, either it sees that and helps,
 * or whoever would claim it sees the mark and passes on to the next.
 */
final class Sleepers {

  private static final VarHandle NEXT;
  private static final VarHandle HELPERS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      NEXT = lookup.findVarHandle(Sleepers.class, "next", ThreadWaiter.class);
      HELPERS = lookup.findVarHandle(Sleepers.class, "helpers", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The first that nobody has claimed. */
  private volatile @Nullable ThreadWaiter next;

  /** How many have begun to help. */
  @SuppressWarnings("UnusedVariable") // used by its VarHandle
  private volatile int helpers;

  /** Adds a thread; before the outcome is published. */
  void add(ThreadWaiter waiter) {
    waiter.nextSleeper = next;
    NEXT.set(this, waiter);
  }

  /** Wakes one; returns whether there was one. */
  @CanIgnoreReturnValue
  boolean wakeOne() {
    while (true) {
      ThreadWaiter waiter = next;
      if (waiter == null) {
        return false;
      }
      if (NEXT.compareAndSet(this, waiter, waiter.nextSleeper) && waiter.unparkUnlessGone()) {
        return true;
      }
    }
  }

  /** Wakes as many as are for the current thread to wake. */
  void help() {
    if (next == null) {
      return;
    }
    int quota = 2 + (int) HELPERS.getAndAdd(this, 1);
    for (int i = 0; i < quota && wakeOne(); i++) {}
  }
}
