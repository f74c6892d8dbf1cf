package dev.singleflight;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Starts loads in the background of entries that are old, or about to expire, when they are hit.
 */
final class Refresher<K, V extends @Nullable Object> {

  /** No draw from (0, 1] in steps of 2⁻⁵³ has a logarithm further below zero. */
  private static final double FURTHEST_DRAW = 37;

  private final SingleflightGroup<K, Entry<V>> group;
  private final Loading<K, V> loading;
  private final LoaderOptions<K, V> options;
  private final long refreshNanos;

  Refresher(
      SingleflightGroup<K, Entry<V>> group, Loading<K, V> loading, LoaderOptions<K, V> options) {
    this.group = group;
    this.loading = loading;
    this.options = options;
    this.refreshNanos =
        options.refreshNanos == LoaderOptions.UNSET ? LoaderOptions.FOREVER : options.refreshNanos;
  }

  /** Starts a refresh if one is due and none is under way. */
  void hit(K key, TimedEntry<V> entry, long now) {
    if ((now - entry.refreshAt >= 0 || isEarly(entry, now)) && entry.claimRefresh()) {
      // What another process has loaded since is as good as a load here; but not the same again.
      long age = now - (entry.refreshAt - refreshNanos) - Lifetimes.LAG_NANOS;
      entry.refreshAt = now + refreshNanos;
      start(key, entry, Math.max(0, age));
    }
  }

  /**
   * Decides as XFetch does: the nearer the end and the longer the load, the likelier. In the terms
   * of the paper: {@code now − δ·β·ln(rand()) ≥ expiry}.
   */
  private boolean isEarly(TimedEntry<V> entry, long now) {
    double scale = options.beta * entry.loadNanos;
    long left = entry.freshUntil - now;
    return left <= scale * FURTHEST_DRAW
        && left <= -scale * Math.log(1 - options.random.getAsDouble());
  }

  /**
   * The claim on the entry is given up if the entry is to stay. If it has been replaced the claim
   * is kept, so that a caller who has hit it just before does not start another load.
   */
  @SuppressWarnings("SingleflightKeyOmitsInput") // whoever joins joins a refresh that is under way
  private void start(K key, TimedEntry<V> entry, long age) {
    CompletableFuture<Entry<V>> unused;
    try {
      unused = group.executeAsync(key, k -> loading.loadYounger(k, age));
    } catch (Throwable t) {
      entry.refreshFailed();
      throw t;
    }
    unused =
        unused.whenComplete(
            (loaded, failure) -> {
              if (failure != null || loaded == entry || loaded instanceof Entry.Fallback<?>) {
                entry.refreshFailed();
              }
            });
  }
}
