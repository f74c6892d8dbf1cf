package dev.singleflight.shared;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Wakes those who wait for something to happen to a key. */
final class Signals {

  /** What woke them. */
  enum Cause {
    /** The value may be there, or the lease free. */
    CHANGED,
    /** The lease is free, as its load has failed. */
    FAILED
  }

  /** What a waiter was woken by. */
  record Wake(Cause cause, String failure) {}

  /** A place to wait at, shared by all who wait for a key. It is left as often as it is entered. */
  static final class Signal {
    final CompletableFuture<Wake> future = new CompletableFuture<>();
    private final TierKey key;

    /** Touched by {@code compute} of the map only. */
    private int users;

    private Signal(TierKey key) {
      this.key = key;
    }
  }

  private final ConcurrentMap<TierKey, Signal> signals = new ConcurrentHashMap<>();

  /** Returns the place to wait for what happens to a key from now on. */
  Signal enter(TierKey key) {
    return signals.compute(
        key,
        (k, present) -> {
          Signal signal = present == null ? new Signal(k) : present;
          signal.users++;
          return signal;
        });
  }

  void leave(Signal signal) {
    signals.computeIfPresent(
        signal.key, (k, present) -> present == signal && --signal.users == 0 ? null : present);
  }

  void wake(TierKey key, Wake wake) {
    Signal signal = signals.remove(key);
    if (signal != null) {
      signal.future.complete(wake);
    }
  }

  /** Wakes all. */
  void wakeAll() {
    signals.keySet().forEach(key -> wake(key, new Wake(Cause.CHANGED, "")));
  }

  /** Returns for how many keys somebody waits. */
  int size() {
    return signals.size();
  }
}
