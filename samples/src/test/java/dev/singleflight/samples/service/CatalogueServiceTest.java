package dev.singleflight.samples.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.samples.engines.Engines;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.engines.Postgres;
import dev.singleflight.samples.service.catalogue.Offer;
import dev.singleflight.samples.service.catalogue.StoreException;
import dev.singleflight.samples.tasks.FakeTicker;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the service promises, asked over HTTP. The clock of its cache stands still. */
@ExtendWith(EnginesExtension.class)
@Timeout(120)
final class CatalogueServiceTest {
  private static final String SKU = "A-1";

  private final FakeTicker ticker = new FakeTicker();
  private final WatchedStore store = new WatchedStore();
  private final Postgres postgres;
  private CatalogueService service;
  private Client client;
  private String tenant;

  CatalogueServiceTest(Engines engines) {
    this.postgres = engines.postgres();
  }

  @BeforeEach
  void start(TestInfo test) throws SQLException {
    Settings settings =
        Settings.of(
            Map.of(
                "CATALOGUE_PORT", "0",
                "CATALOGUE_TTL", "60s",
                "CATALOGUE_REFRESH_AFTER", "45s",
                "CATALOGUE_MISSING_TTL", "10s"),
            new Properties());
    service = CatalogueService.start(settings, postgres, ticker, store::around);
    client = new Client(service.uri());
    tenant = "t" + Integer.toHexString(test.getDisplayName().hashCode());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void productIsFoundAndThenCached() {
    assertThat(client.sell(tenant, SKU, "Lamp", 1_900).statusCode()).isEqualTo(204);
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = client.product(tenant, SKU);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .isEqualTo(
              "{'sku':'A-1','name':'Lamp','priceCents':1900,'lowestCents':1900,'typicalCents':1900}"
                  .replace('\'', '"'));
    }
    assertThat(service.queries()).isEqualTo(1);
  }

  @Test
  void lowestAndTypicalPriceAreOfAllThatItHasCost() {
    for (long cents : new long[] {300, 100, 900, 700, 800}) {
      client.sell(tenant, SKU, "Lamp", cents);
    }
    assertThat(client.product(tenant, SKU).body())
        .contains("\"priceCents\":800", "\"lowestCents\":100", "\"typicalCents\":700");
  }

  @Test
  void tenantsHaveTheirOwnProductsUnderTheSameNumber() {
    String other = tenant + "-other";
    client.sell(tenant, SKU, "Lamp", 1_900);
    client.sell(other, SKU, "Chair", 7_500);
    assertThat(client.product(tenant, SKU).body()).contains("Lamp").contains("1900");
    assertThat(client.product(other, SKU).body()).contains("Chair").contains("7500");
    assertThat(client.product(tenant, SKU).body()).contains("Lamp").contains("1900");

    client.sell(other, SKU, "Table", 9_900);
    assertThat(client.product(tenant, SKU).body()).contains("Lamp");
    assertThat(store.finds()).as("what one changes the other keeps").isEqualTo(2);
  }

