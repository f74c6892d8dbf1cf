// Over 400 lines: one state machine, whose steps are only right beside each other.
package dev.singleflight;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

// Over 400 lines: its fields are one state machine, whose arguments have to be read together.
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
 * join looks again and finds another flight or none. A flight whose only caller is its leader, on
 * its own thread, ends without an outcome: see {@link #end}.
 *
 * <p>The runner goes from null to the thread that runs the loader and stays there: with {@link
 * WaitGraph} it tells who waits for whom.
 *
 * <p>Four references and a number: the object is as small as a map's entry. Whoever wants to know
 * more of a flight than its callers do has a {@link TrackedFlight}.
 */
class Flight<K, V extends @Nullable Object> {

  private static final VarHandle END;
  private static final VarHandle STATE;
  private static final VarHandle RUNNER;

  /**
   * The runner of a flight that its thread could not end: it never was alive. With no stack left,
   * nothing can be called, but a field can still be written; those who join or wait look at it. In
   * a flight that has landed it means nothing.
   */
  static final Thread LOST =
      new Thread(null, null, "singleflight-lost", 0, /* inheritThreadLocals= */ false);

  /** The lone leader is about to end the flight, and no longer runs the loader. */
  private static final int ENDING = 1;

  /** The lone leader has ended the flight without a look at whoever came later. */
  private static final int ENDED = 2;

  static {
    // It stays for good, and so would the class loader of whoever happens to make the first call.
    LOST.setContextClassLoader(null);
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      END = lookup.findVarHandle(Flight.class, "end", int.class);
      STATE = lookup.findVarHandle(Flight.class, "state", Object.class);
      RUNNER = lookup.findVarHandle(Flight.class, "runner", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** How many give up between two sweeps: sweeping each time would be quadratic. */
  private static final int SWEEP_MASK = 63;

  private static final int SPINS = 1_000;
  private static final long SPIN_PAUSE_NANOS = 10_000;

  final FlightTable<K, V> table;
  final K key;
  private volatile @Nullable Object state;

  /** The thread that runs the loader, {@link #LOST}, or null if none has begun. */
  volatile @Nullable Thread runner;

  /** Where the end of a lone leader's flight has come to; zero in all others. */
  private volatile int end;

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
    if (leader != null) {
      leader.pushOn(null);
      STATE.set(this, leader);
    }
  }

  /** Returns how the flight ended, or null while it has not. */
  @SuppressWarnings("unchecked") // what land() was given
  final @Nullable Outcome<V> outcome() {
    return state instanceof Outcome<?> outcome ? (Outcome<V>) outcome : null;
  }

  /** Returns how many followers waited when the flight ended; for its leader. */
  final int followers() {
    Outcome<V> outcome = outcome();
    return outcome == null ? 0 : outcome.followers;
  }

  /** Returns the uppermost of those who wait, or null if nobody does, or the flight has landed. */
  final @Nullable Waiter waiters() {
    return state instanceof Waiter head ? head : null;
  }

  /** Adds a waiter, unless the flight has ended, has been sealed, or has lost its thread. */
  final boolean join(Waiter waiter) {
    while (true) {
      Object seen = state;
      if (seen instanceof Outcome<?> || seen instanceof Waiter.Seal || isEnding() || endIfLost()) {
        return false;
      }
      waiter.pushOn((Waiter) seen);
      if (STATE.compareAndSet(this, seen, waiter)) {
        return !isEnding() || !isMissed();
      }
    }
  }

  private boolean isEnding() {
    return end != 0;
  }

  /**
   * Finds out whether the lone leader ended the flight without having seen a waiter that was added
   * just then. If so, nobody will ever look at what hangs on this flight.
   */
  private boolean isMissed() {
    for (int looks = 0; ; looks++) {
      if (state instanceof Outcome<?> || state instanceof Waiter.Seal) {
        return false;
      }
      if (end == ENDED) {
        return true;
      }
      if (looks < SPINS) {
        Thread.onSpinWait();
      } else {
        // The leader has but a few instructions to go, yet may have lost its processor.
        LockSupport.parkNanos(this, SPIN_PAUSE_NANOS);
        endIfLost();
      }
    }
  }

  /** Turns newcomers away from now on, if no follower waits now; returns whether it did. */
  final boolean sealIfUnshared() {
    return sealUnless(Waiter::isFollower);
  }

  /** Turns newcomers away from now on, if nobody waits now; returns whether nobody ever will. */
  final boolean sealIfDeserted() {
    return sealUnless(Waiter::isPresent) || (state instanceof Waiter.Seal && isDeserted());
  }

  /** Returns whether all who waited have left; false if none has to wait. */
  final boolean isDeserted() {
    return state instanceof Waiter head && !Waiter.any(head, Waiter::isPresent);
  }

  private boolean sealUnless(Predicate<Waiter> keepsOpen) {
    while (true) {
      Object seen = state;
      if (seen instanceof Outcome<?> || seen instanceof Waiter.Seal || end == ENDED) {
        return false;
      }
      Waiter head = (Waiter) seen;
      if (Waiter.any(head, keepsOpen)) {
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
  final <X extends Exception> V lead(Loader<? super K, ? extends V, X> loader) throws X {
    V value;
    try {
      value = load(loader);
    } catch (Throwable t) {
      fail(t, false);
      throw t;
    }
    end(value);
    return value;
  }

  /**
   * Ends the flight of a lone leader, which for want of anybody to tell writes no outcome: that
   * would cost it an atomic write, a tenth of the whole call.
   *
   * <p>It marks the flight as ending, unmaps it, and only then looks whether anybody waits. A
   * follower adds itself and only then looks for the mark. Each writes before it reads, with an
   * atomic operation in between: the follower's own, and those of the map. So at least one of them
   * sees the other. If it is the leader, it lands the flight as any other. If it is the follower
   * alone, it waits until the leader has decided, and looks for another flight if it was missed. A
   * flight that was unmapped by others, so that the map need not have done anything atomic, lands
   * as any other.
   */
  private void end(V value) {
    END.setRelease(this, ENDING);
    boolean unmapped = false;
    try {
      try {
        unmapped = unmap();
      } finally {
        landing(null);
      }
    } finally {
      if (unmapped && state == null) {
        END.setRelease(this, ENDED);
        landed(null, 0);
      } else {
        // Even if the key's equals throws: whoever finds a landed flight mapped removes it.
        land(new Outcome.Success<>(value), null, false);
      }
    }
  }

  /**
   * Runs the loader on a thread that was not known when the flight was mapped; does nothing if it
   * ran or failed already.
   */
  final void run(Loader<? super K, ? extends V, ?> loader, boolean detached) {
    if (!claim()) {
      return;
    }
    try {
      V value;
      try {
        value = load(loader);
      } catch (Throwable t) {
        fail(t, detached);
        return;
      }
      succeed(value, detached);
    } catch (Throwable t) {
      runner = LOST;
      throw t;
    }
  }

  /** Makes the current thread the runner, unless there is one or the flight has landed. */
  final boolean claim() {
    return outcome() == null && RUNNER.compareAndSet(this, null, Thread.currentThread());
  }

  private <X extends Exception> V load(Loader<? super K, ? extends V, X> loader) throws X {
    begin();
    try {
      return loader.load(key);
    } finally {
      end();
    }
  }

  /** The flight is mapped and its loader yet to be run. */
  void mapped() {}

  /** A follower has joined. */
  void joined() {}

  /** The runner is about to load. */
  void begin() {}

  /** The runner has loaded. */
  void end() {}

  /** The outcome is about to be published, perhaps for the second time; nobody knows it yet. */
  void landing(@Nullable Throwable failure) {}

  /** The outcome has been published, and threads are being woken. */
  void landed(@Nullable Throwable failure, int followers) {}

  /** The flight was unmapped for good before it landed. */
  void forgotten() {}

  /** A thread was refused to wait for this flight, since it would wait for itself. */
  void recursionRefused() {}

  /** Returns the turn of a flight of a limited group. */
  InFlightLimit.Turn turn() {
    throw new UnsupportedOperationException();
  }

  /** Its load is that of other flights, too. */
  void shareLoad() {}

  /** Whether the flight is not to be joined any more, although it has not landed. */
  boolean isTooOld() {
    return false;
  }

  /** Ends the flight with the value that its loader returned. */
  final void succeed(V value, boolean detached) {
    try {
      try {
        boolean unused = unmap();
      } finally {
        landing(null);
      }
    } finally {
      land(new Outcome.Success<>(value), null, detached);
    }
  }

  /**
   * Ends the flight with a failure, unless it has ended already.
   *
   * @param detached whether this thread is no caller's, so that it may run dependents of futures
   */
  final void fail(Throwable cause, boolean detached) {
    try {
      boolean unused = unmap();
    } catch (Throwable t) {
      // The callers are owed the loader's failure, not that of a key which cannot be found again.
    }
    try {
      landing(cause);
    } finally {
      land(new Outcome.Failure<>(cause), cause, detached);
    }
  }

  private boolean unmap() {
    return table.unmap(key, this);
  }

  private void land(Outcome<V> outcome, @Nullable Throwable failure, boolean detached) {
    while (true) {
      Object seen = state;
      if (seen instanceof Outcome<?>) {
        return;
      }
      if (seen instanceof Waiter.Seal seal) {
        Waiter head = seal.next;
        Party party = head == null ? null : head.party();
        if (head != null && party != null) {
          outcome.followers = Math.max(0, head.followers() - party.departed());
          party.land(head);
        }
        if (STATE.compareAndSet(this, seal, outcome)) {
          if (party != null) {
            party.wake();
          }
          try {
            landed(failure, outcome.followers);
          } finally {
            if (head != null && head.with(Waiter.FUTURE)) {
              FutureCompletion.of(head, outcome, table.threads).start(detached);
            }
          }
          return;
        }
      } else if (!STATE.compareAndSet(this, seen, new Waiter.Seal((Waiter) seen))) {
        Thread.onSpinWait();
      }
    }
  }

  /** Ends the flight if the thread that ran it is no more; returns whether that is so. */
  @CanIgnoreReturnValue
  final boolean endIfLost() {
    Thread thread = runner;
    // A lone leader's flight that has ended has no outcome, and its thread may well be dead.
    if (thread == null || thread.isAlive() || outcome() != null || end == ENDED) {
      return false;
    }
    fail(
        new IllegalStateException(
            "The thread that led the flight of " + describe() + " ended before its load did"),
        false);
    return true;
  }

  /**
   * Notes that a waiter gave up. The load goes on.
   *
   * @param leading whether it was the leader's
   */
  void depart(boolean leading) {
    Waiter head = waiters();
    if (head != null && !leading && !(head instanceof Waiter.Seal)) {
      if ((head.party().depart() & SWEEP_MASK) == 0) {
        Waiter.unlinkGone(head);
      }
    }
  }

  /** Names the key, and the group if that has a name. Runs the key's {@code toString}. */
  final String describe() {
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
