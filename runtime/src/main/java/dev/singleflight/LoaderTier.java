package dev.singleflight;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A level behind the cache of loaders, in which what one of them has loaded is there for others.
 * {@link dev.singleflight.shared.SharedTier} is one for many processes; this is what a loader needs
 * of it.
 *
 * <p>A loader attaches itself once. A miss is then a call of {@link Attachment#load}, from within
 * its flight, so that all local callers of a key make one; an invalidation is a call of {@link
 * Attachment#invalidate}, before the loader drops its own copy. The tier in turn tells the loader's
 * {@link Copies} what was invalidated elsewhere.
 *
 * <p>Implementations have to be safe for use by any number of threads at once.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface LoaderTier<K, V extends @Nullable Object> {

  /** Of {@link Attachment#load}: any value will do that the tier calls fresh. */
  long ANY_AGE = Long.MAX_VALUE;

  /** Of {@link Attachment#load}: nothing that is in the tier will do. */
  long ANEW = -1;

  /**
   * Attaches a loader.
   *
   * @param tenant the tenant whose loader it is, or null if it has none
   * @param copies what the loader has cached; referred to weakly
   * @throws IllegalArgumentException if the tier has no way to tell this tenant from others
   */
  Attachment<K, V> attach(@Nullable Object tenant, Copies<K> copies);

  /** Invalidates all keys of all tenants, here and in other processes. Never throws. */
  void invalidateAll();

  /** What a loader keeps of a tier's values. Its methods are quick and never call the tier. */
  interface Copies<K> {

    /** Drops what is cached for a key, and lets nothing land that began to load before. */
    void invalidate(K key);

    /** As {@link #invalidate}, for all keys. */
    void invalidateAll();
  }

  /** A loader's place in a tier. */
  interface Attachment<K, V extends @Nullable Object> {

    /**
     * Returns a value from the tier, or runs the loader, on this thread and at most once, and
     * leaves in the tier what it returns. A tier that cannot be reached is no failure: the loader
     * is run.
     *
     * @param key the key
     * @param maxAgeNanos only a value is returned that is younger: that was loaded by a load which
     *     began less than so many nanoseconds ago; {@link #ANY_AGE} or {@link #ANEW}, too
     * @param loader loads the value
     * @return the value, and whether it may be cached
     * @throws Exception what the loader threw; what it throws while it waits for another process
     */
    Answer<V> load(K key, long maxAgeNanos, ThrowingSupplier<? extends V, ?> loader)
        throws Exception;

    /**
     * As {@link #load}, for several keys at once.
     *
     * @param keys the keys
     * @param loader loads several values in one run, and may be run more than once, for different
     *     keys; a key that its map lacks has a null
     * @return an answer for each key
     * @throws Exception what the loader threw
     */
    Map<K, Answer<V>> loadAll(
        Collection<K> keys,
        Loader<? super Set<K>, ? extends Map<? extends K, ? extends V>, ?> loader)
        throws Exception;

    /**
     * Invalidates a key, here and in other processes: when this returns, the tier gives nothing out
     * that was loaded by a load which had begun before. Never throws.
     */
    void invalidate(K key);

    /** As {@link #invalidate}, for all keys of the tenant. */
    void invalidateAll();
  }

  /**
   * What a tier answers.
   *
   * @param value the value
   * @param cacheable whether the loader may cache it: not if it is old, or was invalidated while it
   *     was loaded
   */
  record Answer<V extends @Nullable Object>(V value, boolean cacheable) {}
}
