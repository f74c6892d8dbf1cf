package dev.singleflight;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One run of a loader and those who wait for it.
 *
 * <p>The state is one field, so that joining and ending decide against each other in one
 * compare-and-set:
 *
 * <pre>{@code
 * null ──join──► Waiter ──join──► Waiter … ──seal──► Seal
 *   │               │                                  │
 *   └──────────────land────────────────────────────────┴──► Outcome
 * }</pre>
 *
 * <p>A flight is unmapped before it lands, so whoever finds an outcome or a seal where it wanted to
 * join looks again and finds another flight or none. The runner goes from null to the thread that
 * runs the loader and stays there: with {@link WaitGraph} it tells who waits for whom.
 *
 * <p>Four references and a counter: the object is as small as a map's entry.
 */
final class Flight<K, V extends @Nullable Object> {

  private static final VarHandle STATE;
  private static final VarHandle RUNNER;

  /**
   * The runner of a flight that its thread could not end: it never was alive. With no stack left,
   * nothing can be called, but a field can still be written; those who join or wait look at it. In
   * a flight that has landed it means nothing.
   */
  static final Thread LOST =
      new Thread(null, null, "singleflight-lost", 0, /* inheritThreadLocals= */ false);

  /** Ends a flight that nobody waits for: nobody will ever ask for what it holds. */
  private static final Outcome<Object> UNSHARED =
      new Outcome.Failure<>(new IllegalStateException("Nobody waited for the outcome"));

  static {
    // It stays for good, and so would the class loader of whoever happens to make the first call.
    LOST.setContextClassLoader(null);
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(Flight.class, "state", Object.class);
      RUNNER = lookup.findVarHandle(Flight.class, "runner", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** How many give up between two sweeps: sweeping each time would be quadratic. */
  private static final int SWEEP_MASK = 63;

  final FlightTable<K, V> table;
  final K key;
  private volatile @Nullable Object state;

  /** The thread that runs the loader, {@link #LOST}, or null if none has begun. */
  volatile @Nullable Thread runner;

  /** Counts without atomicity: it only says when a sweep is due. */
  private int departures;

  /**
   * Creates a flight that is yet to be mapped.
   *
   * @param runner the thread that will run the loader, or null if that is yet to be found
   * @param leader what the leader waits with if another thread runs the loader, else null
   */
  Flight(FlightTable<K, V> table, K key, @Nullable Thread runner, @Nullable Waiter leader) {
    this.table = table;
    this.key = key;
    // Plain: the map publishes the flight, and a volatile write would cost the lone caller a fence.
    RUNNER.set(this, runner);
    STATE.set(this, leader);
  }

  /** Returns how the flight ended, or null while it has not. */
  @SuppressWarnings("unchecked") // what land() was given; UNSHARED has no reader
  @Nullable Outcome<V> outcome() {
    return state instanceof Outcome<?> outcome ? (Outcome<V>) outcome : null;
  }

  /** Returns how many followers waited when the flight ended; for its leader. */
  int followers() {
    Outcome<V> outcome = outcome();
    return outcome == null ? 0 : outcome.followers;
  }

  /** Adds a waiter, unless the flight has ended, has been sealed, or has lost its thread. */
  boolean join(Waiter waiter) {
    while (true) {
      Object seen = state;
      if (seen instanceof Outcome<?> || seen instanceof Waiter.Seal || endIfLost()) {
        return false;
      }
      waiter.next = (Waiter) seen;
      if (STATE.compareAndSet(this, seen, waiter)) {
        return true;
      }
    }
  }

  /** Turns newcomers away from now on, if no follower waits now; returns whether it did. */
  boolean sealIfUnshared() {
    while (true) {
      Object seen = state;
      if (seen instanceof Outcome<?> || seen instanceof Waiter.Seal) {
        return false;
      }
      Waiter head = (Waiter) seen;
      if (Waiter.countFollowers(head) > 0) {
        return false;
      }
      if (STATE.compareAndSet(this, seen, new Waiter.Seal(head))) {
        return true;
      }
    }
  }

  /**
   * Runs the loader on the caller's own thread, which leads. Whatever is thrown, the caller calls
   * it {@link #LOST}, for the stack may have run out before this method was entered.
   */
  <X extends Exception> V lead(Loader<? super K, ? extends V, X> loader) throws X {
    V value;
    try {
      value = loader.load(key);
    } catch (Throwable t) {
      fail(t, false);
      throw t;
    }
    succeed(value, false);
    return value;
  }

  /** Runs the loader on a thread that is no caller's; does nothing if it ran or failed already. */
  void leadDetached(Loader<? super K, ? extends V, ?> loader) {
    if (outcome() != null || !RUNNER.compareAndSet(this, null, Thread.currentThread())) {
      return;
    }
    try {
      V value;
      try {
        value = loader.load(key);
      } catch (Throwable t) {
        fail(t, true);
        return;
      }
      succeed(value, true);
    } catch (Throwable t) {
      runner = LOST;
      throw t;
    }
  }

  private void succeed(V value, boolean detached) {
    try {
      unmap();
    } finally {
      // Even if the key's equals throws: whoever finds a landed flight mapped removes it.
      if (state != null || !STATE.compareAndSet(this, null, UNSHARED)) {
        land(new Outcome.Success<>(value), detached);
      }
    }
  }

  /**
   * Ends the flight with a failure, unless it has ended already.
   *
   * @param detached whether this thread is no caller's, so that it may run dependents of futures
   */
  void fail(Throwable cause, boolean detached) {
    try {
      unmap();
    } catch (Throwable t) {
      // The callers are owed the loader's failure, not that of a key which cannot be found again.
    }
    land(new Outcome.Failure<>(cause), detached);
  }

  private void unmap() {
    table.unmap(key, this);
  }

  private void land(Outcome<V> outcome, boolean detached) {
    while (true) {
      Object seen = state;
      if (seen instanceof Outcome<?>) {
        return;
      }
      if (seen instanceof Waiter.Seal seal) {
        // Nobody joins any more, so the followers can be counted once.
        outcome.followers = Waiter.countFollowers(seal);
        if (STATE.compareAndSet(this, seal, outcome)) {
          Wakeup.wake(seal, outcome, table.threads, detached);
          return;
        }
      } else if (!STATE.compareAndSet(this, seen, new Waiter.Seal((Waiter) seen))) {
        Thread.onSpinWait();
      }
    }
  }

  /** Ends the flight if the thread that ran it is no more; returns whether that is so. */
  @CanIgnoreReturnValue
  boolean endIfLost() {
    Thread thread = runner;
    if (thread == null || thread.isAlive() || outcome() != null) {
      return false;
    }
    fail(
        new IllegalStateException(
            "The thread that led the flight of " + describe() + " ended before its load did"),
        false);
    return true;
  }

  /** Notes that a waiter gave up. The load goes on. */
  void depart() {
    if ((++departures & SWEEP_MASK) == 0 && state instanceof Waiter head) {
      Waiter.unlinkGone(head);
    }
  }

  /** Names the key, and the group if that has a name. Runs the key's {@code toString}. */
  String describe() {
    String text;
    try {
      text = String.valueOf(key);
    } catch (RuntimeException e) {
      // A message must not fail for want of a word.
      text = key.getClass().getName();
    }
    return table.name == null ? "key " + text : "key " + text + " of group " + table.name;
  }
}
