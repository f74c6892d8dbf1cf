package dev.singleflight.shared;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An engine whose steps throw, but for the one that says it can be reached. */
final class ThrowingEngine implements TierEngine {

  private static IllegalStateException thrown() {
    return new IllegalStateException("thrown by the adapter");
  }

  @Override
  public CompletionStage<Reading> readOrLease(
      TierKey key, String token, Duration lease, long maxAgeNanos) {
    throw thrown();
  }

  @Override
  public CompletionStage<Boolean> fill(
      TierKey key, String token, byte[] payload, Duration fresh, Duration stale) {
    throw thrown();
  }

  @Override
  public CompletionStage<Boolean> renew(TierKey key, String token, Duration lease) {
    throw thrown();
  }

  @Override
  public CompletionStage<Boolean> release(TierKey key, String token, String failure) {
    throw thrown();
  }

  @Override
  public CompletionStage<Void> invalidate(TierKey key, String origin) {
    throw thrown();
  }

  @Override
  public CompletionStage<Void> invalidateTenant(String tier, String tenant, String origin) {
    throw thrown();
  }

  @Override
  public CompletionStage<Void> invalidateTier(String tier, String origin) {
    throw thrown();
  }

  @Override
  public CompletionStage<Void> probe(String tier) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public Registration listen(String tier, Listener listener) {
    listener.connected();
    return () -> {};
  }

  @Override
  public void close() {}
}
