package dev.singleflight.proofs.wakeup;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.CountDownLatch;

/** Lets a load begin before the others call, and end while they do. */
final class Meeting {

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch arriving;

  Meeting(int others) {
    arriving = new CountDownLatch(others);
  }

  void lead(SingleflightGroup<String, String> group) {
    String value =
        group.execute(
            "k",
            key -> {
              begun.countDown();
              Threads.await(arriving);
              return "led";
            });
    Threads.check(value.equals("led"), "another's value");
  }

  /** Is called by each of the others before it does what it does. */
  void arrive() {
    Threads.await(begun);
    arriving.countDown();
  }
}
