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
  private final @Nullable StatsRecorder stats;
  private final boolean measures;

  Loading(
      SingleflightLoader<K, V> owner,
      LoaderOptions<K, V> options,
      Lifetimes<K, V> lifetimes,
      Loader<? super K, ? extends V, ?> loader,
      @Nullable StatsRecorder stats) {
    this.owner = owner;
    this.options = options;
    this.lifetimes = lifetimes;
    this.loader = loader;
    this.stats = stats;
    this.measures = stats != null || options.beta > 0;
  }

  /** Loads unless another flight has just done so. */
  Entry<V> loadMissing(K key) {
    return load(key, false);
  }

  /** Loads whatever is cached. */
  Entry<V> loadAnew(K key) {
    return load(key, true);
  }

  private Entry<V> load(K key, boolean anew) {
    Attempt<K, V> attempt = Attempt.begin(key, owner.store());
    try {
      Entry<V> cached = attempt.cached();
      return cached != null && !anew && isFresh(cached) ? cached : run(attempt);
    } finally {
      attempt.end();
      // A tenant's loader can be found while it is reachable, and must be while it loads: this
      // frame is all that holds it if its callers have left and the tenant was dropped.
      Reference.reachabilityFence(owner);
    }
  }

  private Entry<V> run(Attempt<K, V> attempt) {
    long start = now();
    V value;
    try {
      value = loader.load(attempt.key());
    } catch (Throwable t) {
      count(now() - start, true);
      return failed(attempt, t);
    }
    long loadNanos = now() - start;
    count(loadNanos, false);
    return succeeded(attempt, value, loadNanos);
  }

  boolean isFresh(Entry<V> cached) {
    return !options.watched() || ((TimedEntry<V>) cached).isFresh(lifetimes.now());
  }

  /** Caches a value if it is to be. */
  Entry<V> succeeded(Attempt<K, V> attempt, V value, long loadNanos) {
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
