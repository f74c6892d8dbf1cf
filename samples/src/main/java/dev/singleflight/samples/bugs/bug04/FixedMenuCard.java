package dev.singleflight.samples.bugs.bug04;

import dev.singleflight.SingleflightGroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The prices of dishes, and how they change.
 *
 * <p>When a price changes its flight is forgotten with its entry: whoever asks from then on starts
 * a load of their own, which reads the new price and overwrites what an old load may have written.
 */
public final class FixedMenuCard {
  private final SingleflightGroup<String, Long> loads = SingleflightGroup.create();
  private final Map<String, Long> prices = new ConcurrentHashMap<>();
  private final Kitchen kitchen;

  public FixedMenuCard(Kitchen kitchen) {
    this.kitchen = kitchen;
  }

  public long price(String dish) {
    Long known = prices.get(dish);
    return known != null ? known : loads.execute(dish, this::loadPrice);
  }

  private Long loadPrice(String dish) {
    long price = kitchen.readPrice(dish);
    prices.put(dish, price);
    return price;
  }

  public void priceChanged(String dish) {
    prices.remove(dish);
    loads.forget(dish);
  }

  /** Where the prices are kept. */
  public interface Kitchen {
    long readPrice(String dish);
  }
}
