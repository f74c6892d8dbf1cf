package dev.singleflight;

import static java.util.Objects.requireNonNull;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the flights of several keys do together where the user has given a bulk loader. */
final class BulkLoading<K, V extends @Nullable Object> {

  private final SingleflightLoader<K, V> owner;
  private final Loading<K, V> loading;
  private final Loader<? super Set<K>, ? extends Map<? extends K, ? extends V>, ?> loader;
  private final LoaderTier.@Nullable Attachment<K, V> tier;

  BulkLoading(
      SingleflightLoader<K, V> owner,
      Loading<K, V> loading,
      Loader<? super Set<K>, ? extends Map<? extends K, ? extends V>, ?> loader,
      LoaderTier.@Nullable Attachment<K, V> tier) {
    this.owner = owner;
    this.loading = loading;
    this.loader = loader;
    this.tier = tier;
  }

  /** Returns an entry for each key; it may hold a failure that is that key's alone. */
  Map<K, Entry<V>> loadMissing(Set<K> keys) {
    Store<K, V> store = owner.store();
    List<Attempt<K, V>> attempts = new ArrayList<>();
    try {
      Map<K, Entry<V>> entries = new HashMap<>();
      List<Attempt<K, V>> missing = new ArrayList<>();
      for (K key : keys) {
        Attempt<K, V> attempt = Attempt.begin(key, store);
        attempts.add(attempt);
        Entry<V> cached = attempt.cached();
        if (cached != null && loading.isFresh(cached)) {
          entries.put(key, cached);
        } else {
          missing.add(attempt);
        }
      }
      if (!missing.isEmpty()) {
        run(missing, entries);
      }
      return entries;
    } finally {
      attempts.forEach(Attempt::end);
      // As after a single load.
      Reference.reachabilityFence(owner);
    }
  }

  private void run(List<Attempt<K, V>> missing, Map<K, Entry<V>> entries) {
    Set<K> keys = new LinkedHashSet<>();
    missing.forEach(attempt -> keys.add(attempt.key()));
    long start = loading.now();
    Map<K, LoaderTier.Answer<V>> answers;
    try {
      answers = tier == null ? answersOf(keys) : tier.loadAll(keys, this::runLoader);
    } catch (Throwable t) {
      failed(missing, t, entries);
      return;
    }
    long loadNanos = loading.now() - start;
    for (Attempt<K, V> attempt : missing) {
      entries.put(attempt.key(), landed(attempt, answers, loadNanos));
    }
  }

  @SuppressWarnings("NullAway") // a key that the map lacks has a null, which V may be
  private Map<K, LoaderTier.Answer<V>> answersOf(Set<K> keys) throws Exception {
    Map<? extends K, ? extends V> values = runLoader(keys);
    Map<K, LoaderTier.Answer<V>> answers = new HashMap<>();
    keys.forEach(key -> answers.put(key, new LoaderTier.Answer<>(values.get(key), true)));
    return answers;
  }

  private Map<? extends K, ? extends V> runLoader(Set<K> keys) throws Exception {
    long start = loading.now();
    Map<? extends K, ? extends V> values;
    try {
      values = loader.load(Collections.unmodifiableSet(keys));
      if (values == null) {
        throw new NullPointerException("the bulk loader returned null");
      }
    } catch (Throwable t) {
      loading.count(loading.now() - start, true);
      throw t;
    }
    loading.count(loading.now() - start, false);
    return values;
  }

  private Entry<V> landed(
      Attempt<K, V> attempt, Map<K, LoaderTier.Answer<V>> answers, long loadNanos) {
    try {
      return loading.answered(attempt, requireNonNull(answers.get(attempt.key())), loadNanos);
    } catch (Throwable t) {
      return failure(LoadFailures.toThrow(t));
    }
  }

  /**
   * Gives old values to the keys that have one, if they may stand in. A failure of all keys says
   * nothing about any one of them, so it is not cached.
   */
  private void failed(List<Attempt<K, V>> missing, Throwable thrown, Map<K, Entry<V>> entries) {
    Throwable failure = LoadFailures.toThrow(thrown);
    boolean permanent = loading.ttlOfFailure(thrown, failure) != null;
    for (Attempt<K, V> attempt : missing) {
      Entry<V> old = permanent ? null : loading.oldValueInstead(attempt, failure);
      if (old != null) {
        entries.put(attempt.key(), old);
      }
    }
    if (entries.isEmpty()) {
      throw LoadFailures.unchecked(failure);
    }
    missing.forEach(attempt -> entries.putIfAbsent(attempt.key(), failure(failure)));
  }

  private static <V extends @Nullable Object> Entry<V> failure(Throwable failure) {
    return new Entry<>(null, failure, 0);
  }
}
