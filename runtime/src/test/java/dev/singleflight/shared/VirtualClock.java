package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A clock that goes when the test says so, and does what is due on one thread, as the real one.
 * {@link #settle} tells when that has nothing more to do.
 */
final class VirtualClock implements TierClock {

  static final long PATIENCE_SECONDS = 20;

  private record Due(long at, long number, Runnable task) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(
          (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.number, b.number));
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread one = new Thread(task, "virtual-clock");
            one.setDaemon(true);
            return one;
          });
  private long now;
  private long scheduled;
  private int awaiting;

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized Task schedule(Runnable task, long delayNanos) {
    Due due = new Due(now + Math.max(0, delayNanos), scheduled++, task);
    queue.add(due);
    runDue();
    return () -> {
      synchronized (this) {
        queue.remove(due);
      }
    };
  }

  private synchronized void runDue() {
    while (!queue.isEmpty() && queue.peek().at <= now) {
      Runnable task = queue.remove().task;
      if (!thread.isShutdown()) {
        thread.execute(task);
      }
    }
  }

  /** Lets time pass, and returns when what became due has been done. */
  void advance(Duration duration) {
    long until;
    synchronized (this) {
      until = now + duration.toNanos();
    }
    while (true) {
      settle();
      synchronized (this) {
        long next = queue.isEmpty() ? until : Math.min(until, queue.peek().at);
        now = Math.max(now, next);
        runDue();
        if (now == until && (queue.isEmpty() || queue.peek().at > now)) {
          break;
        }
      }
    }
    settle();
  }

  /** Returns when nothing is due that has not been done. */
  void settle() {
    try {
      // Twice: what the first did may have made something due.
      for (int i = 0; i < 4; i++) {
        Future<?> turn = thread.submit(() -> {});
        Object unused = turn.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns when that many threads wait for something, each until a time that is yet to come. */
  void awaitWaiting(int threads) throws InterruptedException {
    synchronized (this) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (awaiting < threads) {
        if (System.nanoTime() - end >= 0) {
          throw new AssertionError(awaiting + " threads wait, and not " + threads);
        }
        wait(100);
      }
    }
  }

  /**
   * Lets time pass, a step at a time, until something is done for which one thread waits. After
   * each step that thread has waited again, or is done.
   */
  void passUntilDone(CompletableFuture<?> future, Duration step, Duration atMost)
      throws InterruptedException {
    for (Duration passed = Duration.ZERO; !future.isDone(); passed = passed.plus(step)) {
      assertThat(passed).isLessThan(atMost);
      advance(step);
      awaitAgain(future);
    }
  }

  private synchronized void awaitAgain(CompletableFuture<?> future) throws InterruptedException {
    while (awaiting == 0 && !future.isDone()) {
      wait(1);
    }
  }

  @Override
  public boolean await(CompletableFuture<?> future, long nanos) {
    try {
      return awaitInterruptibly(future, nanos);
    } catch (InterruptedException e) {
      boolean done = await(future, nanos);
      Thread.currentThread().interrupt();
      return done;
    }
  }

  @Override
  public boolean awaitInterruptibly(CompletableFuture<?> future, long nanos)
      throws InterruptedException {
    if (future.isDone() || nanos <= 0) {
      return future.isDone();
    }
    CompletableFuture<Void> late = new CompletableFuture<>();
    Task timeout = schedule(() -> late.complete(null), nanos);
    synchronized (this) {
      awaiting++;
      notifyAll();
    }
    // It waits no more as soon as it is woken, before it knows of that.
    CompletableFuture<?> either =
        CompletableFuture.anyOf(future, late).handle((result, failure) -> woken());
    try {
      Object unused = either.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("time has stood still", e);
    } finally {
      timeout.cancel();
      if (!either.isDone()) {
        late.complete(null);
      }
    }
    return future.isDone();
  }

  private synchronized boolean woken() {
    awaiting--;
    return true;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
