package dev.singleflight.proofs.regressions;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Something done on a thread of its own. */
final class Task<T> {

  private static final long PATIENCE_SECONDS = 20;

  private final FutureTask<T> future;
  private final Thread thread;

  private Task(Callable<T> callable) {
    future = new FutureTask<>(callable);
    thread = new Thread(future, "task");
    thread.setDaemon(true);
  }

  static <T> Task<T> start(Callable<T> callable) {
    Task<T> task = new Task<>(callable);
    task.thread.start();
    return task;
  }

  T get() throws Exception {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until the thread is parked on a flight, so that it has certainly joined it. */
  void awaitWaitingForFlight() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!isWaitingForFlight()) {
      if (future.isDone() || System.nanoTime() > deadline) {
        throw new AssertionError("does not wait for a flight");
      }
      Thread.onSpinWait();
    }
  }

  private boolean isWaitingForFlight() {
    Object blocker = LockSupport.getBlocker(thread);
    return blocker != null
        && blocker.getClass().getPackage() == SingleflightGroup.class.getPackage()
        && thread.getState() == Thread.State.TIMED_WAITING;
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
