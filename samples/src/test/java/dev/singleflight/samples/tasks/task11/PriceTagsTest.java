package dev.singleflight.samples.tasks.task11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.singleflight.samples.engines.Engines;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.engines.Redis;
import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.users.TableLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(EnginesExtension.class)
final class PriceTagsTest {
  private static final PriceKey EUROS = new PriceKey(7, "EUR");
  private static final List<PriceKey> KEYS =
      List.of(EUROS, new PriceKey(7, "USD"), new PriceKey(7, "CHF"), new PriceKey(7, "SEK"));

  private final DataSource database;
  private final ProductTable table;
  private final RedisTier redis;
  private final PriceTags tags;

  PriceTagsTest(Engines engines) throws SQLException {
    database = engines.postgres().dataSource();
    table = ProductTable.create(database, Duration.ZERO);
    redis = new RedisTier(engines.redis().uri());
    tags = new PriceTags(redis, table);
  }

  @BeforeEach
  void forget() {
    KEYS.forEach(redis::remove);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Test
  void thousandCallersOneReadOneQueryThenHits() throws Exception {
    for (Future<String> caller : thousandCallers(number -> EUROS, 999)) {
      assertThat(caller.get()).isEqualTo("EUR 7.50");
    }
    assertThat(redis.reads()).isEqualTo(1);
    assertThat(table.queries()).isEqualTo(1);

    for (String tag : Crowd.call(1_000, () -> tags.tag(EUROS))) {
      assertThat(tag).isEqualTo("EUR 7.50");
    }
    assertThat(redis.reads()).isEqualTo(1);
    assertThat(tags.tagStats().hits()).isEqualTo(1_000);
  }

  @Test
  void fourCurrenciesShareTheQueryOfTheirProduct() throws Exception {
    for (Future<String> caller : thousandCallers(number -> KEYS.get(number % 4), 996)) {
      assertThat(caller.get()).isIn("EUR 7.50", "USD 8.10", "CHF 7.05", "SEK 84.00");
    }
    assertThat(redis.reads()).isEqualTo(4);
    assertThat(tags.productStats().followers()).isEqualTo(3);
    assertThat(table.queries()).isEqualTo(1);
  }

  @Test
  void anotherProcessFindsItInRedis() {
    assertThat(tags.tag(EUROS)).isEqualTo("EUR 7.50");
    assertThat(new PriceTags(redis, table).tag(EUROS)).isEqualTo("EUR 7.50");
    assertThat(redis.reads()).isEqualTo(2);
    assertThat(table.queries()).isEqualTo(1);
  }

  @Test
  void withoutRedisThereAreStillPrices() {
    Redis mortal = Redis.startEmbedded();
    try (RedisTier tier = new RedisTier(mortal.uri())) {
      PriceTags without = new PriceTags(tier, table);
      mortal.close();
      assertThat(without.tag(EUROS)).isEqualTo("EUR 7.50");
      assertThat(table.queries()).isEqualTo(1);
    }
  }

  @Test
  void unknownCurrencyAndProductAreSaid() {
    assertThatThrownBy(() -> tags.tag(new PriceKey(7, "XXX")))
        .hasMessage("there is no rate for XXX");
    assertThatThrownBy(() -> tags.tag(new PriceKey(-1, "EUR")))
        .hasMessage("there is no product -1");
  }

  /** Has a thousand callers wait while the table is locked, so many of them for others. */
  private List<Future<String>> thousandCallers(IntFunction<PriceKey> keys, int followers)
      throws Exception {
    return TableLock.during(
        "products",
        database,
        () -> {
          List<Future<String>> waiting =
              Crowd.start(1_000, number -> () -> tags.tag(keys.apply(number)));
          await().until(() -> tags.tagStats().followers() == followers);
          await().until(() -> tags.productStats().calls() == 1_000 - followers);
          return waiting;
        });
  }
}
