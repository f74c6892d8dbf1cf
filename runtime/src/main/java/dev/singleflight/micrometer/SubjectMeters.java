package dev.singleflight.micrometer;

import dev.singleflight.Stats;
import dev.singleflight.Stats.LoadTimes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Registers the meters of one group or loader: what they are called, and which figure each shows.
 *
 * <p>The meters refer to the subject weakly and to nothing else that does.
 */
final class SubjectMeters<S> {

  private final MeterRegistry registry;
  private final S subject;
  private final String prefix;
  private final Tags tags;
  private final SharedSnapshot<S> snapshot;
  private final List<Meter> registered = new ArrayList<>();
  private int readers;

  /**
   * Registers nothing yet.
   *
   * @param prefix what the names begin with
   * @param tags what each meter is tagged with
   * @param stats takes a snapshot; must not refer to the subject itself
   */
  SubjectMeters(
      MeterRegistry registry, S subject, String prefix, Tags tags, Function<S, Stats> stats) {
    this.registry = registry;
    this.subject = subject;
    this.prefix = prefix;
    this.tags = tags;
    this.snapshot = new SharedSnapshot<>(stats, System::nanoTime);
  }

  /** Returns what has been registered. */
  List<Meter> registered() {
    return registered;
  }

  /** What groups and loaders have in common. */
  void registerFlights() {
    counter("calls", "Calls made, of all outcomes", Tags.empty(), Stats::calls);
    String callers = "Calls that started a flight (leader) or joined one (follower)";
    counter("callers", callers, Tags.of("role", "leader"), Stats::leaders);
    counter("callers", callers, Tags.of("role", "follower"), Stats::followers);
    counter(
        "load.failures", "Loads that failed or could not be run", Tags.empty(), Stats::failures);
    counter(
        "recursions.refused",
        "Calls refused because they would have waited for themselves",
        Tags.empty(),
        Stats::recursionsRefused);
    counter(
        "flights.abandoned",
        "Flights that all their callers left before the end",
        Tags.empty(),
        Stats::abandoned);
    registerGauge(
        "coalescing.ratio",
        "Followers among the callers of flights, since recording began",
        reading(Stats::coalescingRatio));
    registerLoadTimes();
  }

  /** What only a cache has. */
  void registerHits() {
    String gets = "Calls answered from the cache (hit) or not (miss)";
    counter("gets", gets, Tags.of("result", "hit"), Stats::hits);
    counter("gets", gets, Tags.of("result", "miss"), Stats::misses);
  }

  void registerInFlight(ToDoubleFunction<S> value) {
    registerGauge("in.flight", "Flights that a call could join now", value);
  }

  void registerSize(ToDoubleFunction<S> value) {
    registerGauge("size", "Keys cached, about", value);
  }

  void registerGauge(String name, String description, ToDoubleFunction<S> value) {
    add(
        Gauge.builder(name(name), subject, value)
            .tags(tags)
            .description(description)
            .register(registry));
  }

  private void registerLoadTimes() {
    ToDoubleFunction<S> count = reading(stats -> stats.loadTimes().count());
    ToDoubleFunction<S> total = reading(stats -> stats.loadTimes().total().toNanos());
    add(
        FunctionTimer.builder(
                name("load.duration"),
                subject,
                s -> (long) count.applyAsDouble(s),
                total,
                TimeUnit.NANOSECONDS)
            .tags(tags)
            .description("Loads that ended, by value or by failure, and how long they took")
            .register(registry));
    percentile("0.5", LoadTimes::median);
    percentile("0.9", LoadTimes::p90);
    percentile("0.99", LoadTimes::p99);
    percentile("0.999", LoadTimes::p999);
    timeGauge(
        "load.duration.max",
        "The longest load since recording began",
        Tags.empty(),
        LoadTimes::max);
  }

  /** Named and tagged as Micrometer does for the percentiles of its own timers. */
  private void percentile(String phi, Function<LoadTimes, Duration> time) {
    timeGauge(
        "load.duration.percentile",
        "How long that share of loads took at most, since recording began",
        Tags.of("phi", phi),
        time);
  }

  private void timeGauge(
      String name, String description, Tags extra, Function<LoadTimes, Duration> time) {
    ToDoubleFunction<S> nanos = reading(stats -> time.apply(stats.loadTimes()).toNanos());
    add(
        TimeGauge.builder(name(name), subject, TimeUnit.NANOSECONDS, nanos)
            .tags(tags.and(extra))
            .description(description)
            .register(registry));
  }

  private void counter(String name, String description, Tags extra, ToLongFunction<Stats> figure) {
    add(
        FunctionCounter.builder(name(name), subject, reading(figure::applyAsLong))
            .tags(tags.and(extra))
            .description(description)
            .register(registry));
  }

  private ToDoubleFunction<S> reading(ToDoubleFunction<Stats> figure) {
    SharedSnapshot<S> shared = snapshot;
    int reader = readers++;
    return s -> figure.applyAsDouble(shared.read(s, reader));
  }

  private String name(String name) {
    return prefix + "." + name;
  }

  private void add(Meter meter) {
    registered.add(meter);
  }
}
