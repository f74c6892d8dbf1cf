package dev.singleflight.micrometer;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.singleflight.shared.SharedTier;
import dev.singleflight.shared.TierStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a shared tier has done in this process, its {@linkplain TierStats statistics}, as
 * meters.
 *
 * <p>Each meter is tagged {@code tier} with the name given here, and with the tags given here:
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tells</th></tr>
 * <tr><td>{@code singleflight.tier.reads}</td><td>counter, by {@code result}</td><td>misses of
 *     loaders: the tier had the value ({@code hit}), an old one ({@code stale}), this process loaded
 *     for all ({@code lease}), or by itself, the engine being out of reach or slow ({@code
 *     bypass})</td></tr>
 * <tr><td>{@code singleflight.tier.waits}</td><td>counter</td><td>times that another process was
 *     waited for</td></tr>
 * <tr><td>{@code singleflight.tier.fills}</td><td>counter, by {@code result}</td><td>values put into
 *     the tier ({@code stored}), or refused because of an invalidation or an expired lease ({@code
 *     refused})</td></tr>
 * <tr><td>{@code singleflight.tier.renewals}</td><td>counter</td><td>leases made good for longer</td></tr>
 * <tr><td>{@code singleflight.tier.payloads.bad}</td><td>counter</td><td>payloads and values that the
 *     codec could not do</td></tr>
 * <tr><td>{@code singleflight.tier.invalidations}</td><td>counter</td><td>invalidations by this
 *     process</td></tr>
 * <tr><td>{@code singleflight.tier.invalidations.pending}</td><td>gauge</td><td>those that the engine
 *     has yet to be told of</td></tr>
 * <tr><td>{@code singleflight.tier.engine.calls}</td><td>counter</td><td>steps asked of the
 *     engine</td></tr>
 * <tr><td>{@code singleflight.tier.engine.failures}</td><td>counter, by {@code kind}</td><td>steps
 *     that {@code failed} or were {@code late}</td></tr>
 * <tr><td>{@code singleflight.tier.outages}</td><td>counter</td><td>times that the engine was given
 *     up for a while</td></tr>
 * <tr><td>{@code singleflight.tier.in.use}</td><td>gauge</td><td>1 while the engine is used, else
 *     0</td></tr>
 * </table>
 *
 * <p>Meters refer to the tier weakly.
 */
public final class SharedTierMetrics {

  private static final String PREFIX = "singleflight.tier.";

  private final MeterRegistry registry;
  private final SharedTier<?, ?> tier;
  private final Tags tags;

  private SharedTierMetrics(MeterRegistry registry, SharedTier<?, ?> tier, Tags tags) {
    this.registry = registry;
    this.tier = tier;
    this.tags = tags;
  }

  /**
   * Shows a tier in a registry.
   *
   * @param registry where to register the meters
   * @param tier the tier
   * @param name the value of the tag {@code tier}
   * @param tags further tags of each meter: keys and values by turns
   * @param <K> the type of keys
   * @param <V> the type of values
   * @return the tier itself
   * @throws IllegalArgumentException if the number of tags is odd, or the registry has a meter of
   *     another type of the same name and tags
   * @throws NullPointerException if an argument is null
   */
  @CanIgnoreReturnValue
  public static <K, V extends @Nullable Object> SharedTier<K, V> monitor(
      MeterRegistry registry, SharedTier<K, V> tier, String name, String... tags) {
    requireNonNull(registry, "registry must not be null");
    requireNonNull(tier, "tier must not be null");
    requireNonNull(name, "name must not be null");
    new SharedTierMetrics(registry, tier, Tags.of(tags).and("tier", name)).register();
    return tier;
  }

  private void register() {
    String reads = "What became of misses of loaders";
    counter("reads", reads, Tags.of("result", "hit"), TierStats::hits);
    counter("reads", reads, Tags.of("result", "stale"), TierStats::staleHits);
    counter("reads", reads, Tags.of("result", "lease"), TierStats::leases);
    counter("reads", reads, Tags.of("result", "bypass"), TierStats::bypasses);
    counter("waits", "Times another process was waited for", Tags.empty(), TierStats::waits);
    String fills = "Values put into the tier, or refused by it";
    counter("fills", fills, Tags.of("result", "stored"), TierStats::fills);
    counter("fills", fills, Tags.of("result", "refused"), TierStats::fillsRefused);
    counter("renewals", "Leases made good for longer", Tags.empty(), TierStats::renewals);
    counter(
        "payloads.bad",
        "Payloads and values that the codec could not do",
        Tags.empty(),
        TierStats::badPayloads);
    counter(
        "invalidations", "Invalidations by this process", Tags.empty(), TierStats::invalidations);
    counter("engine.calls", "Steps asked of the engine", Tags.empty(), TierStats::engineCalls);
    String failures = "Steps of the engine that failed or were late";
    counter("engine.failures", failures, Tags.of("kind", "failed"), TierStats::engineFailures);
    counter("engine.failures", failures, Tags.of("kind", "late"), TierStats::engineTimeouts);
    counter("outages", "Times the engine was given up", Tags.empty(), TierStats::outages);
    gauge(
        "invalidations.pending",
        "Invalidations the engine has yet to be told of",
        TierStats::pendingInvalidations);
    gauge("in.use", "1 while the engine is used", stats -> stats.inUse() ? 1 : 0);
  }

  private void counter(
      String name, String description, Tags further, ToLongFunction<TierStats> figure) {
    FunctionCounter unused =
        FunctionCounter.builder(PREFIX + name, tier, of -> figure.applyAsLong(of.stats()))
            .description(description)
            .tags(tags.and(further))
            .register(registry);
  }

  private void gauge(String name, String description, ToDoubleFunction<TierStats> figure) {
    Gauge unused =
        Gauge.builder(PREFIX + name, tier, of -> figure.applyAsDouble(of.stats()))
            .description(description)
            .tags(tags)
            .register(registry);
  }
}
