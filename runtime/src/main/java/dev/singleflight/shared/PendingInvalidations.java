package dev.singleflight.shared;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The invalidations that the engine has yet to be told of, each once. Beyond a bound they become
 * one of everything. Not thread-safe.
 */
final class PendingInvalidations {

  static final int BOUND = 10_000;

  private final Invalidation everything;

  /** With a number that tells one from an equal one that was added later. */
  private final Map<Invalidation, Long> pending = new LinkedHashMap<>();

  private long added;

  PendingInvalidations(String tier) {
    this.everything = new Invalidation.OfTier(tier);
  }

  void add(Invalidation invalidation) {
    if (pending.size() >= BOUND && !pending.containsKey(invalidation)) {
      pending.clear();
      pending.put(everything, added++);
      return;
    }
    if (pending.containsKey(everything)) {
      // It has to come after this one, too.
      pending.put(everything, added++);
      return;
    }
    pending.put(invalidation, added++);
  }

  /** Returns what there is. */
  Map<Invalidation, Long> copy() {
    return new LinkedHashMap<>(pending);
  }

  /** Forgets what the engine has been told of, but for what was added again meanwhile. */
  void told(Map<Invalidation, Long> done) {
    done.forEach(pending::remove);
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  int size() {
    return pending.size();
  }
}
