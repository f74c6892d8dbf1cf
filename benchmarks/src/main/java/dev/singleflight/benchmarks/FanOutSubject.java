package dev.singleflight.benchmarks;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** One value that one thread has and many wait for. */
interface FanOutSubject {

  String VALUE = "value";

  /**
   * Gives the value out, and returns when free to go on.
   *
   * @param hold returns when the value is to be given out, and the time of that
   * @return the time that {@code hold} returned
   */
  long lead(LongSupplier hold);

  /** Waits for the value. Called when {@code lead} has called {@code hold}. */
  String follow();

  static FanOutSubject ofGroup() {
    return new FanOutSubject() {
      private final SingleflightGroup<String, String> group = SingleflightGroup.create();
      private volatile long released;

      @Override
      public long lead(LongSupplier hold) {
        String unused =
            group.execute(
                "key",
                key -> {
                  released = hold.getAsLong();
                  return VALUE;
                });
        return released;
      }

      @Override
      public String follow() {
        return group.execute("key", key -> "led instead of following");
      }
    };
  }

  static FanOutSubject ofCompletableFuture() {
    return new FanOutSubject() {
      private final CompletableFuture<String> future = new CompletableFuture<>();

      @Override
      public long lead(LongSupplier hold) {
        long released = hold.getAsLong();
        boolean unused = future.complete(VALUE);
        return released;
      }

      @Override
      public String follow() {
        return future.join();
      }
    };
  }
}
