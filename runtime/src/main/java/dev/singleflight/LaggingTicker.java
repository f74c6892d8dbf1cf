package dev.singleflight;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * Caffeine's clock where each hit looks at the real one anyway, to tell whether an entry is fresh:
 * to read that twice would cost more than all the rest of a hit. Caffeine then needs the time only
 * to drop what is of no use any more, and may do so a little late.
 */
final class LaggingTicker implements Ticker {

  /** How far it may lag behind the last time that was read; each step costs a write to memory. */
  static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Ticker real;
  private volatile long last;

  LaggingTicker(Ticker real) {
    this.real = real;
    this.last = real.read();
  }

  /** Returns the real time. */
  long now() {
    long now = real.read();
    if (now - last >= STEP_NANOS) {
      last = now;
    }
    return now;
  }

  @Override
  public long read() {
    return last;
  }
}
