package dev.singleflight;

import org.jspecify.annotations.Nullable;

/**
 * The attempt of one flight to put something into the cache for its key.
 *
 * @param cached what was there when it began, fresh or not
 */
record Attempt<K, V extends @Nullable Object>(
    K key, Store<K, V> store, PendingLoads.Ticket ticket, @Nullable Entry<V> cached) {

  static <K, V extends @Nullable Object> Attempt<K, V> begin(K key, Store<K, V> store) {
    PendingLoads.Ticket ticket = store.beginLoad(key);
    try {
      return new Attempt<>(key, store, ticket, store.entry(key));
    } catch (Throwable t) {
      store.endLoad(key, ticket);
      throw t;
    }
  }

  /** Puts an entry into the cache, or nothing in place of what is there; if that is still due. */
  void land(@Nullable Entry<V> entry) {
    store.land(key, ticket, entry);
  }

  void end() {
    store.endLoad(key, ticket);
  }
}
