package dev.singleflight;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How a load gets a thread: its turn first, if the group is limited; then the caller's thread, the
 * executor's or one of the group's own. Whatever goes wrong on the way fails the load.
 */
final class LoadStart {

  private final @Nullable HandOver handOver;
  private final @Nullable LoadContext context;
  private final DetachedThreads threads;
  private final @Nullable InFlightLimit limit;

  LoadStart(
      @Nullable Executor executor,
      @Nullable LoadContext context,
      DetachedThreads threads,
      @Nullable InFlightLimit limit) {
    this.handOver = executor == null ? null : new HandOver(executor, threads);
    this.context = context;
    this.threads = threads;
    this.limit = limit;
  }

  /** Runs a load on this thread if that is wanted and it need not wait, else detached. */
  void start(Load load, boolean attached) {
    try {
      if (limit == null) {
        startNow(load, attached);
      } else {
        // The context is this thread's, so it has to be taken before the load waits for its turn.
        Runnable task = task(load);
        switch (load.turn().take(() -> depart(load, task))) {
          case TAKEN -> {
            if (attached) {
              load.run(false);
            } else {
              depart(load, task);
            }
          }
          case REFUSED -> load.fail(new FlightRejectedException(limit.describe()), false);
          case QUEUED -> {}
        }
      }
    } catch (Throwable t) {
      load.fail(t, false);
    }
  }

  private void startNow(Load load, boolean attached) {
    if (attached) {
      load.run(false);
    } else {
      depart(load, task(load));
    }
  }

  /** Returns a task that runs the load on no caller's thread, with what the context carries. */
  private Runnable task(Load load) {
    if (context == null) {
      return () -> load.run(true);
    }
    Runnable wrapped = context.wrap(() -> load.run(true));
    return () -> {
      try {
        wrapped.run();
        if (!load.isUnderWay()) {
          throw new IllegalStateException(
              "The load context's task returned without having run the load: " + context);
        }
      } catch (Throwable t) {
        if (load.isUnderWay()) {
          // The callers have the load's outcome; this is for the thread's own handler.
          throw t;
        }
        load.fail(t, true);
      }
    };
  }

  private void depart(Load load, Runnable task) {
    try {
      if (handOver == null) {
        threads.start(task);
      } else {
        handOver.start(load, task);
      }
    } catch (Throwable t) {
      load.fail(t, false);
    }
  }
}
