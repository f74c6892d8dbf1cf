package dev.singleflight.shared;

import java.util.concurrent.CompletableFuture;

/** All that a tier has to do with time; in tests it goes when the test says so. */
interface TierClock extends AutoCloseable {

  long nanoTime();

  /** Runs something quick once, later, unless it is cancelled before; nothing if this is closed. */
  Task schedule(Runnable task, long delayNanos);

  /** Waits, whatever interrupts, until a future is done; returns false if it is not in time. */
  boolean await(CompletableFuture<?> future, long nanos);

  /** As {@link #await}, but gives up when interrupted. */
  boolean awaitInterruptibly(CompletableFuture<?> future, long nanos) throws InterruptedException;

  @Override
  void close();

  /** Something scheduled. */
  interface Task {
    void cancel();
  }
}
