package dev.singleflight;

import org.jspecify.annotations.Nullable;

/**
 * What a load left for a key, in the cache and as the outcome of its flight: a value, which may be
 * null, or a failure that is cached.
 *
 * <p>Where only Caffeine has to know how long it lives this is all there is of it; else it is a
 * {@link TimedEntry}.
 */
class Entry<V extends @Nullable Object> {

  private final @Nullable V value;

  /** A {@link RuntimeException} or an {@link Error}, or null. */
  private final @Nullable Throwable failure;

  final int weight;

  Entry(@Nullable V value, @Nullable Throwable failure, int weight) {
    this.value = value;
    this.failure = failure;
    this.weight = weight;
  }

  /** Returns the value or throws the failure. */
  final V get() {
    throwFailure();
    return valueOrNull();
  }

  @SuppressWarnings("NullAway") // null without a failure is a V: the loader returned it
  private V valueOrNull() {
    return value;
  }

  /** Throws the failure, if it is one. */
  final void throwFailure() {
    if (failure != null) {
      throw LoadFailures.unchecked(failure);
    }
  }

  final boolean isValue() {
    return value != null;
  }

  /** An old value instead of what a load failed with. It is given to callers and never cached. */
  static final class Fallback<V extends @Nullable Object> extends Entry<V> {
    final Throwable instead;

    Fallback(V old, Throwable instead) {
      super(old, null, 0);
      this.instead = instead;
    }
  }
}
