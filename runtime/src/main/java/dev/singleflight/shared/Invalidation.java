package dev.singleflight.shared;

import java.util.concurrent.CompletionStage;

/** Something that was invalidated, and that the engine has to know of. */
sealed interface Invalidation {

  CompletionStage<Void> send(TierEngine engine, String origin);

  /** Of one key. */
  record OfKey(TierKey key) implements Invalidation {
    @Override
    public CompletionStage<Void> send(TierEngine engine, String origin) {
      return engine.invalidate(key, origin);
    }
  }

  /** Of all keys of a tenant. */
  record OfTenant(String tier, String tenant) implements Invalidation {
    @Override
    public CompletionStage<Void> send(TierEngine engine, String origin) {
      return engine.invalidateTenant(tier, tenant, origin);
    }
  }

  /** Of everything in a tier. */
  record OfTier(String tier) implements Invalidation {
    @Override
    public CompletionStage<Void> send(TierEngine engine, String origin) {
      return engine.invalidateTier(tier, origin);
    }
  }
}
