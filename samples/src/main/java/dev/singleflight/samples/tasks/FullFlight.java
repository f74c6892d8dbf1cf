package dev.singleflight.samples.tasks;

import dev.singleflight.FlightListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a load end when as many callers as are expected have joined it: so that a program shows what
 * becomes of them, and not how quickly their threads were started.
 */
public final class FullFlight implements FlightListener<Object> {
  private static final int PATIENCE_SECONDS = 30;

  private final CountDownLatch missing;

  /**
   * Creates it for one flight.
   *
   * @param callers how many there will be, the leader among them
   */
  public FullFlight(int callers) {
    missing = new CountDownLatch(callers - 1);
  }

  @Override
  public void flightJoined(Object key) {
    missing.countDown();
  }

  /**
   * Waits, inside a load, for all to have joined it.
   *
   * @throws IllegalStateException if they have not within half a minute
   */
  public void await() {
    try {
      if (!missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(missing.getCount() + " callers have not joined the load");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while callers were joining", e);
    }
  }
}
