package dev.singleflight;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One caller's future of a flight. Whatever its owner does to it, the flight only ever notices that
 * one waiter less is there.
 *
 * <p>A thread that waits for it is known to wait for the flight. Futures derived from it are plain:
 * some of them, such as the first of two, may well complete without it.
 */
final class FlightFuture<V extends @Nullable Object> extends CompletableFuture<V> {

  private static final VarHandle FLIGHT;

  static {
    try {
      FLIGHT = MethodHandles.lookup().findVarHandle(FlightFuture.class, "flight", Flight.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Null before the caller has boarded, and once the outcome is here. */
  private volatile @Nullable Flight<?, V> flight;

  private boolean leads;

  /**
   * For the caller, before it gives the future out.
   *
   * @param leading whether the caller leads
   */
  void board(Flight<?, V> boarded, boolean leading) {
    leads = leading;
    if (!isDone()) {
      flight = boarded;
    }
  }

  void complete(Outcome<V> outcome) {
    flight = null;
    outcome.completeInto(this);
  }

  @Override
  public V get() throws InterruptedException, ExecutionException {
    WaitGraph.Wait wait = aboutToWait();
    try {
      return super.get();
    } finally {
      end(wait);
    }
  }

  @Override
  public V get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    WaitGraph.Wait wait = timeout > 0 ? aboutToWait() : null;
    try {
      return super.get(timeout, unit);
    } finally {
      end(wait);
    }
  }

  @Override
  public V join() {
    WaitGraph.Wait wait = aboutToWait();
    try {
      return super.join();
    } finally {
      end(wait);
    }
  }

  private WaitGraph.@Nullable Wait aboutToWait() {
    Flight<?, V> awaited = flight;
    if (awaited == null || isDone()) {
      return null;
    }
    if (Thread.currentThread() instanceof ForkJoinWorkerThread) {
      // While it waits here a worker may run other tasks, so that it would be wrong to tell others
      // that it is stuck. It can still look whether it would be.
      WaitGraph.check(awaited, this);
      return null;
    }
    return WaitGraph.enter(awaited, this);
  }

  private static void end(WaitGraph.@Nullable Wait wait) {
    if (wait != null) {
      wait.exit();
    }
  }

  @Override
  @CanIgnoreReturnValue
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    depart();
    return cancelled;
  }

  @Override
  @CanIgnoreReturnValue
  public boolean completeExceptionally(Throwable cause) {
    boolean completed = super.completeExceptionally(cause);
    depart();
    return completed;
  }

  @Override
  @CanIgnoreReturnValue
  public boolean complete(V value) {
    boolean completed = super.complete(value);
    depart();
    return completed;
  }

  @SuppressWarnings("unchecked") // what board() was given
  private void depart() {
    Flight<?, V> left = (Flight<?, V>) FLIGHT.getAndSet(this, null);
    if (left != null) {
      left.depart(leads);
    }
  }

  /** The future's node: apart from it, so that its owner's hold does not keep the other waiters. */
  static final class Node<V extends @Nullable Object> extends Waiter {
    final FlightFuture<V> future;

    Node(FlightFuture<V> future) {
      this.future = future;
    }

    @Override
    int kind() {
      return FUTURE;
    }

    @Override
    boolean isGone() {
      return future.isDone();
    }
  }
}
