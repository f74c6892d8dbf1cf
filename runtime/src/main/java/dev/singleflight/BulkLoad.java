package dev.singleflight;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The load of several flights at once. */
record BulkLoad<K, V extends @Nullable Object>(
    List<Flight<K, V>> flights, Loader<? super Set<K>, ? extends Map<K, ? extends V>, ?> bulkLoader)
    implements Load {

  @Override
  public void run(boolean detached) {
    List<Flight<K, V>> claimed = flights.stream().filter(Flight::claim).toList();
    if (claimed.isEmpty()) {
      return;
    }
    try {
      Map<K, ? extends V> values;
      try {
        values = load(claimed);
      } catch (Throwable t) {
        claimed.forEach(flight -> flight.fail(t, detached));
        return;
      }
      claimed.forEach(flight -> land(flight, values, detached));
    } catch (Throwable t) {
      claimed.forEach(flight -> flight.runner = Flight.LOST);
      throw t;
    }
  }

  private Map<K, ? extends V> load(List<Flight<K, V>> claimed) throws Exception {
    Set<K> keys = new LinkedHashSet<>();
    claimed.forEach(flight -> keys.add(flight.key));
    claimed.forEach(Flight::begin);
    try {
      Map<K, ? extends V> values = bulkLoader.load(keys);
      if (values == null) {
        throw new NullPointerException("The bulk loader returned null for " + keys);
      }
      return values;
    } finally {
      claimed.forEach(Flight::end);
    }
  }

  @SuppressWarnings("NullAway") // a key that the map lacks has a null, which V may be
  private static <K, V extends @Nullable Object> void land(
      Flight<K, V> flight, Map<K, ? extends V> values, boolean detached) {
    try {
      flight.succeed(values.get(flight.key), detached);
    } catch (Throwable t) {
      // The map or the key failed; of a flight that has landed all the same this is no news.
      flight.fail(t, detached);
    }
  }

  @Override
  public void fail(Throwable cause, boolean detached) {
    flights.forEach(flight -> flight.fail(cause, detached));
  }

  @Override
  public boolean isUnderWay() {
    return flights.stream().anyMatch(flight -> flight.runner != null || flight.outcome() != null);
  }

  @Override
  public InFlightLimit.Turn turn() {
    InFlightLimit.Turn first = flights.get(0).turn();
    flights.stream().skip(1).forEach(flight -> flight.turn().mergeInto(first));
    return first;
  }
}
