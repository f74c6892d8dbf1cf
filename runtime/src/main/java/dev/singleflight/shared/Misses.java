package dev.singleflight.shared;

import dev.singleflight.LoaderTier;
import dev.singleflight.LoaderTier.Answer;
import dev.singleflight.ThrowingSupplier;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a miss:
 *
 * <pre>{@code
 * read ──hit──► value
 *   │ ▲
 *   │ └──told, or a while──┐
 *   ├──busy──► wait ───────┘       or an old value, if there is one
 *   ├──leased──► load ──► fill ──► value
 *   └──out of reach──► load ──► value
 * }</pre>
 *
 * <p>One who waits has entered its place before it reads: what happens after the read wakes it.
 */
final class Misses<V extends @Nullable Object> {

  private static final long FIRST_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long AFTER_EXPIRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final TierContext context;
  private final Payloads<V> payloads;
  private final String origin;
  private final AtomicLong tokens = new AtomicLong();

  Misses(TierContext context, Payloads<V> payloads, String origin) {
    this.context = context;
    this.payloads = payloads;
    this.origin = origin;
  }

  Answer<V> load(TierKey key, long maxAgeNanos, ThrowingSupplier<? extends V, ?> loader)
      throws Exception {
    long began = context.clock().nanoTime();
    long maxAge = maxAgeNanos;
    long poll = FIRST_POLL_NANOS;
    int failedLeases = 0;
    while (true) {
      Circuit.Pass pass = context.circuit().pass();
      if (pass == null) {
        return bypass(loader);
      }
      Signals.Signal signal = context.signals().enter(key);
      try {
        long sent = context.clock().nanoTime();
        Step step = send(key, pass, maxAge);
        Reading reading = await(step);
        if (reading == null) {
          return bypass(loader);
        }
        switch (reading.state()) {
          case LEASED -> {
            return loadUnder(lease(step), pass, loader);
          }
          case HIT -> {
            Answer<V> answer = hit(key, reading);
            if (answer != null) {
              return answer;
            }
            maxAge = LoaderTier.ANEW;
          }
          case BUSY -> {
            Answer<V> old = stale(key, reading);
            if (old != null) {
              return old;
            }
            if (mayBeWaitedForByThem(sent - began)) {
              return bypass(loader);
            }
            Signals.Wake wake = await(signal, Math.min(poll, untilExpiry(reading)));
            poll = Math.min(2 * poll, context.options().maxPoll.toNanos());
            if (wake != null && wake.cause() == Signals.Cause.FAILED) {
              failedLeases++;
              if (failedLeases >= TierOptions.FAILED_LEASES_TO_FAIL) {
                throw failedElsewhere(key, failedLeases, wake.failure());
              }
            }
            maxAge = Math.max(maxAge, sinceTaken(reading, sent));
          }
        }
      } finally {
        context.signals().leave(signal);
      }
    }
  }

  /** A first step of a miss, and what it was sent with. */
  record Step(TierKey key, String token, CompletionStage<Reading> stage) {}

  Step send(TierKey key, Circuit.Pass pass, long maxAgeNanos) {
    String token = origin + '/' + tokens.incrementAndGet();
    return new Step(
        key,
        token,
        context
            .engine()
            .readOrLease(
                key,
                token,
                context.options().lease,
                pass.maxAge(maxAgeNanos, context.clock().nanoTime())));
  }

  /** Returns what came of it, or null if that is not known in time; then a lease is given back. */
  @Nullable Reading await(Step step) {
    Reading reading = context.circuit().await(step.stage());
    if (reading == null) {
      CompletionStage<?> unused =
          step.stage()
              .thenAccept(
                  late -> {
                    if (late.state() == Reading.State.LEASED) {
                      lease(step).release("");
                    }
                  });
    }
    return reading;
  }

  Lease lease(Step step) {
    return new Lease(
        context.engine(),
        step.key(),
        step.token(),
        context.options(),
        context.clock(),
        context.counters());
  }

