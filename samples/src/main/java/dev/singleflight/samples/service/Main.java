package dev.singleflight.samples.service;

import dev.singleflight.samples.engines.EngineException;
import dev.singleflight.samples.engines.Postgres;
import dev.singleflight.samples.service.database.DemoProducts;
import io.javalin.util.JavalinBindException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;

/** Runs the service until the process is told to end. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    try {
      run(Settings.ofProcess(), System.out);
    } catch (SettingsException e) {
      System.err.printf("%s%n%nWhat can be set:%n%s", e.getMessage(), Settings.usage());
      System.exit(2);
    } catch (EngineException | SQLException | JavalinBindException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Settings settings, PrintStream out)
      throws SQLException, InterruptedException {
    out.println("Starting PostgreSQL …");
    Postgres postgres = Postgres.start();
    CatalogueService service;
    try {
      service = CatalogueService.start(settings, postgres);
      if (settings.demoData()) {
        out.println("Putting products on sale …");
        DemoProducts.addTo(postgres.dataSource(), DemoProducts.PRICES);
      }
    } catch (SQLException | RuntimeException e) {
      postgres.close();
      throw e;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  out.println("Stopping …");
                  service.close();
                  postgres.close();
                  stopped.countDown();
                },
                "stop"));
    out.printf(
        "The catalogue is at %1$s, for instance%n  curl %1$s/tenants/%2$s/products/%3$s%n",
        service.uri(), DemoProducts.TENANTS.get(0), DemoProducts.sku(1));
    stopped.await();
  }
}
