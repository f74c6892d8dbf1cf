package dev.singleflight.shared;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whether the engine is used now, and what has to be made up for before it is used again.
 *
 * <p>A {@link Pass} is the leave to use it. There is none from when the engine is known to be out
 * of reach: it said so, {@value TierOptions#FAILURES_TO_BYPASS} steps in a row failed or were late,
 * or one invalidation did. Then the engine is probed from time to time, and before there is a new
 * pass, in this order:
 *
 * <ol>
 *   <li>a probe was answered;
 *   <li>all invalidations that were not acknowledged have been;
 *   <li>loaders have dropped what they had cached, since messages may have been missed;
 *   <li>no invalidation has been added meanwhile, which is looked at under the lock under which
 *       they are added, and the engine has not been lost once more.
 * </ol>
 *
 * <p>The new pass takes no value from the tier that is older than itself. So where the engine was
 * out of reach of several processes, one that is back sooner than the one that invalidated
 * something meanwhile does not serve what that has yet to remove.
 */
final class Circuit implements TierEngine.Listener {

  /** The leave to use the engine, told from earlier ones by identity. */
  static final class Pass {
    /** The age of the oldest value to be taken is the time since then; null for any age. */
    private final @Nullable Long sinceNanos;

    private Pass(@Nullable Long sinceNanos) {
      this.sinceNanos = sinceNanos;
    }

    /** Returns the greatest age of a value to be taken now, but no more than what is wanted. */
    long maxAge(long wantedNanos, long now) {
      return sinceNanos == null ? wantedNanos : Math.min(wantedNanos, now - sinceNanos);
    }
  }

  private final TierEngine engine;
  private final TierOptions options;
  private final TierClock clock;
  private final TierCounters counters;
  private final Warnings warnings;
  private final Runnable dropCopies;
  private final Runnable wakeWaiters;
  private final AtomicInteger failuresInARow = new AtomicInteger();

  private final Object lock = new Object();

  /** Written under the lock. */
  private volatile @Nullable Pass pass;

  @GuardedBy("lock")
  private final PendingInvalidations pending;

  @GuardedBy("lock")
  private boolean connected;

  @GuardedBy("lock")
  private boolean recovering;

  @GuardedBy("lock")
  private boolean closed;

  /** Done when there is a first pass. */
  private final CompletableFuture<Boolean> begun = new CompletableFuture<>();

  /** Counts how often the engine was lost or found. */
  @GuardedBy("lock")
  private long turns;

  /**
   * Creates a circuit without a pass: the engine tells when it can be reached.
   *
   * @param dropCopies drops what loaders have cached
   * @param wakeWaiters wakes those who wait for something to be told
   */
  Circuit(
      TierEngine engine,
      TierOptions options,
      TierClock clock,
      TierCounters counters,
      Warnings warnings,
      Runnable dropCopies,
      Runnable wakeWaiters) {
    this.engine = engine;
    this.options = options;
    this.clock = clock;
    this.counters = counters;
    this.warnings = warnings;
    this.dropCopies = dropCopies;
    this.wakeWaiters = wakeWaiters;
    this.pending = new PendingInvalidations(options.tier());
  }

  /** Returns the leave to use the engine now, or null. */
  @Nullable Pass pass() {
    return pass;
  }

  /** Returns what is done when the engine has been reached for the first time. */
  CompletableFuture<Boolean> begun() {
    return begun;
  }

  /**
   * Returns what a step came to, or null if it failed or is late; waits whatever interrupts. Of
   * several steps that were sent together, those that are awaited when there is no pass any more
   * are late at once.
   */
  <T> @Nullable T await(CompletionStage<T> step) {
    counters.engineCalls.increment();
    CompletableFuture<T> future = step.toCompletableFuture();
    if (!clock.await(future, pass == null ? 0 : options.callTimeout.toNanos())) {
      counters.engineTimeouts.increment();
      failed(null);
      return null;
    }
    try {
      T result = future.join();
      failuresInARow.set(0);
      return result;
    } catch (RuntimeException e) {
      counters.engineFailures.increment();
      failed(e);
      return null;
    }
  }

  private void failed(@Nullable Throwable cause) {
    if (failuresInARow.incrementAndGet() >= TierOptions.FAILURES_TO_BYPASS) {
      bypass(TierOptions.FAILURES_TO_BYPASS + " steps in a row failed or were late", cause);
    }
  }

  /**
   * Tells the engine of an invalidation and waits; remembers it if that cannot be reached. When
   * this returns either all processes see it, or this one has no pass until they do.
   */
  void invalidate(Invalidation invalidation, String origin) {
    counters.invalidations.increment();
    synchronized (lock) {
      if (pass == null) {
        pending.add(invalidation);
        return;
      }
    }
    CompletionStage<Boolean> step = invalidation.send(engine, origin).thenApply(nothing -> true);
    if (await(step) == null) {
      synchronized (lock) {
        pending.add(invalidation);
        // Added first: between the two a recovery could find nothing to make up for.
        bypass("an invalidation was not acknowledged", null);
      }
    }
  }

  long pendingInvalidations() {
    synchronized (lock) {
      return pending.size();
    }
  }

  @Override
  public void connected() {
    synchronized (lock) {
      turns++;
      connected = true;
      startRecovery(0);
    }
  }

  @Override
  public void disconnected() {
    synchronized (lock) {
      turns++;
      connected = false;
      bypass("the engine is out of reach", null);
    }
  }

  @Override
  public void told(Event event) {
    throw new UnsupportedOperationException("events are for others");
  }

  void close() {
    synchronized (lock) {
      closed = true;
      pass = null;
    }
    wakeWaiters.run();
  }

  private void bypass(String reason, @Nullable Throwable cause) {
    synchronized (lock) {
      if (pass == null) {
        return;
      }
      pass = null;
      counters.outages.increment();
      startRecovery(options.recoveryInterval.toNanos());
    }
    log(System.Logger.Level.WARNING, reason + "; each process loads by itself for now", cause);
    wakeWaiters.run();
  }

  /** Logs, but not while the lock is held: who knows what a logger does. */
  private void log(System.Logger.Level level, String message, @Nullable Throwable cause) {
    TierClock.Task unused = clock.schedule(() -> warnings.log(level, message, cause), 0);
  }

  @GuardedBy("lock")
  private void startRecovery(long delayNanos) {
    if (!recovering && connected && !closed && pass == null) {
      recovering = true;
      TierClock.Task unused = clock.schedule(this::probe, delayNanos);
    }
  }

  private void probe() {
    inTime(engine.probe(options.tier()), this::replay);
  }

  private void replay() {
    Map<Invalidation, Long> todo;
    synchronized (lock) {
      todo = pending.copy();
    }
    // Of no origin: who has invalidated something has dropped its own copy, but others of this
    // process may have one.
    CompletableFuture<?>[] steps =
        todo.keySet().stream()
            .map(invalidation -> invalidation.send(engine, "").toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    counters.engineCalls.add(steps.length);
    inTime(
        CompletableFuture.allOf(steps),
        () -> {
          synchronized (lock) {
            pending.told(todo);
          }
          resume();
        });
  }

  private void resume() {
    long turn;
    synchronized (lock) {
      turn = turns;
    }
    dropCopies.run();
    synchronized (lock) {
      if (closed || !connected) {
        recovering = false;
        return;
      }
      if (turn == turns && pending.isEmpty()) {
        recovering = false;
        failuresInARow.set(0);
        pass = new Pass(begun.isDone() ? clock.nanoTime() : null);
        if (!begun.complete(true)) {
          log(System.Logger.Level.INFO, "the engine is used again", null);
        }
        return;
      }
    }
    replay();
  }

  /** Goes on when a step has succeeded; if it has not in time, begins again later. */
  private void inTime(CompletionStage<?> step, Runnable next) {
    AtomicBoolean over = new AtomicBoolean();
    TierClock.Task timeout =
        clock.schedule(
            () -> {
              if (over.compareAndSet(false, true)) {
                tryLater();
              }
            },
            options.callTimeout.toNanos());
    CompletionStage<?> unused =
        step.whenComplete(
            (result, failure) -> {
              timeout.cancel();
              if (!over.compareAndSet(false, true)) {
                return;
              }
              if (failure != null) {
                tryLater();
                return;
              }
              // Not on the engine's own thread: what follows waits for locks of loaders' caches.
              TierClock.Task unusedToo = clock.schedule(next, 0);
            });
  }

  private void tryLater() {
    synchronized (lock) {
      recovering = false;
      startRecovery(options.recoveryInterval.toNanos());
    }
  }
}