  /** Returns the value of a hit, or null if it cannot be read. */
  @Nullable Answer<V> hit(TierKey key, Reading reading) {
    Payloads.Read<V> read = payloads.read(key, payloadOf(reading));
    if (read == null) {
      return null;
    }
    context.counters().hits.increment();
    return new Answer<>(read.value(), true);
  }

  private static byte[] payloadOf(Reading reading) {
    byte[] payload = reading.payload();
    return payload == null ? new byte[0] : payload;
  }

  /** Returns the old value of a key that another is loading, or null if there is none. */
  @Nullable Answer<V> stale(TierKey key, Reading reading) {
    Payloads.Read<V> read =
        reading.payload() == null ? null : payloads.read(key, payloadOf(reading));
    if (read == null) {
      return null;
    }
    context.counters().staleHits.increment();
    return new Answer<>(read.value(), false);
  }

  /** Loads without the tier. */
  Answer<V> bypass(ThrowingSupplier<? extends V, ?> loader) throws Exception {
    context.counters().bypasses.increment();
    return new Answer<>(loader.get(), true);
  }

  /**
   * Whether a wait has to end for fear of a circle: this thread has a lease itself, and so might be
   * waited for by the load it waits for. Nobody sees all processes; one lease time is enough.
   */
  private boolean mayBeWaitedForByThem(long waitedNanos) {
    return Lease.isHeldByThisThread() && waitedNanos >= context.options().lease.toNanos();
  }

  private static long untilExpiry(Reading busy) {
    return busy.left().toNanos() + AFTER_EXPIRY_NANOS;
  }

  private Signals.@Nullable Wake await(Signals.Signal signal, long nanos)
      throws InterruptedException {
    context.counters().waits.increment();
    return context.clock().awaitInterruptibly(signal.future, nanos) ? signal.future.join() : null;
  }

  /**
   * Returns an age that a value under the lease just waited for does not exceed, whatever is
   * wanted: to wait for it is to join it. How long the two steps are on their way may differ.
   */
  private long sinceTaken(Reading busy, long sent) {
    return context.clock().nanoTime()
        - sent
        + busy.age().toNanos()
        + context.options().callTimeout.toNanos();
  }

  private static SharedLoadException failedElsewhere(TierKey key, int times, String failure) {
    return new SharedLoadException(
        "the load of key "
            + key.key()
            + " of shared tier "
            + key.tier()
            + " failed in "
            + times
            + " other processes, one after another; the last with "
            + failure);
  }

  private Answer<V> loadUnder(
      Lease lease, Circuit.Pass pass, ThrowingSupplier<? extends V, ?> loader) throws Exception {
    V value;
    boolean before = Lease.mark();
    try {
      value = loader.get();
    } catch (Throwable t) {
      lease.release(t.getClass().getName());
      throw t;
    } finally {
      Lease.unmark(before);
    }
    CompletionStage<Boolean> fill = fill(lease, pass, value);
    return landed(value, fill);
  }

  /** Sends a value to the tier, or ends its lease without and returns null. */
  @Nullable CompletionStage<Boolean> fill(Lease lease, Circuit.Pass pass, V value) {
    lease.end();
    TierOptions options = context.options();
    Duration fresh = value == null ? options.freshNulls : options.fresh;
    if (fresh == null || fresh.isZero() || context.circuit().pass() != pass) {
      // Without the pass under which the lease was taken, invalidations may wait to be told.
      lease.release("");
      return null;
    }
    byte[] payload = payloads.write(lease.key(), value);
    if (payload == null) {
      lease.release("");
      return null;
    }
    return context.engine().fill(lease.key(), lease.token(), payload, fresh, options.stale);
  }

  /** Returns the answer to a load whose value was sent. */
  Answer<V> landed(V value, @Nullable CompletionStage<Boolean> fill) {
    Boolean filled = fill == null ? null : context.circuit().await(fill);
    if (filled == null) {
      return new Answer<>(value, true);
    }
    (filled ? context.counters().fills : context.counters().fillsRefused).increment();
    return new Answer<>(value, filled);
  }
}
