package dev.singleflight.samples.tasks.task11;

import com.zaxxer.hikari.HikariDataSource;
import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.Programme;
import dev.singleflight.samples.tasks.Row;
import dev.singleflight.samples.tasks.Stage;
import dev.singleflight.samples.tasks.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;

/** A thousand callers who want a price in four currencies, and then again in another process. */
@Command(name = "11", description = "Memory, Redis and PostgreSQL, and one query for all.")
public final class TieredCache implements Task {
  private static final int CALLERS = 1_000;
  private static final List<PriceKey> KEYS =
      List.of(
          new PriceKey(7, "EUR"),
          new PriceKey(7, "USD"),
          new PriceKey(7, "CHF"),
          new PriceKey(7, "SEK"));

  public static void main(String[] args) {
    System.exit(Programme.execute(new TieredCache(), args));
  }

  @Override
  public List<Row> run(Stage stage) throws Exception {
    try (HikariDataSource pool = stage.postgres().pool("task 11", 10);
        RedisTier redis = new RedisTier(stage.redis().uri())) {
      KEYS.forEach(redis::remove);
      ProductTable table = ProductTable.create(pool, Duration.ofMillis(200));
      PriceTags here = new PriceTags(redis, table);
      ask(stage, "cold", here, redis, table);
      ask(stage, "warm", here, redis, table);
      ask(stage, "elsewhere", new PriceTags(redis, table), redis, table);
      return List.of(
          new Row("a price in 4 currencies, twice", here.tagStats()),
          new Row("  of that, the product", here.productStats()));
    }
  }

  private static void ask(
      Stage stage, String how, PriceTags tags, RedisTier redis, ProductTable table)
      throws Exception {
    int reads = redis.reads();
    int queries = table.queries();
    List<Future<String>> callers =
        Crowd.start(CALLERS, number -> () -> tags.tag(KEYS.get(number % KEYS.size())));
    List<String> given = new ArrayList<>();
    for (Future<String> caller : callers) {
      given.add(caller.get());
    }
    stage.say(
        "%,d callers, %-10s reads of Redis: %d, queries: %d, tags: %s",
        CALLERS,
        how + ":",
        redis.reads() - reads,
        table.queries() - queries,
        String.join(", ", given.stream().distinct().sorted().toList()));
  }
}
