package dev.singleflight.micrometer;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantListener;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Registers the meters of each tenant when it comes, and removes them when it goes.
 *
 * <p>Their names have a prefix of their own: beside the same name without the tag {@code tenant}, a
 * sum would count everything twice, and Prometheus wants the same tags wherever a name is the same.
 */
final class TenantMetrics<T> implements TenantListener<T> {

  private static final String PREFIX = "singleflight.tenant";

  private final MeterRegistry registry;
  private final Tags tags;

  /** By what a tenant is called; used by one thread at a time, as listeners are. */
  private final Map<String, Shown<T>> shown = new HashMap<>();

  TenantMetrics(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
  }

  @Override
  public void tenantAdded(T tenant, SingleflightLoader<?, ?> loader) {
    String name = String.valueOf(tenant);
    if (!shown.containsKey(name)) {
      shown.put(name, new Shown<>(tenant, register(name, loader)));
    }
  }

  @Override
  public void tenantDropped(T tenant) {
    String name = String.valueOf(tenant);
    Shown<T> dropped = shown.get(name);
    // Another tenant may be called the same.
    if (dropped != null && dropped.tenant.equals(tenant)) {
      shown.remove(name);
      dropped.meters.forEach(registry::remove);
    }
  }

  private List<Meter> register(String name, SingleflightLoader<?, ?> loader) {
    SubjectMeters<SingleflightLoader<?, ?>> meters =
        new SubjectMeters<>(
            registry, loader, PREFIX, tags.and("tenant", name), SingleflightLoader::stats);
    meters.registerFlights();
    meters.registerHits();
    meters.registerInFlight(SingleflightLoader::inFlight);
    meters.registerSize(SingleflightLoader::estimatedSize);
    return meters.registered();
  }

  private record Shown<T>(T tenant, List<Meter> meters) {}
}
