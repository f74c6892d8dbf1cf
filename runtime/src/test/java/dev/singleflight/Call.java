package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A call made on a thread of its own, whose progress a test can await. */
final class Call<T extends @Nullable Object> {

  /** Less where hanging is an expected result, as it is of many mutations. */
  static final long PATIENCE_SECONDS = Long.getLong("singleflight.patienceSeconds", 20);

  private final FutureTask<T> task;
  final Thread thread;

  private Call(Callable<T> callable) {
    task = new FutureTask<>(callable);
    thread = new Thread(task, "caller");
    thread.setDaemon(true);
  }

  static <T extends @Nullable Object> Call<T> start(Callable<T> callable) {
    Call<T> call = new Call<>(callable);
    call.thread.start();
    return call;
  }

  /** Waits until the caller is parked on a flight, so that it has certainly joined it. */
  @CanIgnoreReturnValue
  Call<T> awaitWaiting() {
    awaitTrue(() -> isWaitingForFlight() || task.isDone());
    assertThat(isWaitingForFlight()).as("waiting for a flight").isTrue();
    return this;
  }

  boolean isWaitingForFlight() {
    Thread.State state = thread.getState();
    return (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING)
        && LockSupport.getBlocker(thread) instanceof Flight<?, ?>;
  }

  boolean isDone() {
    return task.isDone();
  }

  @SuppressWarnings("NullAway") // T says whether the callable returns null
  T get() {
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the call did not return", e);
    }
  }

  Throwable failure() {
    try {
      T value = task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      throw new AssertionError("the call returned " + value);
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    } catch (Exception e) {
      throw new AssertionError("the call did not fail", e);
    }
  }

  static void awaitTrue(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      LockSupport.parkNanos(50_000);
    }
  }
}
