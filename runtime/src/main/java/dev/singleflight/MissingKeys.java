package dev.singleflight;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** How one call loads several keys. */
final class MissingKeys<K, V extends @Nullable Object> {

  private final SingleflightGroup<K, Entry<V>> group;
  private final Loader<K, Entry<V>, RuntimeException> loadOne;
  private final @Nullable Loader<Set<K>, Map<K, Entry<V>>, RuntimeException> loadAll;
  private final boolean atOnce;

  /**
   * Creates a way to load.
   *
   * @param loadAll loads several keys in one run, or null
   * @param atOnce whether to load all keys at the same time if each has to be loaded alone
   */
  MissingKeys(
      SingleflightGroup<K, Entry<V>> group,
      Loader<K, Entry<V>, RuntimeException> loadOne,
      @Nullable Loader<Set<K>, Map<K, Entry<V>>, RuntimeException> loadAll,
      boolean atOnce) {
    this.group = group;
    this.loadOne = loadOne;
    this.loadAll = loadAll;
    this.atOnce = atOnce;
  }

  /** Returns the entries of keys, or throws the failure of the first key that fails. */
  Map<K, Entry<V>> load(Set<K> keys) {
    if (loadAll != null) {
      return group.executeAll(keys, loadAll);
    }
    return atOnce ? loadAtOnce(keys) : loadInTurn(keys);
  }

  private Map<K, Entry<V>> loadInTurn(Set<K> keys) {
    Map<K, Entry<V>> entries = new LinkedHashMap<>();
    for (K key : keys) {
      entries.put(key, group.execute(key, loadOne));
    }
    return entries;
  }

  private Map<K, Entry<V>> loadAtOnce(Set<K> keys) {
    Map<K, CompletableFuture<Entry<V>>> futures = new LinkedHashMap<>();
    try {
      for (K key : keys) {
        futures.put(key, group.executeAsync(key, loadOne));
      }
      Map<K, Entry<V>> entries = new LinkedHashMap<>();
      for (Map.Entry<K, CompletableFuture<Entry<V>>> one : futures.entrySet()) {
        entries.put(one.getKey(), await(one.getValue()));
      }
      return entries;
    } finally {
      futures.values().forEach(future -> future.cancel(false));
    }
  }

  private Entry<V> await(CompletableFuture<Entry<V>> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw LoadFailures.unchecked(cause == null ? e : cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException exception =
          new CancellationException(
              "Interrupted while waiting for the load of a key of several; it goes on");
      exception.initCause(e);
      throw exception;
    }
  }
}
