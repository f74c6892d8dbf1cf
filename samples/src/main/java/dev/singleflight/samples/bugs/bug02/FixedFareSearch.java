package dev.singleflight.samples.bugs.bug02;

import dev.singleflight.SingleflightGroup;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/**
 * Finds the fares of a route that a traveller can afford.
 *
 * <p>The list that the search returned belongs to all who wait for it, so nobody changes it: each
 * caller filters into a list of its own.
 */
public final class FixedFareSearch {
  private final SingleflightGroup<String, List<Fare>> searches = SingleflightGroup.create();
  private final Airline airline;

  public FixedFareSearch(Airline airline) {
    this.airline = airline;
  }

  public List<Fare> affordable(String route, BigDecimal budget) throws IOException {
    List<Fare> fares = searches.execute(route, airline::search);
    return fares.stream().filter(fare -> fare.price().compareTo(budget) <= 0).toList();
  }

  /** The airline's reservation system: slow, and paid for by the request. */
  public interface Airline {
    List<Fare> search(String route) throws IOException;
  }

  /** A seat on a flight, and what it costs. */
  public record Fare(String flight, BigDecimal price) {}
}
