package dev.singleflight.shared;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** An engine whose steps never throw: what an adapter throws at once is a step that failed. */
record GuardedEngine(TierEngine engine) implements TierEngine {

  private static <T> CompletionStage<T> guarded(Supplier<CompletionStage<T>> step) {
    try {
      return step.get();
    } catch (Exception | LinkageError e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public CompletionStage<Reading> readOrLease(
      TierKey key, String token, Duration lease, long maxAgeNanos) {
    return guarded(() -> engine.readOrLease(key, token, lease, maxAgeNanos));
  }

  @Override
  public CompletionStage<Boolean> fill(
      TierKey key, String token, byte[] payload, Duration fresh, Duration stale) {
    return guarded(() -> engine.fill(key, token, payload, fresh, stale));
  }

  @Override
  public CompletionStage<Boolean> renew(TierKey key, String token, Duration lease) {
    return guarded(() -> engine.renew(key, token, lease));
  }

  @Override
  public CompletionStage<Boolean> release(TierKey key, String token, String failure) {
    return guarded(() -> engine.release(key, token, failure));
  }

  @Override
  public CompletionStage<Void> invalidate(TierKey key, String origin) {
    return guarded(() -> engine.invalidate(key, origin));
  }

  @Override
  public CompletionStage<Void> invalidateTenant(String tier, String tenant, String origin) {
    return guarded(() -> engine.invalidateTenant(tier, tenant, origin));
  }

  @Override
  public CompletionStage<Void> invalidateTier(String tier, String origin) {
    return guarded(() -> engine.invalidateTier(tier, origin));
  }

  @Override
  public CompletionStage<Void> probe(String tier) {
    return guarded(() -> engine.probe(tier));
  }

  @Override
  public Registration listen(String tier, Listener listener) {
    return engine.listen(tier, listener);
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("an engine is closed by its owner");
  }
}
