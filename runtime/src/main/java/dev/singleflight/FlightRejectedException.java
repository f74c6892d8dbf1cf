package dev.singleflight;

import java.util.concurrent.RejectedExecutionException;

/**
 * Thrown to all callers of a flight whose load was refused, since its group already had as many
 * loads under way as {@link SingleflightGroup.Builder#maxInFlight(int, SingleflightGroup.WhenFull)}
 * allows. The loader was not run.
 */
public final class FlightRejectedException extends RejectedExecutionException {

  private static final long serialVersionUID = 1L;

  FlightRejectedException(String message) {
    super(message);
  }
}
