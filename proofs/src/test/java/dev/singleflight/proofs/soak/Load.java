package dev.singleflight.proofs.soak;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One run of the loader.
 *
 * @param key what was loaded, or {@link #SEVERAL} if it is no one's alone
 * @param begun when it began, in ticks of the soak's clock
 * @param firstReturn when the first call that got it had returned
 * @param endedNanos when it ended, by the system's clock
 */
record Load(int key, long begun, AtomicLong firstReturn, AtomicLong endedNanos) {
  static final int SEVERAL = -1;

  Load(int key, long begun) {
    this(key, begun, new AtomicLong(Long.MAX_VALUE), new AtomicLong());
  }

  boolean isOf(int asked) {
    return key == asked || key == SEVERAL;
  }
}
