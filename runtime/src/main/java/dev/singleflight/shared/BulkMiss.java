package dev.singleflight.shared;

import dev.singleflight.Loader;
import dev.singleflight.LoaderTier;
import dev.singleflight.LoaderTier.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A miss of several keys at once: all are read in one go, those whose leases are free are loaded in
 * one run, and only then are those waited for that others load. So two processes that want each
 * other's keys do not wait in a circle.
 */
final class BulkMiss<K, V extends @Nullable Object> {

  private final TierContext context;
  private final Misses<V> misses;
  private final Function<K, TierKey> tierKey;
  private final Loader<? super Set<K>, ? extends Map<? extends K, ? extends V>, ?> loader;

  private final Map<K, Answer<V>> answers = new LinkedHashMap<>();
  private final Map<K, Lease> leases = new LinkedHashMap<>();
  private final Set<K> toLoad = new LinkedHashSet<>();
  private final List<K> toWaitFor = new ArrayList<>();

  BulkMiss(
      TierContext context,
      Misses<V> misses,
      Function<K, TierKey> tierKey,
      Loader<? super Set<K>, ? extends Map<? extends K, ? extends V>, ?> loader) {
    this.context = context;
    this.misses = misses;
    this.tierKey = tierKey;
    this.loader = loader;
  }

  Map<K, Answer<V>> load(Collection<K> keys) throws Exception {
    Circuit.Pass pass = context.circuit().pass();
    if (pass == null) {
      toLoad.addAll(keys);
    } else {
      read(keys, pass);
    }
    if (!toLoad.isEmpty()) {
      run(pass);
    }
    for (K key : toWaitFor) {
      answers.put(
          key,
          misses.load(
              tierKey.apply(key),
              LoaderTier.ANY_AGE,
              () -> valueOf(loader.load(Set.of(key)), key)));
    }
    return answers;
  }

  private void read(Collection<K> keys, Circuit.Pass pass) {
    Map<K, Misses.Step> steps = new LinkedHashMap<>();
    for (K key : keys) {
      steps.put(key, misses.send(tierKey.apply(key), pass, LoaderTier.ANY_AGE));
    }
    steps.forEach(this::took);
  }

  private void took(K key, Misses.Step step) {
    Reading reading = misses.await(step);
    if (reading == null) {
      toLoad.add(key);
      return;
    }
    switch (reading.state()) {
      case LEASED -> {
        leases.put(key, misses.lease(step));
        toLoad.add(key);
      }
      case HIT -> answered(key, misses.hit(step.key(), reading));
      case BUSY -> answered(key, misses.stale(step.key(), reading));
    }
  }

  private void answered(K key, @Nullable Answer<V> answer) {
    if (answer == null) {
      toWaitFor.add(key);
    } else {
      answers.put(key, answer);
    }
  }

  private void run(Circuit.@Nullable Pass pass) throws Exception {
    context.counters().bypasses.add(toLoad.size() - leases.size());
    Map<? extends K, ? extends V> values;
    boolean before = Lease.isHeldByThisThread();
    try {
      if (!leases.isEmpty()) {
        before = Lease.mark();
      }
      values = loader.load(toLoad);
    } catch (Throwable t) {
      leases.values().forEach(lease -> lease.release(t.getClass().getName()));
      throw t;
    } finally {
      if (!leases.isEmpty()) {
        Lease.unmark(before);
      }
    }
    Map<K, @Nullable CompletionStage<Boolean>> fills = new LinkedHashMap<>();
    for (K key : toLoad) {
      Lease lease = leases.get(key);
      fills.put(
          key,
          lease == null || pass == null ? null : misses.fill(lease, pass, valueOf(values, key)));
    }
    fills.forEach((key, fill) -> answers.put(key, misses.landed(valueOf(values, key), fill)));
  }

  @SuppressWarnings("NullAway") // a key that the map lacks has a null, which V may be
  private static <K, V extends @Nullable Object> V valueOf(
      Map<? extends K, ? extends V> values, K key) {
    return values.get(key);
  }
}
