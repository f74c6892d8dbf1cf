package dev.singleflight.samples.tasks.task11;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import dev.singleflight.Stats;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * Price tags, from this process's memory, or else from Redis, or else from the database. Callers
 * share what they wait for at both steps: a tag by product and currency, a product by itself.
 */
final class PriceTags {
  private static final Map<String, BigDecimal> RATES =
      Map.of(
          "EUR", BigDecimal.ONE,
          "USD", new BigDecimal("1.08"),
          "CHF", new BigDecimal("0.94"),
          "SEK", new BigDecimal("11.20"));

  private final SingleflightLoader<PriceKey, String> tags;
  private final SingleflightGroup<Long, BigDecimal> products =
      SingleflightGroup.newBuilder().name("products").recordStats().build();
  private final RedisTier redis;
  private final ProductTable table;

  PriceTags(RedisTier redis, ProductTable table) {
    this.redis = redis;
    this.table = table;
    this.tags =
        SingleflightLoader.newBuilder()
            .name("price tags")
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(10))
            .build(this::fromRedisOrSource);
  }

  String tag(PriceKey key) {
    return tags.get(key);
  }

  private String fromRedisOrSource(PriceKey key) throws SQLException {
    String known = redis.get(key);
    if (known != null) {
      return known;
    }
    BigDecimal euros = products.execute(key.product(), table::euros);
    String tag = tag(euros, key.currency());
    redis.put(key, tag);
    return tag;
  }

  private static String tag(BigDecimal euros, String currency) {
    BigDecimal rate = RATES.get(currency);
    if (rate == null) {
      throw new IllegalArgumentException("there is no rate for " + currency);
    }
    return currency + " " + euros.multiply(rate).setScale(2, RoundingMode.HALF_EVEN);
  }

  Stats tagStats() {
    return tags.stats();
  }

  Stats productStats() {
    return products.stats();
  }
}
