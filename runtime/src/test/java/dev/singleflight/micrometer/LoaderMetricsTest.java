package dev.singleflight.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantLoader;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is seen of loaders, and of tenants, in a scrape. */
@Timeout(60)
final class LoaderMetricsTest {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();
  private final AtomicLong clock = new AtomicLong();
  private final SingleflightLoader<String, Integer> lengths =
      SingleflightLoader.newBuilder().build(String::length);
  private final TenantLoader<Object, String, Integer> tenants =
      SingleflightLoader.newBuilder()
          .ticker(clock::get)
          .recordStatsPerTenant()
          .expireTenantsAfterAccess(Duration.ofMinutes(1))
          .buildPerTenant((tenant, key) -> key.length());

  @Test
  void loaderIsShown() {
    assertThat(SingleflightMetrics.monitor(registry, lengths, "lengths")).isSameAs(lengths);
    assertThat(lengths.get("one") + lengths.get("three")).isEqualTo(8);
    assertThat(lengths.get("one") + lengths.get("one") + lengths.get("one")).isEqualTo(9);

    assertThat(samples())
        .contains(
            "singleflight_calls_total{group=\"lengths\"} 5.0",
            "singleflight_gets_total{group=\"lengths\",result=\"hit\"} 3.0",
            "singleflight_gets_total{group=\"lengths\",result=\"miss\"} 2.0",
            "singleflight_callers_total{group=\"lengths\",role=\"leader\"} 2.0",
            "singleflight_load_duration_seconds_count{group=\"lengths\"} 2",
            "singleflight_in_flight{group=\"lengths\"} 0.0",
            "singleflight_size{group=\"lengths\"} 2.0");
  }

  @Test
  void allTenantsAreShownTogetherBesideALoaderAndEachTenant() {
    SingleflightMetrics.monitor(registry, lengths, "lengths");
    assertThat(SingleflightMetrics.monitor(registry, tenants, "names")).isSameAs(tenants);
    SingleflightMetrics.monitorTenants(registry, tenants, "names");
    assertThat(tenants.get("acme", "one") + tenants.get("acme", "one")).isEqualTo(6);
    assertThat(tenants.get("umbrella", "one")).isEqualTo(3);

    assertThat(samples())
        .contains(
            "singleflight_calls_total{group=\"names\"} 3.0",
            "singleflight_gets_total{group=\"names\",result=\"hit\"} 1.0",
            "singleflight_tenants{group=\"names\"} 2.0",
            "singleflight_tenant_calls_total{group=\"names\",tenant=\"acme\"} 2.0",
            "singleflight_tenant_gets_total{group=\"names\",result=\"hit\",tenant=\"acme\"} 1.0",
            "singleflight_tenant_calls_total{group=\"names\",tenant=\"umbrella\"} 1.0",
            "singleflight_tenant_size{group=\"names\",tenant=\"umbrella\"} 1.0");
  }

  @Test
  void metersOfATenantGoWithIt() {
    assertThat(tenants.get("before", "one")).isEqualTo(3);
    SingleflightMetrics.monitorTenants(registry, tenants, "names", "region", "eu");
    assertThat(tenants.get("acme", "one")).isEqualTo(3);
    awaitShown(List.of("acme", "before"));

    clock.addAndGet(Duration.ofSeconds(45).toNanos());
    assertThat(tenants.get("acme", "one")).isEqualTo(3);
    clock.addAndGet(Duration.ofSeconds(45).toNanos());
    // Caffeine drops what has expired when something is written.
    assertThat(tenants.get("new", "one")).isEqualTo(3);
    awaitShown(List.of("acme", "new"));
    assertThat(samples())
        .contains(
            "singleflight_tenant_calls_total{group=\"names\",region=\"eu\",tenant=\"acme\"} 2.0");

    assertThat(tenants.get("before", "one")).isEqualTo(3);
    awaitShown(List.of("acme", "before", "new"));
  }

  @Test
  void tenantThatIsCalledLikeAnotherNeitherReplacesNorRemovesIt() {
    TenantMetrics<Object> metrics = new TenantMetrics<>(registry, Tags.of("group", "names"));
    SingleflightLoader<String, Integer> other =
        SingleflightLoader.newBuilder().build(String::length);
    metrics.tenantAdded("7", lengths);
    metrics.tenantAdded(7, other);
    assertThat(lengths.get("one")).isEqualTo(3);
    metrics.tenantDropped(7);
    assertThat(samples())
        .contains("singleflight_tenant_calls_total{group=\"names\",tenant=\"7\"} 1.0");
    metrics.tenantDropped("7");
    assertThat(registry.getMeters()).isEmpty();
  }

  private void awaitShown(List<String> expected) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    int meters = 17 * expected.size();
    while (!(shownTenants().equals(expected) && registry.getMeters().size() == meters)
        && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(shownTenants()).isEqualTo(expected);
    assertThat(registry.getMeters()).hasSize(meters);
  }

  private List<String> shownTenants() {
    return registry.getMeters().stream()
        .map(meter -> String.valueOf(meter.getId().getTag("tenant")))
        .distinct()
        .sorted()
        .toList();
  }

  private List<String> samples() {
    return registry.scrape().lines().filter(line -> !line.startsWith("#")).toList();
  }
}
