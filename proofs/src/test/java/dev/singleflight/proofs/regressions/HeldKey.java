package dev.singleflight.proofs.regressions;

import java.util.concurrent.CountDownLatch;

/**
 * A key that is held up while a map looks it up, after it was found there and before the caller
 * comes to know: so that what was found can grow old.
 */
final class HeldKey {

  private final boolean held;
  private final CountDownLatch found = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  private HeldKey(boolean held) {
    this.held = held;
  }

  static HeldKey held() {
    return new HeldKey(true);
  }

  static HeldKey free() {
    return new HeldKey(false);
  }

  void awaitFound() {
    Task.await(found);
  }

  void release() {
    released.countDown();
  }

  @Override
  public int hashCode() {
    return 1;
  }

  @Override
  public boolean equals(Object other) {
    if (held) {
      found.countDown();
      Task.await(released);
    }
    return other instanceof HeldKey;
  }

  @Override
  public String toString() {
    return "k";
  }
}
