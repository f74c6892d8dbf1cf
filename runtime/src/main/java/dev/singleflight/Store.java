package dev.singleflight;

import com.github.benmanes.caffeine.cache.Cache;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The cache of a loader, and which loads may still land in it.
 *
 * <p><b>Invalidation.</b> {@link #invalidate} first voids the tickets of the key (V), then removes
 * its entry (R); the loader then forgets the key's flight (F). A load draws its ticket before it
 * looks into the cache, and uses it inside of Caffeine's {@code compute}, which excludes R.
 *
 * <ul>
 *   <li>A load that began before V, that is drew its ticket before, either used it before V: then R
 *       waits for the {@code compute} and removes what it wrote; or it finds it void and writes
 *       nothing. So once R is done, what is in the cache is of loads that began after V.
 *   <li>A flight whose load began before V, or found the old entry in the cache after V and before
 *       R, was mapped before R, so F makes it one that nobody joins. A flight that is mapped after
 *       F finds in the cache only what the above leaves there.
 * </ul>
 *
 * <p>F has to come last: before R it would miss a flight that begins between the two, finds the old
 * entry, and would hand it to callers who come after the invalidation. And V has to come before R:
 * else a load could write between the two, or, if V were left to F, use its ticket after R.
 *
 * <p>To invalidate everything the loader changes to a new store and then forgets all flights. A
 * load keeps to the store in which it began, so what it writes is dropped with it. Caffeine's own
 * {@code invalidateAll} would not do: it does not see an entry whose {@code compute} is under way.
 *
 * <p>No user code runs inside {@code compute}, but for the keys' {@code hashCode} and {@code
 * equals}: an entry brings its weight and its lifetime along.
 */
final class Store<K, V extends @Nullable Object> {

  /** Leaves an entry as it is; to return it unchanged would prolong its life. */
  private static final class Superseded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Superseded() {
      super(null, null, /* enableSuppression= */ false, /* writableStackTrace= */ false);
    }
  }

  private final Cache<K, Object> cache;

  /** A view that is quicker to ask, as it counts nothing. */
  private final ConcurrentMap<K, Object> map;

  private final boolean wraps;
  private final PendingLoads<K> pending = new PendingLoads<>();

  /**
   * Creates a store.
   *
   * @param cache an empty cache
   * @param wraps whether to keep entries, rather than just their values
   */
  Store(Cache<K, Object> cache, boolean wraps) {
    this.cache = cache;
    this.map = cache.asMap();
    this.wraps = wraps;
  }

  /** Returns what is cached for a key, fresh or not: an entry if the store wraps, else a value. */
  @Nullable Object get(K key) {
    return map.get(key);
  }

  /** Returns the entry that is cached for a key, fresh or not. */
  @SuppressWarnings("unchecked") // what land() has put there
  @Nullable Entry<V> entry(K key) {
    Object cached = get(key);
    if (cached == null || wraps) {
      return (Entry<V>) cached;
    }
    return new Entry.Found<>((V) cached);
  }

  /**
   * Returns whether an entry, that a flight brought, is what was cached already.
   *
   * @param cached what {@link #get} had returned
   */
  static boolean isThere(Entry<?> entry, @Nullable Object cached) {
    return entry == cached || (entry instanceof Entry.Found<?> && entry.get() == cached);
  }

  PendingLoads.Ticket beginLoad(K key) {
    return pending.draw(key);
  }

  /**
   * Writes what a load brought, or removes what was there if that is not to be cached; does neither
   * if the load began before an invalidation, or before a load that has landed.
   */
  void land(K key, PendingLoads.Ticket ticket, @Nullable Entry<V> entry) {
    try {
      Object stored = entry == null || wraps ? entry : entry.get();
      map.compute(
          key,
          (k, old) -> {
            if (!pending.use(k, ticket)) {
              throw new Superseded();
            }
            return stored;
          });
    } catch (Superseded e) {
      // The load's callers have what it brought, and that is all that is owed to them.
    }
  }

  void endLoad(K key, PendingLoads.Ticket ticket) {
    pending.giveBack(key, ticket);
  }

  void invalidate(K key) {
    // As in FlightTable.forget(): what finds nothing only reads, and a load could begin before
    // others see what this thread has written.
    VarHandle.fullFence();
    pending.voidAll(key);
    cache.invalidate(key);
  }

  /** Returns how many keys have a load under way that may still land. */
  int pendingLoads() {
    return pending.size();
  }

  long estimatedSize() {
    return cache.estimatedSize();
  }
}
