package dev.singleflight.micrometer;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantLoader;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.ref.WeakReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a group or a loader has done, its {@linkplain dev.singleflight.Stats statistics}, as
 * meters.
 *
 * <pre>{@code
 * SingleflightGroup<Long, User> users =
 *     SingleflightMetrics.monitor(registry, SingleflightGroup.create(), "users");
 * }</pre>
 *
 * <p>Each meter is tagged {@code group} with the name given here, and with the tags given here:
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>type</th><th>tells</th></tr>
 * <tr><td>{@code singleflight.calls}</td><td>counter</td><td>calls made</td></tr>
 * <tr><td>{@code singleflight.gets}</td><td>counter, by {@code result}</td><td>of loaders: calls
 *     answered from the cache ({@code hit}) or not ({@code miss})</td></tr>
 * <tr><td>{@code singleflight.callers}</td><td>counter, by {@code role}</td><td>{@code leader}:
 *     flights started; {@code follower}: calls that joined one</td></tr>
 * <tr><td>{@code singleflight.load.duration}</td><td>timer: count and total time</td><td>loads that
 *     ended, by value or by failure</td></tr>
 * <tr><td>{@code singleflight.load.duration.percentile}</td><td>gauge in seconds, by {@code phi}:
 *     0.5, 0.9, 0.99, 0.999</td><td>how long that share of loads took at most, over all time</td></tr>
 * <tr><td>{@code singleflight.load.duration.max}</td><td>gauge in seconds</td><td>the longest load,
 *     over all time</td></tr>
 * <tr><td>{@code singleflight.load.failures}</td><td>counter</td><td>loads that failed or could not
 *     be run</td></tr>
 * <tr><td>{@code singleflight.recursions.refused}</td><td>counter</td><td>calls refused with {@link
 *     dev.singleflight.RecursiveLoadException}</td></tr>
 * <tr><td>{@code singleflight.flights.abandoned}</td><td>counter</td><td>flights that all their
 *     callers left</td></tr>
 * <tr><td>{@code singleflight.in.flight}</td><td>gauge</td><td>flights that a call could join
 *     now; not of a tenant loader</td></tr>
 * <tr><td>{@code singleflight.size}</td><td>gauge</td><td>of a loader: keys cached, about</td></tr>
 * <tr><td>{@code singleflight.tenants}</td><td>gauge</td><td>of tenant loaders: tenants kept,
 *     about</td></tr>
 * <tr><td>{@code singleflight.coalescing.ratio}</td><td>gauge, 0 to 1</td><td>followers among all
 *     callers of flights, over all time</td></tr>
 * </table>
 *
 * <p>The timer and the percentiles are of all loads since recording began; where a monitoring
 * system is to see changes, let it take the rate of a counter, or of the timer's total by its
 * count. All figures of a scrape come from one {@linkplain dev.singleflight.Stats snapshot}; read
 * singly, a figure may be up to 10 ms old the first time.
 *
 * <p>Meters refer to what they show weakly. When it has been collected, counters stay as they were
 * and gauges are NaN, until they are removed from the registry. Names are for the user to keep
 * apart: as with all meters of Micrometer, a second group of the same name and tags adds nothing to
 * a registry, which goes on showing the first.
 *
 * <p>Thread-safe; may be bound to any number of registries.
 */
public final class SingleflightMetrics implements MeterBinder {

  private static final String PREFIX = "singleflight";

  private final Consumer<MeterRegistry> registration;

  /**
   * Prepares the meters of a group.
   *
   * @param group the group; referred to weakly
   * @param name the value of the tag {@code group}
   * @param tags further tags of each meter
   * @throws NullPointerException if an argument is null
   */
  public SingleflightMetrics(SingleflightGroup<?, ?> group, String name, Iterable<Tag> tags) {
    requireNonNull(group, "group must not be null");
    Tags all = tags(name, tags);
    this.registration = weakly(group, (registry, g) -> register(registry, g, all));
  }

  /**
   * Prepares the meters of a loader.
   *
   * @param loader the loader; referred to weakly
   * @param name the value of the tag {@code group}
   * @param tags further tags of each meter
   * @throws NullPointerException if an argument is null
   */
  public SingleflightMetrics(SingleflightLoader<?, ?> loader, String name, Iterable<Tag> tags) {
    requireNonNull(loader, "loader must not be null");
    Tags all = tags(name, tags);
    this.registration = weakly(loader, (registry, l) -> register(registry, l, all));
  }

  /**
   * Prepares the meters of the loaders of all tenants together.
   *
   * @param loader the loader; referred to weakly
   * @param name the value of the tag {@code group}
   * @param tags further tags of each meter
   * @throws NullPointerException if an argument is null
   */
  public SingleflightMetrics(TenantLoader<?, ?, ?> loader, String name, Iterable<Tag> tags) {
    requireNonNull(loader, "loader must not be null");
    Tags all = tags(name, tags);
    this.registration = weakly(loader, (registry, l) -> register(registry, l, all));
  }

