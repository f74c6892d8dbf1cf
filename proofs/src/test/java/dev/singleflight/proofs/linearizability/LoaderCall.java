package dev.singleflight.proofs.linearizability;

/**
 * A call of a loader that was made, and what it got.
 *
 * @param id tells it from all others of the scenario
 * @param method what was called
 * @param key with which key, if it takes one
 * @param since how many loads had begun or ended when it was made
 * @param got the value it got
 * @param after how many calls of each thread were over when it began
 */
@SuppressWarnings("ArrayRecordComponent") // Lincheck's own clock; calls are never compared
record LoaderCall(int id, Method method, int key, int since, Loaded got, int[] after) {

  /** The operations of {@link LoaderOperations}, by their names. */
  enum Method {
    get,
    getIfPresent,
    refresh,
    invalidate,
    invalidateAll;

    boolean invalidates() {
      return this == invalidate || this == invalidateAll;
    }
  }

  /** Whether another call was over when this one began. */
  boolean isAfter(int thread, int index) {
    return after[thread] > index;
  }
}
