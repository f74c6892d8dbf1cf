package dev.singleflight;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** An entry that has its own lifetime or is refreshed. All times are the ticker's. */
final class TimedEntry<V extends @Nullable Object> extends Entry<V> {

  @SuppressWarnings("rawtypes") // a class literal has no type arguments
  private static final AtomicIntegerFieldUpdater<TimedEntry> REFRESHING =
      AtomicIntegerFieldUpdater.newUpdater(TimedEntry.class, "refreshing");

  /** When callers no longer get it as it is. */
  final long freshUntil;

  /** When it is of no use any more. */
  final long keptUntil;

  /** How long its load took, if that is asked for. */
  final long loadNanos;

  /** When a hit has to start a refresh. */
  volatile long refreshAt;

  /** 1 once a hit has undertaken to refresh the entry, until that has failed. */
  private volatile int refreshing;

  TimedEntry(
      @Nullable V value,
      @Nullable Throwable failure,
      int weight,
      long freshUntil,
      long keptUntil,
      long refreshAt,
      long loadNanos) {
    super(value, failure, weight);
    this.freshUntil = freshUntil;
    this.keptUntil = keptUntil;
    this.refreshAt = refreshAt;
    this.loadNanos = loadNanos;
  }

  boolean isFresh(long now) {
    return now - freshUntil < 0;
  }

  /** Returns true to one caller; to no other until the refresh has failed. */
  boolean claimRefresh() {
    return refreshing == 0 && REFRESHING.compareAndSet(this, 0, 1);
  }

  void refreshFailed() {
    refreshing = 0;
  }
}