  @Test
  void missingProductIsRememberedForAWhile() {
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = client.product(tenant, SKU);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("Tenant " + tenant + " has no product A-1");
    }
    assertThat(service.queries()).isEqualTo(1);
    ticker.advance(Duration.ofSeconds(10));
    assertThat(client.product(tenant, SKU).statusCode()).isEqualTo(404);
    assertThat(service.queries()).isEqualTo(2);
  }

  @Test
  void changeIsSeenByTheNextRequest() {
    assertThat(client.product(tenant, SKU).statusCode()).isEqualTo(404);
    client.sell(tenant, SKU, "Lamp", 1_900);
    assertThat(client.product(tenant, SKU).body()).contains("1900");
    client.sell(tenant, SKU, "Lamp", 2_100);
    assertThat(client.product(tenant, SKU).body()).contains("2100");
  }

  @Test
  void whatAQueryHasReadBeforeAChangeIsNotCachedAfterIt() {
    client.sell(tenant, SKU, "Lamp", 1_900);
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch changed = new CountDownLatch(1);
    store.afterRead(
        () -> {
          read.countDown();
          Await.latch(changed);
        });
    CompletableFuture<HttpResponse<String>> early = client.productLater(tenant, SKU);
    Await.latch(read);
    store.afterRead(() -> {});

    client.sell(tenant, SKU, "Lamp", 2_100);
    assertThat(client.product(tenant, SKU).body()).contains("2100");
    changed.countDown();
    assertThat(early.join().body()).as("asked before the change").contains("1900");
    assertThat(client.product(tenant, SKU).body()).contains("2100");
  }

  @Test
  void oldProductIsServedWhileItIsRefreshed() {
    client.sell(tenant, SKU, "Lamp", 1_900);
    assertThat(client.product(tenant, SKU).body()).contains("1900");
    CountDownLatch served = new CountDownLatch(1);
    store.beforeRead(() -> Await.latch(served));
    ticker.advance(Duration.ofSeconds(46));

    assertThat(client.product(tenant, SKU).body()).contains("1900");
    assertThat(client.product(tenant, SKU).body()).contains("1900");
    Await.until(() -> store.finds() == 2);
    changedElsewhere(2_100);
    served.countDown();
    Await.until(() -> client.product(tenant, SKU).body().contains("2100"));
    assertThat(store.finds()).isEqualTo(2);
  }

  /** Another process knows nothing of this one's cache. */
  private void changedElsewhere(long cents) {
    store.put(tenant, SKU, new Offer("Lamp", cents));
  }

  @Test
  void databaseThatDoesNotAnswerIsToldAndNotCached() {
    client.sell(tenant, SKU, "Lamp", 1_900);
    store.beforeRead(
        () -> {
          throw new StoreException("No answer", new SQLTransientConnectionException("timeout"));
        });
    HttpResponse<String> answer = client.product(tenant, SKU);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("The database does not answer");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    store.beforeRead(() -> {});
    assertThat(client.product(tenant, SKU).statusCode()).isEqualTo(200);
  }

  @Test
  void nonsenseIsRefusedWithAReason() {
    assertThat(client.product("No", SKU).body()).contains("tenant has to match");
    assertThat(client.product(tenant, "low").body()).contains("sku has to match");
    assertThat(client.put(tenant, SKU, "{}").body()).contains("name has to have 1 to 200");
    assertThat(client.sell(tenant, SKU, "Lamp", -1).body()).contains("must not be negative");
    HttpResponse<String> answer = client.put(tenant, SKU, "{");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Unexpected end-of-input");
    assertThat(service.queries()).isZero();
  }

  @Test
  void metricsTellOfRequestsQueriesFlightsAndConnections() {
    client.product(tenant, SKU);
    client.product(tenant, SKU);
    client.get("/nowhere");
    assertThat(client.get("/metrics").body().lines())
        .contains(
            "catalogue_queries_total 1.0",
            "singleflight_calls_total{group=\"products\"} 2.0",
            "singleflight_gets_total{group=\"products\",result=\"hit\"} 1.0",
            "singleflight_callers_total{group=\"products\",role=\"leader\"} 1.0",
            "singleflight_coalescing_ratio{group=\"products\"} 0.0",
            "singleflight_tenants{group=\"products\"} 1.0",
            "http_server_requests_seconds_count{method=\"GET\",status=\"404\","
                + "uri=\"/tenants/{tenant}/products/{sku}\"} 2",
            "http_server_requests_seconds_count{method=\"GET\",status=\"404\",uri=\"none\"} 1",
            "hikaricp_connections_max{pool=\"catalogue\"} 10.0")
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"));
  }

  @Test
  void stopAnswersWhatIsUnderWayAndTakesNothingNew() {
    client.sell(tenant, SKU, "Lamp", 1_900);
    assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    store.beforeRead(
        () -> {
          asked.countDown();
          Await.latch(refused);
        });
    CompletableFuture<HttpResponse<String>> underWay = client.productLater(tenant, SKU);
    Await.latch(asked);

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(service::close);
    Await.until(this::takesNothingNew);
    assertThat(underWay).isNotDone();
    assertThat(stopped).isNotDone();
    refused.countDown();
    assertThat(underWay.join().body()).contains("1900");
    stopped.join();
  }

  private boolean takesNothingNew() {
    return new Client(service.uri())
        .later("/health/ready")
        .handle((answer, failure) -> failure != null || answer.statusCode() == 503)
        .join();
  }
}
