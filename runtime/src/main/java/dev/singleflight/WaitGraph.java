package dev.singleflight;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Which thread waits for which flight, of all groups: with each flight's runner, the graph in which
 * a circle is a deadlock. Only threads that are about to wait enter it.
 *
 * <p><b>No circle is missed.</b> A thread first enters its own wait and then, behind a full fence,
 * follows the others'. Of the threads that close a circle, the one whose fence is last sees the
 * waits of all others. A runner that is not there yet is no gap: its thread is yet to wait, and
 * will look then.
 *
 * <p><b>No circle is made up.</b> Walking takes time, and what was seen first may be over when the
 * last is seen. So a circle is gone through a second time, after the whole of the first. A wait is
 * an object of its own and is never entered twice, a flight keeps its runner and lands once: what
 * is found unchanged held all the time in between, so all of it held at once. The thread that looks
 * is itself the runner of the last flight, and stays that while it looks.
 */
final class WaitGraph {

  private static final ConcurrentMap<Thread, Wait> WAITS = new ConcurrentHashMap<>();

  private WaitGraph() {}

  /**
   * Enters the current thread's wait; the caller exits it.
   *
   * @param future what is waited for if not the flight itself: it may be completed by others, too
   * @throws RecursiveLoadException if the wait would close a circle; it is not entered then
   */
  static Wait enter(Flight<?, ?> flight, @Nullable Future<?> future) {
    Wait wait = new Wait(Thread.currentThread(), flight, future);
    wait.outer = WAITS.put(wait.thread, wait);
    List<Wait> circle;
    try {
      VarHandle.fullFence();
      circle = findCircle(wait);
    } catch (Throwable t) {
      wait.exit();
      throw t;
    }
    if (circle != null) {
      wait.exit();
      flight.recursionRefused();
      throw new RecursiveLoadException(describe(circle));
    }
    return wait;
  }

  /** Throws if the current thread's wait would close a circle, without telling others about it. */
  static void check(Flight<?, ?> flight, Future<?> future) {
    List<Wait> circle = findCircle(new Wait(Thread.currentThread(), flight, future));
    if (circle != null) {
      flight.recursionRefused();
      throw new RecursiveLoadException(describe(circle));
    }
  }

  /** Returns the waits of a circle that starts with one's own, or null if there is none. */
  private static @Nullable List<Wait> findCircle(Wait own) {
    List<Wait> path = new ArrayList<>(1);
    path.add(own);
    Flight<?, ?> flight = own.flight;
    Wait mark = own;
    while (true) {
      Thread runner = flight.runner;
      if (runner == null || flight.outcome() != null) {
        return null;
      }
      if (runner == own.thread) {
        return isStanding(path) ? path : null;
      }
      Wait next = WAITS.get(runner);
      // Meeting a mark means that others wait in a circle that is theirs to break (Brent's method).
      if (next == null || next.isOver() || next == mark) {
        return null;
      }
      if (Integer.bitCount(path.size()) == 1) {
        mark = next;
      }
      path.add(next);
      flight = next.flight;
    }
  }

  private static boolean isStanding(List<Wait> circle) {
    for (int i = 0; i < circle.size(); i++) {
      Wait wait = circle.get(i);
      Wait next = circle.get((i + 1) % circle.size());
      boolean entered = i == 0 || WAITS.get(wait.thread) == wait;
      if (!entered || wait.flight.runner != next.thread || wait.isOver()) {
        return false;
      }
    }
    return true;
  }

  private static String describe(List<Wait> circle) {
    Wait last = circle.get(circle.size() - 1);
    StringBuilder text =
        new StringBuilder("The load of ").append(last.flight.describe()).append(" would wait for ");
    if (circle.size() == 1) {
      return text.append("itself").toString();
    }
    text.append(circle.get(0).flight.describe());
    for (Wait wait : circle.subList(1, circle.size())) {
      text.append(", whose load waits for ").append(wait.flight.describe());
    }
    return text.toString();
  }

  /** One wait of one thread. */
  static final class Wait {
    private final Thread thread;
    private final Flight<?, ?> flight;
    private final @Nullable Future<?> future;

    /** The wait of the same thread in which this one began. Used by that thread only. */
    private @Nullable Wait outer;

    private Wait(Thread thread, Flight<?, ?> flight, @Nullable Future<?> future) {
      this.thread = thread;
      this.flight = flight;
      this.future = future;
    }

    private boolean isOver() {
      return flight.outcome() != null || (future != null && future.isDone());
    }

    void exit() {
      if (outer == null) {
        WAITS.remove(thread);
      } else {
        WAITS.put(thread, outer);
      }
    }
  }
}
