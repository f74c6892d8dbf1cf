package dev.singleflight.shared;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * What keeps the values and leases of a {@link SharedTier} for many processes: the part that an
 * adapter writes.
 *
 * <p>Of each key an engine keeps a value, a lease, both or neither. <b>Each method is one atomic
 * step</b>: of any two that concern the same key, all processes see them in the same order. A step
 * that has failed, or is late, may have been done, or may be done later; the tier allows for that.
 *
 * <p>Methods return at once; the stages they return complete on any thread, exceptionally if the
 * engine cannot be reached. They are never null, nor is what they complete with, where that is not
 * {@code Void}. An engine is safe for use by any number of threads and tiers at once. All durations
 * are positive unless noted.
 *
 * <p>{@code TierEngineContract} in the tests is what an engine has to do, as tests.
 */
public interface TierEngine extends AutoCloseable {

  /**
   * Returns the value of a key if that is fresh and young enough; else takes the lease if nobody
   * has it; else tells that somebody has.
   *
   * <p>The age of a value is the time since the lease was taken under which it was loaded: so old
   * may be what it was loaded from. It is never reckoned too short.
   *
   * @param token names the lease if it is taken; never used before
   * @param lease how long it is good for unless it is renewed
   * @param maxAgeNanos only a younger value is returned; of zero or less, none is
   */
  CompletionStage<Reading> readOrLease(TierKey key, String token, Duration lease, long maxAgeNanos);

  /**
   * Stores a value and ends the lease under which it was loaded; does nothing, and returns false,
   * if that lease is no longer there: because it was void by an invalidation, has expired, or was
   * lost. Whoever waits for the lease is told {@link Event.Kind#FILLED}.
   *
   * @param payload not changed afterwards, by either side
   * @param fresh for how long the value is fresh from now on
   * @param stale for how long it is kept after that, to be served {@linkplain Reading#busy while
   *     somebody refreshes it}; may be zero
   */
  CompletionStage<Boolean> fill(
      TierKey key, String token, byte[] payload, Duration fresh, Duration stale);

  /** Makes a lease good for that long from now on; returns false if it is no longer there. */
  CompletionStage<Boolean> renew(TierKey key, String token, Duration lease);

  /**
   * Ends a lease without a value, if it is still there. Whoever waits for it is told {@link
   * Event.Kind#RELEASED}.
   *
   * @param failure what to tell: what the load failed with, or empty if it did not fail
   */
  CompletionStage<Boolean> release(TierKey key, String token, String failure);

  /**
   * Removes value and lease of a key, so that the lease's token no longer fills, and tells everyone
   * {@link Event.Kind#INVALIDATED}, the caller too.
   *
   * @param origin who does so, to be told
   */
  CompletionStage<Void> invalidate(TierKey key, String origin);

  /** As {@link #invalidate}, for all keys of a tenant of a tier. */
  CompletionStage<Void> invalidateTenant(String tier, String tenant, String origin);

  /** As {@link #invalidate}, for all keys of all tenants of a tier. */
  CompletionStage<Void> invalidateTier(String tier, String origin);

  /** Does nothing, and succeeds if the engine can be reached for the use of a tier. */
  CompletionStage<Void> probe(String tier);

  /**
   * Tells a listener of all that happens in a tier from now on, and whether the engine can be
   * reached: {@link Listener#connected} comes first, perhaps before this method returns.
   *
   * @return ends that
   */
  Registration listen(String tier, Listener listener);

  /** Gives up what the engine itself has opened. Stages under way fail. */
  @Override
  void close();

  /** Ends a listener's time. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** Is told what happens in a tier; in the order in which it happens to a key. Must be quick. */
  interface Listener {

    /** From now on events are told, and steps may succeed. Those of before may have been missed. */
    void connected();

    /** From now on events may be missed. Steps will fail. */
    void disconnected();

    /** Something happened. */
    void told(Event event);
  }
}
