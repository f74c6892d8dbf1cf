package dev.singleflight.shared;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Time as it passes, and a daemon thread that does what is due. */
final class SystemTierClock implements TierClock {

  private static final System.Logger LOGGER = System.getLogger(SharedTier.class.getName());

  private final ScheduledThreadPoolExecutor timer;

  SystemTierClock(String name) {
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread =
                  new Thread(
                      null, task, "singleflight-tier-" + name, 0, /* inheritThreadLocals= */ false);
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer.setRejectedExecutionHandler((task, executor) -> {});
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Task schedule(Runnable task, long delayNanos) {
    ScheduledFuture<?> future =
        timer.schedule(() -> runLogged(task), delayNanos, TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private static void runLogged(Runnable task) {
    try {
      task.run();
    } catch (Throwable t) {
      LOGGER.log(System.Logger.Level.ERROR, "A task of a shared tier failed", t);
    }
  }

  @Override
  public boolean await(CompletableFuture<?> future, long nanos) {
    boolean interrupted = false;
    long end = nanoTime() + nanos;
    try {
      while (true) {
        try {
          return awaitInterruptibly(future, end - nanoTime());
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean awaitInterruptibly(CompletableFuture<?> future, long nanos)
      throws InterruptedException {
    try {
      Object unused = future.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException | CancellationException e) {
      return true;
    } catch (TimeoutException e) {
      return future.isDone();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
