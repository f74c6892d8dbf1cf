package dev.singleflight;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A flight of a group that wants to know more than its callers do: when the load began, whether
 * anybody still waits, whether it counts against a limit; and that tells what happens to it.
 *
 * <p>The load's phase decides between its end and an interrupt from those who left it:
 *
 * <pre>{@code
 * NEW ──► RUNNING ──────────────────────────────────► OVER
 *  │          └──► INTERRUPTING ──► INTERRUPTED ────────┘
 *  └──────────────── abandoned before it began ─────────┘
 * }</pre>
 *
 * <p>The runner leaves RUNNING by a compare-and-set and waits while it is being interrupted, so no
 * interrupt outlasts the load that it is meant for.
 */
final class TrackedFlight<K, V extends @Nullable Object> extends Flight<K, V> {

  private static final int NEW = 0;
  private static final int RUNNING = 1;
  private static final int INTERRUPTING = 2;
  private static final int INTERRUPTED = 3;
  private static final int OVER = 4;

  private static final VarHandle PHASE;
  private static final VarHandle WAITING;
  private static final VarHandle COUNTED;
  private static final VarHandle DESERTED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      PHASE = lookup.findVarHandle(TrackedFlight.class, "phase", int.class);
      WAITING = lookup.findVarHandle(TrackedFlight.class, "waiting", int.class);
      COUNTED = lookup.findVarHandle(TrackedFlight.class, "counted", boolean.class);
      DESERTED = lookup.findVarHandle(TrackedFlight.class, "deserted", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final @Nullable Observer<K> observer;

  private volatile int phase = NEW;

  /** Written by the runner, before the phase is RUNNING. */
  private long begunNanos;

  /** Written by the runner, before it lands the flight; negative until then. */
  private volatile long loadNanos = -1;

  /** Whether the runner was not inside a load of the group already. */
  private boolean entered;

  /**
   * How many wait, or fewer for a moment: who joins is among the waiters before it is counted here.
   * At zero the waiters themselves are looked at.
   */
  @SuppressWarnings("UnusedVariable") // used by its VarHandle
  private volatile int waiting;

  /** Whether the load's end has been counted. */
  @SuppressWarnings("UnusedVariable") // used by its VarHandle
  private volatile boolean counted;

  /** Whether it has been told that everybody left. */
  @SuppressWarnings("UnusedVariable") // used by its VarHandle
  private volatile boolean deserted;

  private final InFlightLimit.@Nullable Turn turn;

  /** Whether the load is of use to somebody who is not seen to wait: its runner, or other keys. */
  private volatile boolean attended;

  TrackedFlight(
      FlightTable<K, V> table,
      K key,
      @Nullable Thread runner,
      @Nullable Waiter leader,
      @Nullable Observer<K> observer) {
    super(table, key, runner, leader);
    this.observer = observer;
    this.attended = runner != null;
    this.waiting = leader == null ? 0 : 1;
    this.turn = table.limit == null ? null : table.limit.new Turn();
  }

  @Override
  InFlightLimit.Turn turn() {
    return Objects.requireNonNull(turn);
  }

  @Override
  void shareLoad() {
    attended = true;
  }

  @Override
  boolean isTooOld() {
    return table.maxJoinAgeNanos != GroupOptions.ANY_AGE
        && phase != NEW
        && table.nanoTime.getAsLong() - begunNanos >= table.maxJoinAgeNanos;
  }

  @Override
  void mapped() {
    if (observer != null) {
      observer.started(key);
    }
  }

  @Override
  void joined() {
    int unused = (int) WAITING.getAndAdd(this, 1);
    if (turn != null && phase == NEW) {
      turn.expedite();
    }
    if (observer != null) {
      observer.joined(key);
    }
  }

  @Override
  void begin() {
    begunNanos = table.nanoTime.getAsLong();
    if (!PHASE.compareAndSet(this, NEW, RUNNING)) {
      throw abandoned();
    }
    entered = table.limit != null && table.limit.enter();
  }

  @Override
  void end() {
    if (entered && table.limit != null) {
      table.limit.exit();
    }
    if (!PHASE.compareAndSet(this, RUNNING, OVER)) {
      while (phase == INTERRUPTING) {
        Thread.onSpinWait();
      }
      boolean unused = Thread.interrupted();
      phase = OVER;
    }
    loadNanos = Math.max(0, table.nanoTime.getAsLong() - begunNanos);
  }

  @Override
  void landing(@Nullable Throwable failure) {
    if (turn != null) {
      turn.end();
    }
    if (observer != null && COUNTED.compareAndSet(this, false, true)) {
      observer.countLoad(loadNanos >= 0, loadNanos, failure != null);
    }
  }

  @Override
  void landed(@Nullable Throwable failure, int followers) {
    if (observer != null) {
      observer.ended(key, failure, Math.max(0, loadNanos), followers);
    }
  }

  @Override
  void forgotten() {
    if (observer != null) {
      observer.forgotten(key);
    }
  }

  @Override
  void recursionRefused() {
    if (observer != null) {
      observer.recursionRefused(key);
    }
  }

  @Override
  void depart(boolean leading) {
    super.depart(leading);
    if ((int) WAITING.getAndAdd(this, -1) == 1 && !attended) {
      if (table.interruptsAbandoned) {
        if (sealIfDeserted()) {
          abandon();
        }
      } else if (isDeserted()) {
        tellDeserted();
      }
    }
  }

  private void abandon() {
    table.unmap(key, this);
    tellDeserted();
    if (PHASE.compareAndSet(this, NEW, OVER)) {
      fail(abandoned(), false);
    } else if (PHASE.compareAndSet(this, RUNNING, INTERRUPTING)) {
      try {
        Thread running = runner;
        if (running != null) {
          running.interrupt();
        }
      } finally {
        phase = INTERRUPTED;
      }
    }
  }

  private void tellDeserted() {
    if (observer != null && DESERTED.compareAndSet(this, false, true)) {
      observer.abandoned(key);
    }
  }

  private CancellationException abandoned() {
    return new CancellationException(
        "Every caller had left the flight of " + describe() + " before its load began");
  }
}
