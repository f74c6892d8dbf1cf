package dev.singleflight;

import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * What a flight of a loader does: looks into the cache once more, runs the user's loader, and
 * caches what it brought.
 */
final class Loading<K, V extends @Nullable Object> {

  private final SingleflightLoader<K, V> owner;
  private final LoaderOptions<K, V> options;
  private final Lifetimes<K, V> lifetimes;
  private final Loader<? super K, ? extends V, ?> loader;
  private final LoaderTier.@Nullable Attachment<K, V> tier;
  private final @Nullable StatsRecorder stats;
  private final boolean measures;

  Loading(
      SingleflightLoader<K, V> owner,
      LoaderOptions<K, V> options,
      Lifetimes<K, V> lifetimes,
      Loader<? super K, ? extends V, ?> loader,
      LoaderTier.@Nullable Attachment<K, V> tier,
      @Nullable StatsRecorder stats) {
    this.owner = owner;
    this.options = options;
    this.lifetimes = lifetimes;
    this.loader = loader;
    this.tier = tier;
    this.stats = stats;
    this.measures = stats != null || options.beta > 0;
  }

  /** Loads unless another flight has just done so. */
  Entry<V> loadMissing(K key) {
    return load(key, LoaderTier.ANY_AGE);
  }

  /** Loads whatever is cached, here or in a tier. */
  Entry<V> loadAnew(K key) {
    return load(key, LoaderTier.ANEW);
  }

  /** Loads whatever is cached here; what a tier has will do if it is younger than told. */
  Entry<V> loadYounger(K key, long maxAgeNanos) {
    return load(key, maxAgeNanos);
  }

  private Entry<V> load(K key, long maxAgeNanos) {
    Attempt<K, V> attempt = Attempt.begin(key, owner.store());
    try {
      Entry<V> cached = attempt.cached();
      return cached != null && maxAgeNanos == LoaderTier.ANY_AGE && isFresh(cached)
          ? cached
          : run(attempt, maxAgeNanos);
    } finally {
      attempt.end();
      // A tenant's loader can be found while it is reachable, and must be while it loads: this
      // frame is all that holds it if its callers have left and the tenant was dropped.
      Reference.reachabilityFence(owner);
    }
  }

  private Entry<V> run(Attempt<K, V> attempt, long maxAgeNanos) {
    long start = now();
    LoaderTier.Answer<V> answer;
    try {
      answer =
          tier == null
              ? new LoaderTier.Answer<>(runLoader(attempt.key()), true)
              : tier.load(attempt.key(), maxAgeNanos, () -> runLoader(attempt.key()));
    } catch (Throwable t) {
      return failed(attempt, t);
    }
    return answered(attempt, answer, now() - start);
  }

  private V runLoader(K key) throws Exception {
    long start = now();
    V value;
    try {
      value = loader.load(key);
    } catch (Throwable t) {
      count(now() - start, true);
      throw t;
    }
    count(now() - start, false);
    return value;
  }

  /** Caches a value if it is to be, and may be. */
  Entry<V> answered(Attempt<K, V> attempt, LoaderTier.Answer<V> answer, long loadNanos) {
    return answer.cacheable()
        ? succeeded(attempt, answer.value(), loadNanos)
        : new Entry<>(answer.value(), null, 0);
  }

  boolean isFresh(Entry<V> cached) {
    return !options.watched() || ((TimedEntry<V>) cached).isFresh(lifetimes.now());
  }

  /** Caches a value if it is to be. */
  private Entry<V> succeeded(Attempt<K, V> attempt, V value, long loadNanos) {
    long ttl = lifetimes.ofValue(attempt.key(), value);
    if (ttl == Lifetimes.NOT_CACHED) {
      attempt.land(null);
      return new Entry<>(value, null, 0);
    }
    Entry<V> entry = lifetimes.entry(attempt.key(), value, ttl, loadNanos);
    attempt.land(entry);
    return entry;
  }

  /** Caches a failure if it is to be, and throws it; or returns an old value in its place. */
  private Entry<V> failed(Attempt<K, V> attempt, Throwable thrown) {
    Throwable failure = LoadFailures.toThrow(thrown);
    Long ttl = ttlOfFailure(thrown, failure);
    if (ttl != null) {
      attempt.land(ttl == Lifetimes.NOT_CACHED ? null : lifetimes.entry(failure, ttl));
    } else {
      Entry<V> old = oldValueInstead(attempt, failure);
      if (old != null) {
        return old;
      }
    }
    throw LoadFailures.unchecked(failure);
  }

  /** Returns the nanoseconds to live of a failure if the user calls it permanent, else null. */
  @Nullable Long ttlOfFailure(Throwable thrown, Throwable failure) {
    try {
      return lifetimes.ofFailure(thrown);
    } catch (Throwable t) {
      LoadFailures.suppress(t, failure);
      throw t;
    }
  }

  /** Returns an old value that may stand in for a failure that is not permanent, or null. */
  @Nullable Entry<V> oldValueInstead(Attempt<K, V> attempt, Throwable failure) {
    return options.staleNanos != LoaderOptions.UNSET
            && !(failure instanceof Error)
            && attempt.cached() instanceof TimedEntry<V> old
            && old.isValue()
            && lifetimes.now() - old.keptUntil < 0
        ? new Entry.Fallback<>(old.get(), failure)
        : null;
  }

  /** Returns the time, if anybody wants to know how long a load takes. */
  long now() {
    return measures ? options.ticker.read() : 0;
  }

  void count(long nanos, boolean failed) {
    if (stats != null) {
      stats.load(nanos, failed);
    }
  }
}
