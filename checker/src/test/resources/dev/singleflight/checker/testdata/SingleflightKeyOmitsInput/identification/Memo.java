package test;

import dev.singleflight.*;
import java.util.function.*;

public class Memo<K, V> {
  private final SingleflightGroup<K, V> flights = SingleflightGroup.create();

  public V get(K key, Function<? super K, ? extends V> loader) {
    return flights.execute(key, k -> loader.apply(k));
  }
}
