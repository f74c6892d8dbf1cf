package dev.singleflight.proofs.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * A call that was made, and what it got.
 *
 * @param id tells it from all others of the scenario
 * @param method what was called
 * @param key with which key
 * @param got what was returned
 * @param after how many calls of each thread were over when it began
 */
@SuppressWarnings("ArrayRecordComponent") // Lincheck's own clock; calls are never compared
record Call(int id, Method method, int key, @Nullable Object got, int[] after) {

  /** The operations of {@link GroupOperations}, by their names. */
  enum Method {
    execute,
    executeFailing,
    executeShared,
    forget,
    forgetUnshared;

    boolean boards() {
      return this == execute || this == executeFailing || this == executeShared;
    }
  }
}
