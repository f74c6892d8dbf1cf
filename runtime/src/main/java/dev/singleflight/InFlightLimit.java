package dev.singleflight;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many loads of a group may run at the same time, and who is next.
 *
 * <p>Each load has a {@link Turn}. A load that is asked for, or waited for, by a thread that runs a
 * load of the same group needs none: it is part of that load, which would else hold the very place
 * that the other waits for.
 */
final class InFlightLimit {

  /** What became of an attempt to take a turn. */
  enum Admission {
    TAKEN,
    QUEUED,
    REFUSED
  }

  private final int max;
  private final SingleflightGroup.WhenFull whenFull;

  /** The threads that run a load of the group now. */
  private final Set<Thread> inside = ConcurrentHashMap.newKeySet();

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private int taken;

  /** Whether a thread is about to start those that are next; it will see to newer ones too. */
  @GuardedBy("lock")
  private boolean starting;

  /** In the order of arrival. */
  @GuardedBy("lock")
  private final Set<Turn> queue = new LinkedHashSet<>();

  InFlightLimit(int max, SingleflightGroup.WhenFull whenFull) {
    this.max = max;
    this.whenFull = whenFull;
  }

  /** Notes that the current thread runs a load; returns whether it did not already. */
  boolean enter() {
    return inside.add(Thread.currentThread());
  }

  void exit() {
    inside.remove(Thread.currentThread());
  }

  boolean isInside() {
    return inside.contains(Thread.currentThread());
  }

  String describe() {
    return "The group has its limit of " + max + " loads under way";
  }

  /**
   * A load's right to be under way. Exists from before its flight is mapped. Its fields, too, are
   * guarded by the limit's lock.
   */
  final class Turn {

    /** Has the load run detached; throws nothing. Null until the turn is to be taken. */
    private @Nullable Runnable start;

    private boolean held;

    /** Whether a load of the group waits for this one, which is therefore part of it. */
    private boolean exempt;

    /** The turn of the whole load, if this is that of another of its flights. */
    private @Nullable Turn whole;

    /** Makes this the turn of a flight that lands by the load of another flight. */
    void mergeInto(Turn other) {
      lock.lock();
      try {
        whole = other;
        other.exempt |= exempt;
      } finally {
        lock.unlock();
      }
    }

    /**
     * Takes the turn now, or queues for it, after which it is started when it is due.
     *
     * @param detachedStart has the load run detached; throws nothing
     */
    Admission take(Runnable detachedStart) {
      lock.lock();
      try {
        if (exempt || isInside()) {
          return Admission.TAKEN;
        }
        if (taken < max) {
          taken++;
          held = true;
          return Admission.TAKEN;
        }
        if (whenFull == SingleflightGroup.WhenFull.REFUSE) {
          return Admission.REFUSED;
        }
        start = detachedStart;
        queue.add(this);
        return Admission.QUEUED;
      } finally {
        lock.unlock();
      }
    }

    /** Lets the load run beyond the limit, if the current thread runs another. */
    void expedite() {
      if (!isInside()) {
        return;
      }
      Runnable due = null;
      lock.lock();
      try {
        Turn turn = whole == null ? this : whole;
        turn.exempt = true;
        if (queue.remove(turn)) {
          due = turn.start;
        }
      } finally {
        lock.unlock();
      }
      if (due != null) {
        due.run();
      }
    }

    /** Gives the turn up, taken or queued, and starts what is next. */
    void end() {
      lock.lock();
      try {
        Turn turn = whole == null ? this : whole;
        queue.remove(turn);
        if (!turn.held) {
          return;
        }
        turn.held = false;
        taken--;
      } finally {
        lock.unlock();
      }
      startNext();
    }
  }

  /**
   * Starts those whose turn it is. One thread at a time does: a load that cannot be started ends
   * its turn at once, and however many of them do so must not use up the stack.
   */
  private void startNext() {
    if (!beginStarting()) {
      return;
    }
    try {
      for (Runnable next = poll(); next != null; next = poll()) {
        next.run();
      }
    } catch (Throwable t) {
      endStarting();
      throw t;
    }
  }

  private boolean beginStarting() {
    lock.lock();
    try {
      if (starting) {
        return false;
      }
      starting = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void endStarting() {
    lock.lock();
    try {
      starting = false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the turn of the load that is next and returns its start; null if none is to start now.
   */
  private @Nullable Runnable poll() {
    lock.lock();
    try {
      Iterator<Turn> first = queue.iterator();
      if (taken == max || !first.hasNext()) {
        starting = false;
        return null;
      }
      Turn next = first.next();
      first.remove();
      next.held = true;
      taken++;
      return next.start;
    } finally {
      lock.unlock();
    }
  }
}
