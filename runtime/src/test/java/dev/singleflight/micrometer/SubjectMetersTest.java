package dev.singleflight.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.singleflight.Stats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each meter shows the figure that it is named after. */
final class SubjectMetersTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final Subject subject = new Subject(Figures.DISTINCT);

  @Test
  void eachMeterShowsItsFigure() {
    register(registry, subject, "prices");

    assertThat(counter("singleflight.calls")).isEqualTo(1001);
    assertThat(counter("singleflight.gets", "result", "hit")).isEqualTo(502);
    assertThat(counter("singleflight.gets", "result", "miss")).isEqualTo(499);
    assertThat(counter("singleflight.callers", "role", "leader")).isEqualTo(303);
    assertThat(counter("singleflight.callers", "role", "follower")).isEqualTo(204);
    assertThat(counter("singleflight.load.failures")).isEqualTo(46);
    assertThat(counter("singleflight.recursions.refused")).isEqualTo(17);
    assertThat(counter("singleflight.flights.abandoned")).isEqualTo(8);
    assertThat(gauge("singleflight.coalescing.ratio")).isEqualTo(204.0 / 507);
    assertThat(gauge("singleflight.in.flight")).isEqualTo(3);
    assertThat(registry.get("singleflight.load.duration").functionTimer().count()).isEqualTo(105);
    assertThat(
            registry
                .get("singleflight.load.duration")
                .functionTimer()
                .totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(10_500);
    assertThat(millis("singleflight.load.duration.percentile", "phi", "0.5")).isEqualTo(50);
    assertThat(millis("singleflight.load.duration.percentile", "phi", "0.9")).isEqualTo(90);
    assertThat(millis("singleflight.load.duration.percentile", "phi", "0.99")).isEqualTo(1_250);
    assertThat(millis("singleflight.load.duration.percentile", "phi", "0.999")).isEqualTo(2_500);
    assertThat(millis("singleflight.load.duration.max")).isEqualTo(4_000);
  }

  @Test
  void nothingIsRegisteredThatIsNotTested() {
    SubjectMeters<Subject> meters = register(registry, subject, "prices");
    assertThat(registry.getMeters()).hasSize(16).hasSameElementsAs(meters.registered());
  }

  @Test
  void metersOfOneScrapeShareASnapshot() {
    register(registry, subject, "prices");
    registry.getMeters().forEach(meter -> meter.measure().forEach(m -> m.getValue()));
    assertThat(subject.snapshots).isLessThan(5);
  }

  /** Of a name's meters Prometheus wants the same tags, and of a name one type. */
  @Test
  void prometheusTakesThemAll() {
    PrometheusMeterRegistry prometheus =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).throwExceptionOnRegistrationFailure();
    register(prometheus, subject, "prices");
    register(prometheus, subject, "users");

    assertThat(prometheus.scrape().lines().filter(line -> !line.startsWith("# HELP")))
        .contains(
            "# TYPE singleflight_calls_total counter",
            "singleflight_calls_total{group=\"prices\"} 1001.0",
            "singleflight_calls_total{group=\"users\"} 1001.0",
            "# TYPE singleflight_gets_total counter",
            "singleflight_gets_total{group=\"prices\",result=\"hit\"} 502.0",
            "singleflight_gets_total{group=\"prices\",result=\"miss\"} 499.0",
            "# TYPE singleflight_callers_total counter",
            "singleflight_callers_total{group=\"prices\",role=\"leader\"} 303.0",
            "singleflight_callers_total{group=\"prices\",role=\"follower\"} 204.0",
            "# TYPE singleflight_load_failures_total counter",
            "singleflight_load_failures_total{group=\"prices\"} 46.0",
            "# TYPE singleflight_recursions_refused_total counter",
            "singleflight_recursions_refused_total{group=\"prices\"} 17.0",
            "# TYPE singleflight_flights_abandoned_total counter",
            "singleflight_flights_abandoned_total{group=\"prices\"} 8.0",
            "# TYPE singleflight_coalescing_ratio gauge",
            "# TYPE singleflight_in_flight gauge",
            "singleflight_in_flight{group=\"prices\"} 3.0",
            "# TYPE singleflight_load_duration_seconds summary",
            "singleflight_load_duration_seconds_count{group=\"prices\"} 105",
            "singleflight_load_duration_seconds_sum{group=\"prices\"} 10.5",
            "# TYPE singleflight_load_duration_percentile_seconds gauge",
            "singleflight_load_duration_percentile_seconds{group=\"prices\",phi=\"0.5\"} 0.05",
            "singleflight_load_duration_percentile_seconds{group=\"prices\",phi=\"0.99\"} 1.25",
            "# TYPE singleflight_load_duration_max_seconds gauge",
            "singleflight_load_duration_max_seconds{group=\"prices\"} 4.0");
  }

  @Test
  void deniedMetersAreNotThereAndTheOthersAre() {
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("singleflight.load"));
    register(registry, subject, "prices");
    assertThat(registry.getMeters())
        .hasSize(9)
        .noneMatch(meter -> meter.getId().getName().startsWith("singleflight.load"));
    assertThat(counter("singleflight.calls")).isEqualTo(1001);
  }

  @Test
  void secondOfTheSameNameAddsNothing() {
    register(registry, subject, "prices");
    register(registry, new Subject(Figures.ofCalls(7)), "prices");
    assertThat(registry.getMeters()).hasSize(16);
    assertThat(counter("singleflight.calls")).isEqualTo(1001);
  }

  @Test
  void meterOfAnotherTypeInTheWayIsReported() {
    registry.timer("singleflight.calls", "group", "prices");
    assertThatThrownBy(() -> register(registry, subject, "prices"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("singleflight.calls");
  }

  @CanIgnoreReturnValue
  private static SubjectMeters<Subject> register(
      MeterRegistry registry, Subject subject, String name) {
    SubjectMeters<Subject> meters =
        new SubjectMeters<>(
            registry, subject, "singleflight", Tags.of("group", name), Subject::stats);
    meters.registerFlights();
    meters.registerHits();
    meters.registerGauge("in.flight", "Flights", s -> 3);
    return meters;
  }

  private double counter(String name, String... tags) {
    return registry.get(name).tag("group", "prices").tags(tags).functionCounter().count();
  }

  private double gauge(String name) {
    return registry.get(name).tag("group", "prices").gauge().value();
  }

  private double millis(String name, String... tags) {
    return registry
        .get(name)
        .tag("group", "prices")
        .tags(tags)
        .timeGauge()
        .value(TimeUnit.MILLISECONDS);
  }

  private static final class Subject {
    private final Stats stats;
    int snapshots;

    Subject(Stats stats) {
      this.stats = stats;
    }

    Stats stats() {
      snapshots++;
      return stats;
    }
  }
}
