package dev.singleflight.samples.service.stampede;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.singleflight.samples.engines.Engines;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.engines.Postgres;
import dev.singleflight.samples.service.CatalogueService;
import dev.singleflight.samples.service.database.DemoProducts;
import dev.singleflight.samples.service.database.Schema;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a crowd does is counted right. How long it takes is not asked. */
@ExtendWith(EnginesExtension.class)
@Timeout(120)
final class StampedeTest {
  private static final Crowd CROWD = new Crowd(10, 100, 4, Duration.ofSeconds(1));
  private static final int REQUESTS = 100;

  @Test
  void eachRequestIsSentAndEachQueryCounted(Engines engines)
      throws SQLException, InterruptedException {
    Postgres postgres = engines.postgres();
    Schema.create(postgres.dataSource());
    DemoProducts.addTo(postgres.dataSource(), 100);
    try (CatalogueService service =
        CatalogueService.start(Subject.COALESCING.settings(Duration.ofHours(1)), postgres)) {
      List<Figures> intervals = new ArrayList<>();
      List<Figures> soFar = new ArrayList<>();
      Figures total =
          Stampede.run(
              CROWD,
              service.uri(),
              service::queries,
              (interval, until) -> {
                intervals.add(interval);
                soFar.add(until);
              });
      assertThat(total.requests()).isEqualTo(REQUESTS);
      assertThat(total.queries()).as("one for each product").isEqualTo(4);
      assertThat(intervals.stream().mapToLong(Figures::requests).sum()).isEqualTo(REQUESTS);
      assertThat(intervals.stream().mapToLong(Figures::queries).sum()).isEqualTo(4);
      assertThat(soFar.get(soFar.size() - 1)).isEqualTo(total);
      assertThat(total.p50()).isPositive().isLessThanOrEqualTo(total.p99());
      assertThat(total.p99()).isLessThanOrEqualTo(total.max());
    }
  }

  @Test
  void whatIsNotAnsweredByAProductIsAnError() throws InterruptedException {
    URI nobody = URI.create("http://localhost:1");
    Figures total = Stampede.run(CROWD, nobody, () -> 0, (interval, soFar) -> {});
    assertThat(total.requests()).isEqualTo(REQUESTS);
    assertThat(total.errors()).isEqualTo(REQUESTS);
  }

  @Test
  void crowdThatMakesNoSenseIsRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Crowd(0, 1, 1, second))
        .hasMessage("A crowd has clients, requests and products");
    assertThatThrownBy(() -> new Crowd(1, 1, 17, second))
        .hasMessage("There are not so many products");
    assertThatThrownBy(() -> new Crowd(1, 1, 1, Duration.ZERO))
        .hasMessage("A crowd is there for a time");
  }
}
