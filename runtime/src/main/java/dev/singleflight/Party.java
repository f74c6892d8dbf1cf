package dev.singleflight;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What those who wait for one flight have in common: who of them has left, who of them looks after
 * the flight, and how they wake each other.
 *
 * <p>One of the waiting threads is the guard: it wakes now and then to see whether the thread that
 * leads is still alive, so that the others need no timers. It is the first to wait, until it
 * leaves; then another takes over. Since those who came last are woken first, it is also there to
 * the end to wake the others, should a thread that was to wake them have died.
 */
final class Party {

  private static final VarHandle GUARD;
  private static final VarHandle DEPARTED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      GUARD = lookup.findVarHandle(Party.class, "guard", ThreadWaiter.class);
      DEPARTED = lookup.findVarHandle(Party.class, "departed", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile @Nullable ThreadWaiter guard;

  /** How many followers have left before the end. */
  private volatile int departed;

  /** Apart, for virtual threads may all wait for a carrier that platform threads do not need. */
  private final Sleepers platform = new Sleepers(Waiter.PLATFORM_THREAD);

  private final Sleepers virtual = new Sleepers(Waiter.VIRTUAL_THREAD);

  /** Returns whether a waiter is the guard; makes it that if there is none. */
  boolean isGuard(ThreadWaiter waiter) {
    return guard == waiter || (guard == null && GUARD.compareAndSet(this, null, waiter));
  }

  /**
   * Lets another be the guard if this waiter, which is gone, was it or was to become it.
   *
   * @param head the uppermost of those who wait
   */
  void relieve(ThreadWaiter gone, @Nullable Waiter head) {
    if (guard != null && !GUARD.compareAndSet(this, gone, null)) {
      return;
    }
    for (Waiter waiter = head; waiter != null; waiter = waiter.next) {
      if (waiter instanceof ThreadWaiter thread && thread.unparkUnlessGone()) {
        return;
      }
    }
  }

  /** Notes that a follower left; returns how many have. */
  int depart() {
    return 1 + (int) DEPARTED.getAndAdd(this, 1);
  }

  int departed() {
    return departed;
  }

  /**
   * Makes ready to wake the threads from a waiter downwards; before the outcome is published.
   *
   * @param head the uppermost of those who wait
   */
  void land(Waiter head) {
    if (head.with(Waiter.PLATFORM_THREAD)) {
      platform.begin(head);
    }
    if (head.with(Waiter.VIRTUAL_THREAD)) {
      virtual.begin(head);
    }
  }

  /** Sees to it that each waiting thread will be woken. The outcome has been published before. */
  void wake() {
    platform.wakeOne();
    virtual.wakeOne();
  }

  /** Wakes others. A thread whose waiter was among those who wait has to, once it is awake. */
  void help(ThreadWaiter awake) {
    (awake.kind() == Waiter.VIRTUAL_THREAD ? virtual : platform).help();
  }
}
