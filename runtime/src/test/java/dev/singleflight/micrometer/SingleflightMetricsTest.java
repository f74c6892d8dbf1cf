package dev.singleflight.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.Stats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is seen of a group in a registry. */
@Timeout(60)
final class SingleflightMetricsTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong clock = new AtomicLong();
  private final SingleflightGroup<String, String> group =
      SingleflightGroup.newBuilder().nanoTime(clock::get).build();

  @Test
  void monitoredGroupIsTheGroupItselfAndRecordsFromNowOn() {
    assertThat(group.execute("k", () -> "before")).isEqualTo("before");
    assertThat(SingleflightMetrics.monitor(registry, group, "users")).isSameAs(group);
    assertThat(counter("singleflight.calls")).isZero();
    assertThat(group.execute("k", () -> "after")).isEqualTo("after");
    assertThat(counter("singleflight.calls")).isEqualTo(1);
  }

  @Test
  void prometheusScrapeShowsWhatTheGroupDid() throws Exception {
    PrometheusMeterRegistry prometheus =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();
    SingleflightMetrics.monitor(prometheus, group, "users", "region", "eu");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    Future<String> leader =
        group.executeAsync(
            "k",
            () -> {
              begun.countDown();
              await(open);
              clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(250));
              return "v";
            });
    await(begun);
    List<Future<String>> followers =
        List.of(group.executeAsync("k", () -> "w"), group.executeAsync("k", () -> "w"));

    assertThat(samples(prometheus))
        .contains("singleflight_in_flight{group=\"users\",region=\"eu\"} 1.0");
    open.countDown();
    assertThat(leader.get()).isEqualTo("v");
    for (Future<String> follower : followers) {
      assertThat(follower.get()).isEqualTo("v");
    }
    assertThatThrownBy(
            () ->
                group.execute(
                    "failing",
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    Stats stats = group.stats();
    assertThat(stats.calls()).isEqualTo(4);
    assertThat(samples(prometheus))
        .containsExactlyInAnyOrder(
            "singleflight_calls_total{group=\"users\",region=\"eu\"} 4.0",
            "singleflight_callers_total{group=\"users\",region=\"eu\",role=\"follower\"} 2.0",
            "singleflight_callers_total{group=\"users\",region=\"eu\",role=\"leader\"} 2.0",
            "singleflight_coalescing_ratio{group=\"users\",region=\"eu\"} 0.5",
            "singleflight_flights_abandoned_total{group=\"users\",region=\"eu\"} 0.0",
            "singleflight_in_flight{group=\"users\",region=\"eu\"} 0.0",
            "singleflight_load_duration_seconds_count{group=\"users\",region=\"eu\"} 2",
            "singleflight_load_duration_seconds_sum{group=\"users\",region=\"eu\"} 0.25",
            percentile("0.5", stats.loadTimes().median().toNanos()),
            percentile("0.9", stats.loadTimes().p90().toNanos()),
            percentile("0.99", stats.loadTimes().p99().toNanos()),
            percentile("0.999", stats.loadTimes().p999().toNanos()),
            "singleflight_load_duration_max_seconds{group=\"users\",region=\"eu\"} "
                + stats.loadTimes().max().toNanos() / 1e9,
            "singleflight_load_failures_total{group=\"users\",region=\"eu\"} 1.0",
            "singleflight_recursions_refused_total{group=\"users\",region=\"eu\"} 0.0");
    assertThat(stats.loadTimes().max().toMillis()).isBetween(250L, 253L);
  }

  @Test
  void groupsOfDifferentNamesShareARegistry() {
    SingleflightGroup<String, String> other = SingleflightGroup.create();
    SingleflightMetrics.monitor(registry, group, "users");
    SingleflightMetrics.monitor(registry, other, "prices", List.of(Tag.of("region", "eu")));
    assertThat(group.execute("k", () -> "v") + other.execute("k", () -> "v")).isEqualTo("vv");
    assertThat(other.execute("k", () -> "v")).isEqualTo("v");
    assertThat(counter("singleflight.calls")).isEqualTo(1);
    assertThat(
            registry
                .get("singleflight.calls")
                .tags("group", "prices", "region", "eu")
                .functionCounter()
                .count())
        .isEqualTo(2);
  }

  @Test
  void secondGroupOfTheSameNameIsNotShown() {
    SingleflightGroup<String, String> other = SingleflightGroup.create();
    SingleflightMetrics.monitor(registry, group, "users");
    SingleflightMetrics.monitor(registry, other, "users");
    assertThat(other.execute("k", () -> "v")).isEqualTo("v");
    assertThat(counter("singleflight.calls")).isZero();
  }

  @Test
  void deniedMetersAreNotRegistered() {
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("singleflight"));
    SingleflightMetrics.monitor(registry, group, "users");
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void neitherMetersNorBinderKeepTheGroupAlive() {
    SingleflightMetrics[] binder = new SingleflightMetrics[1];
    WeakReference<Object> reference = bindOneThatIsDropped(binder);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (reference.get() != null) {
      assertThat(System.nanoTime()).as("time").isLessThan(deadline);
      System.gc();
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(counter("singleflight.calls")).as("the last that was read").isEqualTo(1);
    assertThat(registry.get("singleflight.in.flight").gauge().value()).isNaN();

    MeterRegistry another = new SimpleMeterRegistry();
    binder[0].bindTo(another);
    assertThat(another.getMeters()).isEmpty();
  }

  private WeakReference<Object> bindOneThatIsDropped(SingleflightMetrics[] binder) {
    SingleflightGroup<String, String> dropped = SingleflightGroup.create();
    binder[0] = new SingleflightMetrics(dropped, "users", Tags.empty());
    binder[0].bindTo(registry);
    assertThat(dropped.execute("k", () -> "v")).isEqualTo("v");
    assertThat(counter("singleflight.calls")).isEqualTo(1);
    return new WeakReference<>(dropped);
  }

  @Test
  @SuppressWarnings("NullAway") // what happens to null is what is tested
  void nullsAreRefused() {
    assertThatThrownBy(() -> new SingleflightMetrics(group, null, Tags.empty()))
        .hasMessage("name must not be null");
    assertThatThrownBy(() -> new SingleflightMetrics(group, "users", null))
        .hasMessage("tags must not be null");
    assertThatThrownBy(() -> SingleflightMetrics.monitor(null, group, "users"))
        .hasMessage("registry must not be null");
    assertThatThrownBy(
            () ->
                SingleflightMetrics.monitor(
                    registry, (SingleflightGroup<String, String>) null, "users"))
        .hasMessage("group must not be null");
  }

  private double counter(String name) {
    return registry.get(name).tag("group", "users").functionCounter().count();
  }

  private static String percentile(String phi, long nanos) {
    return "singleflight_load_duration_percentile_seconds{group=\"users\",phi=\""
        + phi
        + "\",region=\"eu\"} "
        + nanos / 1e9;
  }

  private static List<String> samples(PrometheusMeterRegistry prometheus) {
    return prometheus.scrape().lines().filter(line -> !line.startsWith("#")).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
