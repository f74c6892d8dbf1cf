package dev.singleflight;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Threads of one kind that are parked until a flight lands, and wake each other when it has.
 *
 * <p>Waking a parked thread costs the waker more than the flight's own work. So the thread that
 * lands the flight wakes one, and each that is awake claims some of the others from the common
 * stack and unparks them; a slow one holds up nobody whom another can claim. The n-th of them (from
 * 0) wakes n + 2: in the beginning that doubles the awake at each step, without many of them at
 * once falling over the leader's processor; later it spares the many the way to the end of the run
 * queue, while no thread wakes more than about the square root of twice the number of all. Measured
 * against waking all from the leader, a chain, a static tree, and other quotas: benchmarks, {@code
 * FanOut}.
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
      NEXT = lookup.findVarHandle(Sleepers.class, "next", Waiter.class);
      HELPERS = lookup.findVarHandle(Sleepers.class, "helpers", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int kind;

  /** Where those begin whom nobody has claimed; null before the flight lands. */
  private volatile @Nullable Waiter next;

  /** How many have begun to help. */
  @SuppressWarnings("UnusedVariable") // used by its VarHandle
  private volatile int helpers;

  Sleepers(int kind) {
    this.kind = kind;
  }

  /**
   * Makes the threads from a waiter downwards those to be woken; before the outcome is published.
   */
  void begin(Waiter head) {
    NEXT.set(this, head);
  }

  /** Wakes one; returns whether there was one. */
  @CanIgnoreReturnValue
  boolean wakeOne() {
    while (true) {
      Waiter from = next;
      ThreadWaiter found = firstFrom(from);
      Waiter rest = found == null ? null : found.next;
      if (NEXT.compareAndSet(this, from, rest)) {
        if (found == null) {
          return false;
        }
        if (found.unparkUnlessGone()) {
          return true;
        }
      }
    }
  }

  private @Nullable ThreadWaiter firstFrom(@Nullable Waiter from) {
    for (Waiter waiter = from; waiter != null; waiter = waiter.next) {
      if (waiter instanceof ThreadWaiter thread && thread.kind() == kind) {
        return thread;
      }
    }
    return null;
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
