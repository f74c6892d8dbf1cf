package dev.singleflight.samples.bugs.bug02;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/**
 * Finds the fares of a route that a traveller can afford.
 *
 * <p>All who search a route at the same moment are handed one and the same list. The traveller with
 * the smallest budget takes fares out of everybody's result, and two who filter at once get a
 * {@link java.util.ConcurrentModificationException}, or a list with holes in it.
 */
public final class BuggyFareSearch {
  private final SingleflightGroup<String, List<Fare>> searches = SingleflightGroup.create();
  private final Airline airline;

  public BuggyFareSearch(Airline airline) {
    this.airline = airline;
  }

  public List<Fare> affordable(String route, BigDecimal budget) throws IOException {
    List<Fare> fares = searches.execute(route, airline::search);
    // flagged: SingleflightSharedResultMutated
    fares.removeIf(fare -> fare.price().compareTo(budget) > 0);
    return fares;
  }

  /** The airline's reservation system: slow, and paid for by the request. */
  public interface Airline {
    List<Fare> search(String route) throws IOException;
  }

  /** A seat on a flight, and what it costs. */
  public record Fare(String flight, BigDecimal price) {}
}
