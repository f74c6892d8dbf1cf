package dev.singleflight.proofs.soak;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** What is soaked: loads values by {@link FaultyLoads}, and shares them. */
interface Subject {

  /** Asks for a value and waits; {@code way} chooses among the methods that do so. */
  Load call(int key, int way) throws Failed, TimeoutException;

  /** Asks for a value and waits for so long. */
  Load call(int key, Duration timeout) throws Failed, TimeoutException;

  CompletableFuture<Load> callAsync(int key);

  /** No call that begins after this has returned gets what began to be loaded before. */
  void outdate(int key);

  /** Does something else that must do no harm; {@code way} chooses what. */
  void disturb(int key, int way);

  /** Whether a call may get what was loaded before it began. */
  boolean caches();

  /** How many loads may run at the same time. */
  int maxLoads();

  int inFlight();
}