  /**
   * Shows a group in a registry. The group {@linkplain SingleflightGroup#recordStats() records
   * statistics} from now on, if it did not.
   *
   * @param registry where to register the meters
   * @param group the group
   * @param name the value of the tag {@code group}
   * @param tags further tags of each meter: keys and values by turns
   * @param <K> the type of keys
   * @param <V> the type of values
   * @return the group itself, not wrapped in any way
   * @throws IllegalArgumentException if the number of tags is odd, or the registry has a meter of
   *     another type of the same name and tags
   * @throws NullPointerException if an argument is null
   */
  @CanIgnoreReturnValue
  public static <K, V extends @Nullable Object> SingleflightGroup<K, V> monitor(
      MeterRegistry registry, SingleflightGroup<K, V> group, String name, String... tags) {
    return monitor(registry, group, name, Tags.of(tags));
  }

  /**
   * As {@link #monitor(MeterRegistry, SingleflightGroup, String, String...)}, with tags.
   *
   * @param registry where to register the meters
   * @param group the group
   * @param name the value of the tag {@code group}
   * @param tags further tags of each meter
   * @param <K> the type of keys
   * @param <V> the type of values
   * @return the group itself, not wrapped in any way
   * @throws IllegalArgumentException if the registry has a meter of another type of the same name
   *     and tags
   * @throws NullPointerException if an argument is null
   */
  @CanIgnoreReturnValue
  public static <K, V extends @Nullable Object> SingleflightGroup<K, V> monitor(
      MeterRegistry registry, SingleflightGroup<K, V> group, String name, Iterable<Tag> tags) {
    new SingleflightMetrics(group, name, tags).bindTo(registry);
    return group;
  }

  /**
   * Shows a loader in a registry. One that was built not to record statistics shows zeros.
   *
   * @param registry where to register the meters
   * @param loader the loader
   * @param name the value of the tag {@code group}
   * @param tags further tags of each meter: keys and values by turns
   * @param <K> the type of keys
   * @param <V> the type of values
   * @return the loader itself, not wrapped in any way
   * @throws IllegalArgumentException if the number of tags is odd, or the registry has a meter of
   *     another type of the same name and tags
   * @throws NullPointerException if an argument is null
   */
  @CanIgnoreReturnValue
  public static <K, V extends @Nullable Object> SingleflightLoader<K, V> monitor(
      MeterRegistry registry, SingleflightLoader<K, V> loader, String name, String... tags) {
    return monitor(registry, loader, name, Tags.of(tags));
  }

  /**
   * As {@link #monitor(MeterRegistry, SingleflightLoader, String, String...)}, with tags.
   *
   * @param registry where to register the meters
   * @param loader the loader
   * @param name the value of the tag {@code group}
   * @param tags further tags of each meter
   * @param <K> the type of keys
   * @param <V> the type of values
   * @return the loader itself, not wrapped in any way
   * @throws IllegalArgumentException if the registry has a meter of another type of the same name
   *     and tags
   * @throws NullPointerException if an argument is null
   */
  @CanIgnoreReturnValue
  public static <K, V extends @Nullable Object> SingleflightLoader<K, V> monitor(
      MeterRegistry registry, SingleflightLoader<K, V> loader, String name, Iterable<Tag> tags) {
    new SingleflightMetrics(loader, name, tags).bindTo(registry);
    return loader;
  }

  /**
   * Shows the loaders of all tenants together in a registry, those of tenants that have been
   * dropped included. For each by itself see {@link #monitorTenants(MeterRegistry, TenantLoader,
   * String, String...)}.
   *
   * @param registry where to register the meters
   * @param loader the loader
   * @param name the value of the tag {@code group}
   * @param tags further tags of each meter: keys and values by turns
   * @param <T> the type of tenants
   * @param <K> the type of keys
   * @param <V> the type of values
   * @return the loader itself, not wrapped in any way
   * @throws IllegalArgumentException if the number of tags is odd, or the registry has a meter of
   *     another type of the same name and tags
   * @throws NullPointerException if an argument is null
   */
  @CanIgnoreReturnValue
  public static <T, K, V extends @Nullable Object> TenantLoader<T, K, V> monitor(
      MeterRegistry registry, TenantLoader<T, K, V> loader, String name, String... tags) {
    return monitor(registry, loader, name, Tags.of(tags));
  }

  /**
   * As {@link #monitor(MeterRegistry, TenantLoader, String, String...)}, with tags.
   *
   * @param registry where to register the meters
   * @param loader the loader
   * @param name the value of the tag {@code group}
   * @param tags further tags of each meter
   * @param <T> the type of tenants
   * @param <K> the type of keys
   * @param <V> the type of values
   * @return the loader itself, not wrapped in any way
   * @throws IllegalArgumentException if the registry has a meter of another type of the same name
   *     and tags
   * @throws NullPointerException if an argument is null
   */
  @CanIgnoreReturnValue
  public static <T, K, V extends @Nullable Object> TenantLoader<T, K, V> monitor(
      MeterRegistry registry, TenantLoader<T, K, V> loader, String name, Iterable<Tag> tags) {
    new SingleflightMetrics(loader, name, tags).bindTo(registry);
    return loader;
  }

