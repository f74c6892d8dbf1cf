package dev.singleflight.samples.tasks.task08;

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

/** Fifty callers of each of two tenants ask for a document of the same name. */
@Command(name = "8", description = "Two tenants, one key, two loads.")
public final class TwoTenants implements Task {
  private static final List<String> TENANTS = List.of("acme", "umbrella");
  private static final int CALLERS = 100;

  public static void main(String[] args) {
    System.exit(Programme.execute(new TwoTenants(), args));
  }

  @Override
  public List<Row> run(Stage stage) throws Exception {
    try (HikariDataSource pool = stage.postgres().pool("task 8", 10)) {
      DocumentTable table = DocumentTable.create(pool, Duration.ofMillis(200));
      TenantDocuments documents = new TenantDocuments(table);
      List<Future<String>> callers =
          Crowd.start(CALLERS, number -> () -> documents.document(tenant(number), "terms"));
      List<String> read = new ArrayList<>();
      for (Future<String> caller : callers) {
        read.add(caller.get());
      }
      stage.say("%d callers were given: %s", read.size(), read.stream().distinct().toList());
      stage.say("queries: %d, one for each tenant", table.queries());
      return TENANTS.stream()
          .map(tenant -> new Row(tenant + "'s terms, 50 callers", documents.stats(tenant)))
          .toList();
    }
  }

  private static String tenant(int caller) {
    return TENANTS.get(caller % TENANTS.size());
  }
}
