package dev.singleflight.samples.tasks.task08;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.singleflight.samples.engines.Engines;
import dev.singleflight.samples.engines.EnginesExtension;
import dev.singleflight.samples.tasks.Crowd;
import dev.singleflight.samples.tasks.users.TableLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(60)
@ExtendWith(EnginesExtension.class)
final class TenantDocumentsTest {
  private final DataSource database;
  private final DocumentTable table;
  private final TenantDocuments documents;

  TenantDocumentsTest(Engines engines) throws SQLException {
    database = engines.postgres().dataSource();
    table = DocumentTable.create(database, Duration.ZERO);
    documents = new TenantDocuments(table);
  }

  @Test
  void tenantsShareNoLoad() throws Exception {
    List<Future<String>> callers =
        TableLock.during(
            "documents",
            database,
            () -> {
              List<Future<String>> waiting =
                  Crowd.start(100, number -> () -> documents.document(tenant(number), "terms"));
              await().until(() -> followers("acme") == 49 && followers("umbrella") == 49);
              return waiting;
            });
    for (int number = 0; number < callers.size(); number++) {
      assertThat(callers.get(number).get()).isEqualTo("the terms of " + tenant(number));
    }
    assertThat(table.queries()).isEqualTo(2);
  }

  @Test
  void changeOfOneLeavesTheOtherCached() {
    assertThat(documents.document("acme", "terms")).isEqualTo("the terms of acme");
    assertThat(documents.document("umbrella", "terms")).isEqualTo("the terms of umbrella");
    documents.changed("acme", "terms");
    assertThat(documents.document("umbrella", "terms")).isEqualTo("the terms of umbrella");
    assertThat(table.queries()).isEqualTo(2);
    assertThat(documents.document("acme", "terms")).isEqualTo("the terms of acme");
    assertThat(table.queries()).isEqualTo(3);
  }

  private static String tenant(int caller) {
    return caller % 2 == 0 ? "acme" : "umbrella";
  }

  private long followers(String tenant) {
    return documents.stats(tenant).followers();
  }
}
