package dev.singleflight;

import org.jspecify.annotations.Nullable;

/**
 * What a load left for a key, in the cache and as the outcome of its flight: a value, which may be
 * null, or a failure that is cached.
 *
 * <p>Only flights need an entry of a value that Caffeine alone has to watch: such values are cached
 * as they are. Others are cached in a {@link TimedEntry}, or in an entry that knows its weight.
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
  @SuppressWarnings("NullAway") // null without a failure is a V: the loader returned it
  final V get() {
    if (value == null) {
      throwFailure();
    }
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

  /** A value that a flight found cached as it is. */
  static final class Found<V extends @Nullable Object> extends Entry<V> {
    Found(V value) {
      super(value, null, 0);
    }
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
