package dev.singleflight.samples.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.samples.engines.Engines;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.engines.Postgres;
import dev.singleflight.samples.tasks.FakeTicker;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A product that all want expires. No query returns before the last client has been seen to miss:
 * what is counted depends on no speed.
 */
@ExtendWith(EnginesExtension.class)
@Timeout(120)
final class StampedeTest {
  private static final int CLIENTS = 100;
  private static final String SKU = "HOT";

  private final FakeTicker ticker = new FakeTicker();
  private final WatchedStore store = new WatchedStore();
  private final Postgres postgres;

  StampedeTest(Engines engines) {
    this.postgres = engines.postgres();
  }

  @Test
  void withCoalescingTheDatabaseIsAskedOnce() throws SQLException {
    try (CatalogueService service = start(true)) {
      Client client = warm(service, "stampede-on");
      store.beforeRead(() -> Await.until(() -> followers(client) == CLIENTS - 1));
      assertThat(stampede(client, "stampede-on")).allMatch(answer -> answer.statusCode() == 200);
      assertThat(service.queries()).as("the first, and one for all clients").isEqualTo(2);
    }
  }

  @Test
  void withoutItIsAskedByEachClient() throws SQLException {
    try (CatalogueService service = start(false)) {
      Client client = warm(service, "stampede-off");
      CountDownLatch missed = new CountDownLatch(CLIENTS);
      store.beforeRead(
          () -> {
            missed.countDown();
            Await.latch(missed);
          });
      assertThat(stampede(client, "stampede-off")).allMatch(answer -> answer.statusCode() == 200);
      assertThat(service.queries()).as("the first, and one for each").isEqualTo(1 + CLIENTS);
    }
  }

  private CatalogueService start(boolean coalescing) throws SQLException {
    Settings settings =
        Settings.of(
            Map.of(
                "CATALOGUE_PORT", "0",
                "CATALOGUE_COALESCING", Boolean.toString(coalescing),
                "CATALOGUE_REFRESH_AFTER", "never",
                "CATALOGUE_DATABASE_TIMEOUT", "60s"),
            new Properties());
    return CatalogueService.start(settings, postgres, ticker, store::around);
  }

  private Client warm(CatalogueService service, String tenant) {
    Client client = new Client(service.uri());
    client.sell(tenant, SKU, "Lamp", 1_900);
    assertThat(client.product(tenant, SKU).statusCode()).isEqualTo(200);
    assertThat(client.product(tenant, SKU).statusCode()).isEqualTo(200);
    assertThat(service.queries()).isEqualTo(1);
    ticker.advance(Duration.ofSeconds(60));
    return client;
  }

  private static List<HttpResponse<String>> stampede(Client client, String tenant) {
    List<CompletableFuture<HttpResponse<String>>> answers =
        Stream.generate(() -> client.productLater(tenant, SKU)).limit(CLIENTS).toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static int followers(Client client) {
    return client
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("singleflight_callers_total"))
        .filter(line -> line.contains("follower"))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
