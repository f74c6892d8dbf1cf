package dev.singleflight.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.shared.Codec;
import dev.singleflight.shared.Event;
import dev.singleflight.shared.JsonCodec;
import dev.singleflight.shared.KeyCodec;
import dev.singleflight.shared.Reading;
import dev.singleflight.shared.SharedTier;
import dev.singleflight.shared.TierEngine;
import dev.singleflight.shared.TierKey;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What a tier has done, as meters. */
final class SharedTierMetricsTest {

  /** Grants every lease, and has lost it when it is to be filled. */
  private static final class Forgetful implements TierEngine {
    @Override
    public CompletionStage<Reading> readOrLease(
        TierKey key, String token, Duration lease, long maxAgeNanos) {
      return CompletableFuture.completedStage(Reading.leased());
    }

    @Override
    public CompletionStage<Boolean> fill(
        TierKey key, String token, byte[] payload, Duration fresh, Duration stale) {
      return CompletableFuture.completedStage(!key.key().equals("lost"));
    }

    @Override
    public CompletionStage<Boolean> renew(TierKey key, String token, Duration lease) {
      return CompletableFuture.completedStage(false);
    }

    @Override
    public CompletionStage<Boolean> release(TierKey key, String token, String failure) {
      return CompletableFuture.completedStage(true);
    }

    @Override
    public CompletionStage<Void> invalidate(TierKey key, String origin) {
      return CompletableFuture.failedStage(new IllegalStateException("out of reach"));
    }

    @Override
    public CompletionStage<Void> invalidateTenant(String tier, String tenant, String origin) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> invalidateTier(String tier, String origin) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> probe(String tier) {
      return CompletableFuture.completedStage(null);
    }

    @Override
    public Registration listen(String tier, Listener listener) {
      listener.connected();
      listener.told(new Event(Event.Kind.FILLED, "", "nobody waits", ""));
      return () -> {};
    }

    @Override
    public void close() {}
  }

  @Test
  void figuresAreThoseOfTheStatistics() {
    MeterRegistry registry = new SimpleMeterRegistry();
    Codec<String> codec = JsonCodec.of(String.class);
    try (SharedTier<String, String> tier =
        SharedTierMetrics.monitor(
            registry,
            SharedTier.newBuilder("t", new Forgetful(), KeyCodec.strings(), codec)
                .expireAfterWrite(Duration.ofMinutes(1))
                .build(),
            "users",
            "region",
            "eu")) {
      SingleflightLoader<String, String> loader =
          SingleflightLoader.newBuilder()
              .expireAfterWrite(Duration.ofMinutes(1))
              .sharedTier(tier)
              .build(key -> key);
      assertThat(loader.get("k") + loader.get("lost")).isEqualTo("klost");
      loader.invalidate("k");
      assertThat(loader.get("k")).isEqualTo("k");
      Map<String, Double> figures = figures(registry);
      assertThat(figures)
          .containsEntry("singleflight.tier.reads[lease]", 2.0)
          .containsEntry("singleflight.tier.reads[bypass]", 1.0)
          .containsEntry("singleflight.tier.reads[hit]", 0.0)
          .containsEntry("singleflight.tier.reads[stale]", 0.0)
          .containsEntry("singleflight.tier.fills[stored]", 1.0)
          .containsEntry("singleflight.tier.fills[refused]", 1.0)
          .containsEntry("singleflight.tier.invalidations", 1.0)
          .containsEntry("singleflight.tier.invalidations.pending", 1.0)
          .containsEntry("singleflight.tier.engine.calls", 5.0)
          .containsEntry("singleflight.tier.engine.failures[failed]", 1.0)
          .containsEntry("singleflight.tier.engine.failures[late]", 0.0)
          .containsEntry("singleflight.tier.outages", 1.0)
          .containsEntry("singleflight.tier.in.use", 0.0)
          .containsEntry("singleflight.tier.waits", 0.0)
          .containsEntry("singleflight.tier.renewals", 0.0)
          .containsEntry("singleflight.tier.payloads.bad", 0.0)
          .hasSize(16);
    }
  }

  private static Map<String, Double> figures(MeterRegistry registry) {
    Map<String, Double> figures = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      Meter.Id id = meter.getId();
      assertThat(id.getTag("tier")).isEqualTo("users");
      assertThat(id.getTag("region")).isEqualTo("eu");
      String result = id.getTag("result") == null ? id.getTag("kind") : id.getTag("result");
      figures.put(
          id.getName() + (result == null ? "" : "[" + result + "]"),
          meter.measure().iterator().next().getValue());
    }
    return figures;
  }
}