  /**
   * Shows the loader of each tenant by itself in a registry, for as long as the tenant is there:
   * the meters are registered when a tenant comes, and removed when it is dropped.
   *
   * <p>The names begin with {@code singleflight.tenant} in place of {@code singleflight}, and each
   * meter is tagged {@code tenant} with the tenant's {@code toString}; of several that are called
   * the same the first is shown. There are 17 meters a tenant, which a monitoring system may charge
   * for: a {@link io.micrometer.core.instrument.config.MeterFilter} denies what is not wanted.
   *
   * <p>The loader has to {@linkplain SingleflightLoader.Builder#recordStatsPerTenant record
   * statistics per tenant}; without, most meters show zeros. It refers to the registry from now on.
   *
   * @param registry where to register the meters
   * @param loader the loader
   * @param name the value of the tag {@code group}
   * @param tags further tags of each meter: keys and values by turns
   * @param <T> the type of tenants
   * @param <K> the type of keys
   * @param <V> the type of values
   * @return the loader itself, not wrapped in any way
   * @throws IllegalArgumentException if the number of tags is odd
   * @throws NullPointerException if an argument is null
   */
  @CanIgnoreReturnValue
  public static <T, K, V extends @Nullable Object> TenantLoader<T, K, V> monitorTenants(
      MeterRegistry registry, TenantLoader<T, K, V> loader, String name, String... tags) {
    return monitorTenants(registry, loader, name, Tags.of(tags));
  }

  /**
   * As {@link #monitorTenants(MeterRegistry, TenantLoader, String, String...)}, with tags.
   *
   * @param registry where to register the meters
   * @param loader the loader
   * @param name the value of the tag {@code group}
   * @param tags further tags of each meter
   * @param <T> the type of tenants
   * @param <K> the type of keys
   * @param <V> the type of values
   * @return the loader itself, not wrapped in any way
   * @throws NullPointerException if an argument is null
   */
  @CanIgnoreReturnValue
  public static <T, K, V extends @Nullable Object> TenantLoader<T, K, V> monitorTenants(
      MeterRegistry registry, TenantLoader<T, K, V> loader, String name, Iterable<Tag> tags) {
    requireNonNull(registry, "registry must not be null");
    requireNonNull(loader, "loader must not be null");
    loader.addTenantListener(new TenantMetrics<>(registry, tags(name, tags)));
    return loader;
  }

  /**
   * Registers the meters, and makes a group record statistics. Does nothing if what they would show
   * has been collected.
   *
   * @throws IllegalArgumentException if the registry has a meter of another type of the same name
   *     and tags
   * @throws NullPointerException if the registry is null
   */
  @Override
  public void bindTo(MeterRegistry registry) {
    registration.accept(requireNonNull(registry, "registry must not be null"));
  }

  private static void register(MeterRegistry registry, SingleflightGroup<?, ?> group, Tags tags) {
    group.recordStats();
    SubjectMeters<SingleflightGroup<?, ?>> meters =
        new SubjectMeters<>(registry, group, PREFIX, tags, SingleflightGroup::stats);
    meters.registerFlights();
    meters.registerInFlight(SingleflightGroup::inFlight);
  }

  private static void register(MeterRegistry registry, SingleflightLoader<?, ?> loader, Tags tags) {
    SubjectMeters<SingleflightLoader<?, ?>> meters =
        new SubjectMeters<>(registry, loader, PREFIX, tags, SingleflightLoader::stats);
    meters.registerFlights();
    meters.registerHits();
    meters.registerInFlight(SingleflightLoader::inFlight);
    meters.registerSize(SingleflightLoader::estimatedSize);
  }

  private static void register(MeterRegistry registry, TenantLoader<?, ?, ?> loader, Tags tags) {
    SubjectMeters<TenantLoader<?, ?, ?>> meters =
        new SubjectMeters<>(registry, loader, PREFIX, tags, TenantLoader::stats);
    meters.registerFlights();
    meters.registerHits();
    meters.registerGauge("tenants", "Tenants kept, about", TenantLoader::estimatedTenants);
  }

  private static Tags tags(String name, Iterable<Tag> tags) {
    requireNonNull(name, "name must not be null");
    requireNonNull(tags, "tags must not be null");
    return Tags.concat(tags, "group", name);
  }

  /** Neither a binder nor a meter may keep alive what it shows. */
  private static <S> Consumer<MeterRegistry> weakly(
      S subject, BiConsumer<MeterRegistry, S> register) {
    WeakReference<S> reference = new WeakReference<>(subject);
    return registry -> {
      S present = reference.get();
      if (present != null) {
        register.accept(registry, present);
      }
    };
  }
}
