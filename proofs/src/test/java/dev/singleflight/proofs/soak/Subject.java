package dev.singleflight.proofs.soak;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What is soaked: loads values by {@link FaultyLoads}, and shares them. */
interface Subject {

  /** Asks for a value and waits; {@code way} chooses among the methods that do so. */
  Load call(int key, int way) throws Failed, TimeoutException;

  /** Asks for a value and waits for so long. */
  Load call(int key, Duration timeout) throws Failed, TimeoutException;

  CompletableFuture<Load> callAsync(int key);

  /** No call that begins after this has returned gets what began to be loaded before. */
  void outdate(int key);

  /** As {@link #outdate}, for all keys; returns false if it has no such method. */
  boolean outdateAll();

  /** Does something else that must do no harm; {@code way} chooses what. */
  void disturb(int key, int way);

  /** Whether a call may get what was loaded before it began. */
  boolean caches();

  /** Returns what is cached for a key, or null. */
  @Nullable Load cached(int key);

  /** How many loads may run at the same time. */
  int maxLoads();

  int inFlight();
}
