package dev.singleflight;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands loads to a user's executor, on a thread that is no caller's. For the executor may do on the
 * thread that calls it what must not touch a caller of ours: run the load, block until there is
 * room, or create a thread, which would inherit the caller's inheritable thread-locals for good.
 *
 * <p>A new virtual thread for each costs next to nothing; a new platform thread costs more than
 * many a load. So where there are only those they are used again, but never to run a load, which
 * might leave something behind: a load that the executor runs in place moves to a new thread.
 */
final class HandOver {

  private static final int IDLE_SECONDS = 10;

  private static final @Nullable Executor KEPT_THREADS =
      VirtualThreads.FACTORY != null
          ? null
          : new ThreadPoolExecutor(
              0,
              Integer.MAX_VALUE,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new SynchronousQueue<>(),
              task -> DetachedThreads.asDaemon(new KeptThread(task)));

  private final Executor executor;
  private final DetachedThreads threads;

  HandOver(Executor executor, DetachedThreads threads) {
    this.executor = executor;
    this.threads = threads;
  }

  /**
   * Has the executor run a task.
   *
   * @param load failed if that goes wrong
   */
  void start(Load load, Runnable task) {
    if (KEPT_THREADS == null) {
      threads.start(() -> execute(load, task));
    } else {
      KEPT_THREADS.execute(() -> threads.lend(() -> execute(load, () -> runElsewhere(load, task))));
    }
  }

  private void execute(Load load, Runnable task) {
    try {
      executor.execute(task);
    } catch (Throwable t) {
      load.fail(t, true);
    }
  }

  private void runElsewhere(Load load, Runnable task) {
    if (!(Thread.currentThread() instanceof KeptThread)) {
      task.run();
      return;
    }
    try {
      threads.start(task);
    } catch (Throwable t) {
      load.fail(t, true);
    }
  }

  private static final class KeptThread extends Thread {
    KeptThread(Runnable task) {
      super(null, task, "singleflight-hand-over", 0, /* inheritThreadLocals= */ false);
    }
  }
}
