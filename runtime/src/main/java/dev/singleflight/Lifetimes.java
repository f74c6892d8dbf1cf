package dev.singleflight;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Weigher;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a load's outcome is cached and for how long, and makes the caches that obey.
 *
 * <p>The user's functions run here, where no lock is held, and never in Caffeine.
 */
final class Lifetimes<K, V extends @Nullable Object> {

  /** The time to live of what is not cached at all. */
  static final long NOT_CACHED = 0;

  private static final int WEIGHT_OF_NO_VALUE = 1;

  /** How far two readings of the time may be from the clock together. */
  static final long LAG_NANOS = 2 * LaggingTicker.STEP_NANOS;

  private final LoaderOptions<K, V> options;
  private final boolean timed;
  private final @Nullable LaggingTicker lagging;

  Lifetimes(LoaderOptions<K, V> options) {
    this.options = options;
    this.timed = options.timed();
    this.lagging = options.watched() ? new LaggingTicker(options.ticker) : null;
  }

  /** Returns the time. */
  long now() {
    return lagging == null ? options.ticker.read() : lagging.now();
  }

  /** Returns the nanoseconds for which a value, which may be null, is to live. */
  long ofValue(K key, V value) {
    if (value == null) {
      return options.nullTtlNanos == LoaderOptions.UNSET
          ? NOT_CACHED
          : jitter(options.nullTtlNanos);
    }
    if (options.ttlFunction != null) {
      return jitter(nanos(options.ttlFunction.apply(key, value), "expireAfterWrite"));
    }
    return options.ttlNanos == LoaderOptions.UNSET
        ? LoaderOptions.FOREVER
        : jitter(options.ttlNanos);
  }

  /** Returns the nanoseconds for which a failure is to live, or null if it is not permanent. */
  @Nullable Long ofFailure(Throwable failure) {
    if (options.failureTtl == null) {
      return null;
    }
    Duration ttl = options.failureTtl.apply(failure);
    return ttl == null ? null : jitter(nanos(ttl, "cacheFailures"));
  }

  private static long nanos(@Nullable Duration ttl, String option) {
    requireNonNull(ttl, () -> "the function given to " + option + " returned null");
    return ttl.isNegative()
        ? NOT_CACHED
        : Math.min(LoaderOptions.FOREVER, Durations.saturatedNanos(ttl));
  }

  private long jitter(long ttl) {
    return options.jitter == 0
        ? ttl
        : ttl - (long) (ttl * options.jitter * options.random.getAsDouble());
  }

  /** Returns an entry of a value that was just loaded. */
  Entry<V> entry(K key, V value, long ttl, long loadNanos) {
    int weight = value == null ? WEIGHT_OF_NO_VALUE : weigh(key, value);
    if (!timed) {
      return new Entry<>(value, null, weight);
    }
    long now = now();
    // What a null stands for is no better than nothing once it is over, and not worth a refresh.
    long stale = value == null ? 0 : options.keptStaleNanos();
    long refresh =
        value == null || options.refreshNanos == LoaderOptions.UNSET
            ? LoaderOptions.FOREVER
            : options.refreshNanos;
    return new TimedEntry<>(
        value,
        null,
        weight,
        now + ttl,
        now + Math.min(LoaderOptions.FOREVER, ttl + stale),
        now + refresh,
        value == null ? 0 : loadNanos);
  }

  /** Returns an entry of a failure. */
  Entry<V> entry(Throwable failure, long ttl) {
    long now = now();
    return new TimedEntry<>(
        null, failure, WEIGHT_OF_NO_VALUE, now + ttl, now + ttl, now + LoaderOptions.FOREVER, 0);
  }

  private int weigh(K key, V value) {
    Weigher<? super K, ? super V> weigher = options.weigher;
    if (weigher == null) {
      return 0;
    }
    int weight = weigher.weigh(key, value);
    if (weight < 0) {
      throw new IllegalArgumentException("the weigher returned a negative weight: " + weight);
    }
    return weight;
  }

  /** Returns a new empty store. */
  Store<K, V> newStore() {
    Caffeine<Object, Object> builder =
        Caffeine.newBuilder().ticker(lagging == null ? options.ticker : lagging);
    if (options.maximumSize != LoaderOptions.UNSET) {
      builder.maximumSize(options.maximumSize);
    }
    if (options.maximumWeight != LoaderOptions.UNSET) {
      builder
          .maximumWeight(options.maximumWeight)
          .weigher((Object key, Object entry) -> ((Entry<?>) entry).weight);
    }
    if (options.individualLifetimes()) {
      builder.expireAfter(new OwnTimes());
    } else if (options.ttlNanos != LoaderOptions.UNSET) {
      builder.expireAfterWrite(uniformLifetime(), TimeUnit.NANOSECONDS);
    }
    return new Store<>(builder.build(), options.wraps());
  }

  private long uniformLifetime() {
    long kept = Math.min(LoaderOptions.FOREVER, options.ttlNanos + options.keptStaleNanos());
    // What is written when the clock lags must not be dropped too early.
    return lagging == null ? kept : Math.min(LoaderOptions.FOREVER, kept + LAG_NANOS);
  }

  /** Tells Caffeine what each entry says of itself, whenever and for whatever it asks. */
  private static final class OwnTimes implements Expiry<Object, Object> {
    @Override
    public long expireAfterCreate(Object key, Object entry, long now) {
      return Math.max(0, ((TimedEntry<?>) entry).keptUntil - now);
    }

    @Override
    public long expireAfterUpdate(Object key, Object entry, long now, long remaining) {
      return expireAfterCreate(key, entry, now);
    }

    @Override
    public long expireAfterRead(Object key, Object entry, long now, long remaining) {
      return remaining;
    }
  }
}
