package dev.singleflight.samples.bugs.bug04;

import dev.singleflight.SingleflightGroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The prices of dishes, and how they change.
 *
 * <p>A price changes while a load is under way that has read the old one. The entry is dropped
 * before there is any; then the load writes the old price, and guests pay that until the evening.
 */
public final class BuggyMenuCard {
  private final SingleflightGroup<String, Long> loads = SingleflightGroup.create();
  private final Map<String, Long> prices = new ConcurrentHashMap<>();
  private final Kitchen kitchen;

  public BuggyMenuCard(Kitchen kitchen) {
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
    // flagged: SingleflightInvalidateWithoutForget
    prices.remove(dish);
  }

  /** Where the prices are kept. */
  public interface Kitchen {
    long readPrice(String dish);
  }
}
