package dev.singleflight.samples.tasks.task04;

import dev.singleflight.Loader;
import dev.singleflight.SharedResult;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.Stats;
import java.util.concurrent.CompletableFuture;

/**
 * A function whose overlapping calls with equal arguments share one run. It returns what the
 * function returns and throws what the function throws: nobody casts, and nobody catches {@code
 * Exception}.
 *
 * <p>Thread-safe.
 *
 * @param <A> what the function is called with
 * @param <R> what it returns
 * @param <X> the checked exception it throws; {@link RuntimeException} if it throws none
 */
public final class Coalesced<A, R, X extends Exception> {
  private final SingleflightGroup<A, R> flights =
      SingleflightGroup.newBuilder().recordStats().build();
  private final Loader<? super A, ? extends R, X> function;

  private Coalesced(Loader<? super A, ? extends R, X> function) {
    this.function = function;
  }

  /** Wraps a function; its types are those of the wrapper. */
  public static <A, R, X extends Exception> Coalesced<A, R, X> of(
      Loader<? super A, ? extends R, X> function) {
    return new Coalesced<>(function);
  }

  /** Calls the function, or waits for a call under way. */
  public R call(A argument) throws X {
    return flights.execute(argument, function);
  }

  /** Does the same, and tells whether others were given the result too. */
  public SharedResult<R> callShared(A argument) throws X {
    return flights.executeShared(argument, function);
  }

  /** Does the same without waiting. */
  public CompletableFuture<R> callAsync(A argument) {
    return flights.executeAsync(argument, function);
  }

  Stats stats() {
    return flights.stats();
  }
}
