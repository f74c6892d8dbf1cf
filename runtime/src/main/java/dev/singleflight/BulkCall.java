package dev.singleflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call for several keys: leads a flight for each key that has none, lands all of these by one
 * load, and follows the flights of the other keys.
 *
 * <p>Its own load is started before it waits for anybody, so two such calls that want each other's
 * keys do not wait in a circle.
 */
final class BulkCall<K, V extends @Nullable Object> {

  private record Boarded<K, V extends @Nullable Object>(
      K key, Flight<K, V> flight, ThreadWaiter waiter) {}

  private final FlightTable<K, V> table;
  private final Loader<? super Set<K>, ? extends Map<K, ? extends V>, ?> bulkLoader;
  private final List<Boarded<K, V>> boarded = new ArrayList<>();
  private final List<Flight<K, V>> led = new ArrayList<>();

  BulkCall(
      FlightTable<K, V> table,
      Loader<? super Set<K>, ? extends Map<K, ? extends V>, ?> bulkLoader) {
    this.table = table;
    this.bulkLoader = bulkLoader;
  }

  Map<K, V> execute(Set<? extends K> keys) {
    try {
      boardAndStart(keys);
      Map<K, V> values = new LinkedHashMap<>();
      for (Boarded<K, V> one : boarded) {
        values.put(one.key(), one.waiter().await(one.flight()).get());
      }
      return values;
    } finally {
      boarded.forEach(one -> one.waiter().leave(one.flight()));
    }
  }

  private void boardAndStart(Set<? extends K> keys) {
    try {
      for (K key : keys) {
        ThreadWaiter waiter = new ThreadWaiter();
        Flight<K, V> flight = table.board(key, waiter);
        boarded.add(new Boarded<>(key, flight, waiter));
        if (waiter.leads) {
          flight.shareLoad();
          led.add(flight);
        }
      }
    } catch (Throwable t) {
      led.forEach(flight -> flight.fail(t, false));
      throw t;
    }
    if (!led.isEmpty()) {
      table.start(new BulkLoad<>(led, bulkLoader), /* attached= */ table.executor == null);
    }
  }
}
