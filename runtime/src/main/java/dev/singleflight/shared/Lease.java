package dev.singleflight.shared;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * The lease of a load that runs here: makes it good for longer as long as the load runs, but no
 * longer than a load may take.
 */
final class Lease {

  /** Whether the current thread runs a load under a lease. */
  private static final ThreadLocal<Boolean> HELD = new ThreadLocal<>();

  private static final int RENEWALS_A_LEASE = 3;

  private final TierEngine engine;
  private final TierKey key;
  private final String token;
  private final Duration length;
  private final long renewUntil;
  private final TierClock clock;
  private final TierCounters counters;

  @GuardedBy("this")
  private boolean ended;

  @GuardedBy("this")
  private TierClock.Task next;

  /** Begins with a lease that was just taken. */
  Lease(
      TierEngine engine,
      TierKey key,
      String token,
      TierOptions options,
      TierClock clock,
      TierCounters counters) {
    this.engine = engine;
    this.key = key;
    this.token = token;
    this.length = options.lease;
    this.renewUntil = clock.nanoTime() + options.maxLoadTime.toNanos();
    this.clock = clock;
    this.counters = counters;
    this.next = clock.schedule(this::renew, pause());
    counters.leases.increment();
  }

  private long pause() {
    return length.toNanos() / RENEWALS_A_LEASE;
  }

  TierKey key() {
    return key;
  }

  String token() {
    return token;
  }

  /** Returns whether a load under a lease is what the current thread is doing. */
  static boolean isHeldByThisThread() {
    return HELD.get() != null;
  }

  /** Notes that the current thread loads under a lease; returns what to tell {@link #unmark}. */
  static boolean mark() {
    boolean before = isHeldByThisThread();
    HELD.set(true);
    return before;
  }

  static void unmark(boolean before) {
    if (!before) {
      HELD.remove();
    }
  }

  private void renew() {
    synchronized (this) {
      // One that would be good for longer than the load may take is not renewed in full.
      if (ended || clock.nanoTime() - renewUntil >= 0) {
        return;
      }
    }
    counters.renewals.increment();
    counters.engineCalls.increment();
    CompletionStage<?> unused =
        engine
            .renew(key, token, length)
            .handle(
                (there, failure) -> {
                  // Of a failure nothing is known: perhaps the lease is still there.
                  if (failure != null || there) {
                    again();
                  }
                  return there;
                });
  }

  private synchronized void again() {
    if (!ended) {
      next = clock.schedule(this::renew, pause());
    }
  }

  /** Renews the lease no more: its load has ended. */
  synchronized void end() {
    ended = true;
    next.cancel();
  }

  /** Gives the lease back without a value. */
  void release(String failure) {
    end();
    counters.engineCalls.increment();
    CompletionStage<?> unused = engine.release(key, token, failure);
  }
}
