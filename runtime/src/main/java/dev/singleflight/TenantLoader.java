package dev.singleflight;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SingleflightLoader} for each tenant, created when it is first called for. Tenants never
 * share a flight or an entry, whatever their keys are.
 *
 * <pre>{@code
 * private final TenantLoader<String, Long, User> users =
 *     SingleflightLoader.newBuilder()
 *         .expireAfterWrite(Duration.ofMinutes(5))
 *         .maximumSize(1_000)
 *         .maximumTenants(500)
 *         .expireTenantsAfterAccess(Duration.ofHours(1))
 *         .buildPerTenant((tenant, id) -> databaseOf(tenant).queryUser(id));
 *
 * User user(String tenant, long id) {
 *   return users.get(tenant, id);
 * }
 * }</pre>
 *
 * <p>All else that the builder was told holds for each tenant's loader by itself: the bounds of
 * what is cached and of loads at the same time, for instance.
 *
 * <p><b>Dropping tenants.</b> Unless bounded, by {@link SingleflightLoader.Builder#maximumTenants}
 * or {@link SingleflightLoader.Builder#expireTenantsAfterAccess}, a tenant's loader is kept for as
 * long as this object. Beyond the bounds those least worth keeping, or idle, are dropped, with what
 * they have cached. A tenant never has two loaders at the same time: one that has been dropped is
 * taken up again for as long as anybody holds it, or a load of it runs.
 *
 * <p>All methods may be called by any thread at any time. No user code runs while a lock is held,
 * except the {@code hashCode} and {@code equals} of tenants and keys.
 *
 * @param <T> the type of tenants; they need {@code equals} and {@code hashCode} as in a map, and
 *     must not change
 * @param <K> the type of keys
 * @param <V> the type of values; nullable if the loader may return null
 */
@ThreadSafe
public final class TenantLoader<T, K, V extends @Nullable Object> {

  /**
   * All loaders that are reachable: for a tenant to have two, one would have to be unreachable. A
   * load holds the loader it belongs to until it has ended.
   */
  private final Cache<T, SingleflightLoader<K, V>> canonical;

  /** Those of {@link #canonical} that are kept even if nobody uses them. */
  private final Cache<T, SingleflightLoader<K, V>> kept;

  private final TenantEvents<T> events = new TenantEvents<>();
  private final LoaderOptions<K, V> options;
  private final TenantKeyLoader<? super T, ? super K, ? extends V, ?> loader;
  private final @Nullable
      TenantKeyLoader<? super T, ? super Set<K>, ? extends Map<? extends K, ? extends V>, ?>
      bulkLoader;
  private final @Nullable StatsRecorder stats;

  /**
   * Creates a loader.
   *
   * @param options of its own, checked
   */
  TenantLoader(
      LoaderOptions<K, V> options,
      TenantKeyLoader<? super T, ? super K, ? extends V, ?> loader,
      @Nullable
          TenantKeyLoader<? super T, ? super Set<K>, ? extends Map<? extends K, ? extends V>, ?>
          bulkLoader) {
    this.options = options;
    this.loader = loader;
    this.bulkLoader = bulkLoader;
    this.stats = options.recordsStats ? new StatsRecorder(null) : null;
    this.canonical = Caffeine.newBuilder().weakValues().build();
    Caffeine<Object, Object> builder = Caffeine.newBuilder().ticker(options.ticker);
    if (options.maximumTenants != LoaderOptions.UNSET) {
      builder.maximumSize(options.maximumTenants);
    }
    if (options.tenantIdleNanos != LoaderOptions.UNSET) {
      builder
          .expireAfterAccess(options.tenantIdleNanos, TimeUnit.NANOSECONDS)
          .scheduler(Scheduler.systemScheduler());
    }
    this.kept =
        builder
            .<T, SingleflightLoader<K, V>>evictionListener(
                (tenant, evicted, cause) -> events.noteDropped(requireNonNull(tenant)))
            .removalListener((tenant, removed, cause) -> events.tell())
            .build();
  }

  /**
   * Returns the loader of a tenant, which is created if there is none.
   *
   * <p>To hold it is quicker than to ask for it with each call, but does not count as access to the
   * tenant: a tenant that is used by its loader alone may be dropped as idle. The loader goes on,
   * and whoever asks for the tenant meanwhile gets the same.
   *
   * @param tenant the tenant
   * @return the one loader of this tenant
   * @throws NullPointerException if the tenant is null
   */
  public SingleflightLoader<K, V> forTenant(T tenant) {
    requireTenant(tenant);
    SingleflightLoader<K, V> known = kept.getIfPresent(tenant);
    return known != null ? known : keep(tenant);
  }

  private SingleflightLoader<K, V> keep(T tenant) {
    String name = nameOf(tenant);
    SingleflightLoader<K, V> one = canonical.get(tenant, key -> create(key, name));
    SingleflightLoader<K, V> unused =
        kept.get(
            tenant,
            key -> {
              events.noteAdded(key, one);
              return one;
            });
    events.tell();
    return one;
  }

  private SingleflightLoader<K, V> create(T tenant, String name) {
    LoaderOptions<K, V> own = options.copy();
    own.group.name = name;
    own.tenant = tenant;
    if (bulkLoader != null) {
      own.bulkLoader = keys -> bulkLoader.load(tenant, keys);
    }
    StatsRecorder recorder = options.recordsStatsPerTenant ? new StatsRecorder(stats) : stats;
    return new SingleflightLoader<>(
        own, key -> loader.load(tenant, key), recorder, options.recordsStatsPerTenant);
  }

  private String nameOf(T tenant) {
    String text;
    try {
      text = String.valueOf(tenant);
    } catch (RuntimeException e) {
      // A tenant must not fail for want of a word.
      text = tenant.getClass().getName();
    }
    return options.group.name == null ? text : options.group.name + "/" + text;
  }

  /**
   * Returns the value of a tenant's key.
   *
   * @param tenant the tenant
   * @param key the key
   * @return the value; null only if the loader returned that
   * @throws LoadException if the loader threw a checked exception, which is the cause
   * @throws RecursiveLoadException if the call would wait for itself
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits
   * @throws NullPointerException if the tenant or the key is null
   * @see SingleflightLoader#get(Object)
   */
  public V get(T tenant, K key) {
    return forTenant(tenant).get(key);
  }

  /**
   * Returns the value of a tenant's key, but waits no longer than it is told.
   *
   * @param tenant the tenant
   * @param key the key
   * @param timeout how long to wait at most
   * @return the value; null only if the loader returned that
   * @throws TimeoutException if the flight has not ended in time; its load goes on
   * @throws LoadException if the loader threw a checked exception, which is the cause
   * @throws RecursiveLoadException if the call would wait for itself
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits
   * @throws NullPointerException if an argument is null
   * @see SingleflightLoader#get(Object, Duration)
   */
  public V get(T tenant, K key, Duration timeout) throws TimeoutException {
    return forTenant(tenant).get(key, timeout);
  }

  /**
   * Returns a future of the value of a tenant's key, without waiting for the load.
   *
   * @param tenant the tenant
   * @param key the key
   * @return a new future at each call
   * @throws NullPointerException if the tenant or the key is null
   * @see SingleflightLoader#getAsync
   */
  public CompletableFuture<V> getAsync(T tenant, K key) {
    return forTenant(tenant).getAsync(key);
  }

  /**
   * Returns the values of several keys of a tenant.
   *
   * @param tenant the tenant
   * @param keys the keys; equal ones count once
   * @return an unmodifiable map with the keys in the order of the collection. A key whose value is
   *     null is left out
   * @throws LoadException if a loader threw a checked exception, which is the cause
   * @throws RecursiveLoadException if the call would wait for itself
   * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits
   * @throws NullPointerException if an argument or a key is null
   * @see SingleflightLoader#getAll
   */
  public Map<K, V> getAll(T tenant, Collection<? extends K> keys) {
    return forTenant(tenant).getAll(keys);
  }

  /**
   * Drops what is cached for a tenant's key, and sees to it that nothing older than this call gets
   * there.
   *
   * @param tenant the tenant
   * @param key the key
   * @throws NullPointerException if the tenant or the key is null
   * @see SingleflightLoader#invalidate
   */
  public void invalidate(T tenant, K key) {
    requireTenant(tenant);
    requireNonNull(key, "key must not be null");
    SingleflightLoader<K, V> known = known(tenant);
    if (known != null) {
      known.invalidate(key);
    }
  }

  /** Returns the loader of a tenant if that may have cached anything, here or in a tier. */
  private @Nullable SingleflightLoader<K, V> known(T tenant) {
    return options.tier != null ? forTenant(tenant) : canonical.getIfPresent(tenant);
  }

  /**
   * As {@link #invalidate}, for all keys of a tenant. The tenant is not dropped.
   *
   * @param tenant the tenant
   * @throws NullPointerException if the tenant is null
   */
  public void invalidateAll(T tenant) {
    requireTenant(tenant);
    SingleflightLoader<K, V> known = known(tenant);
    if (known != null) {
      known.invalidateAll();
    }
  }

  /** As {@link #invalidate}, for all keys of all tenants. No tenant is dropped. */
  public void invalidateAll() {
    try {
      if (options.tier != null) {
        options.tier.invalidateAll();
      }
    } finally {
      canonical.asMap().values().forEach(SingleflightLoader::invalidateAllHere);
    }
  }

  /**
   * Returns what the loaders of all tenants have done so far, including those of tenants that have
   * been dropped; zeros if this was built not to {@linkplain SingleflightLoader.Builder#recordStats
   * record} that. For one tenant see {@link SingleflightLoader.Builder#recordStatsPerTenant}.
   */
  public Stats stats() {
    return stats == null ? Stats.NONE : stats.ofLoader();
  }

  /** Returns about how many tenants a loader is kept for. */
  public long estimatedTenants() {
    return kept.estimatedSize();
  }

  /**
   * Tells a listener which tenants come and go from now on, after those that are there.
   *
   * @throws NullPointerException if the listener is null
   */
  public void addTenantListener(TenantListener<? super T> listener) {
    events.noteListener(requireNonNull(listener, "listener must not be null"));
    events.tell();
  }

  @Override
  public String toString() {
    String name = options.group.name == null ? "" : "name=" + options.group.name + ", ";
    return "TenantLoader{" + name + "estimatedTenants=" + estimatedTenants() + "}";
  }

  private static void requireTenant(@Nullable Object tenant) {
    requireNonNull(tenant, "tenant must not be null");
  }
}
