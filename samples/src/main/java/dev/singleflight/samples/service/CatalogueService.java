package dev.singleflight.samples.service;

import com.github.benmanes.caffeine.cache.Ticker;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.singleflight.samples.engines.Postgres;
import dev.singleflight.samples.service.catalogue.Catalogue;
import dev.singleflight.samples.service.catalogue.CoalescingCatalogue;
import dev.singleflight.samples.service.catalogue.PlainCatalogue;
import dev.singleflight.samples.service.catalogue.ProductStore;
import dev.singleflight.samples.service.database.PostgresProducts;
import dev.singleflight.samples.service.database.Schema;
import dev.singleflight.samples.service.http.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/**
 * The service, running: from {@link #start} until {@link #close}. Several may run in one process,
 * each with a cache, a pool and meters of its own.
 */
public final class CatalogueService implements AutoCloseable {
  private final HikariDataSource database;
  private final PrometheusMeterRegistry registry;
  private final HttpServer server;
  private final URI uri;

  private CatalogueService(
      HikariDataSource database, PrometheusMeterRegistry registry, HttpServer server) {
    this.database = database;
    this.registry = registry;
    this.server = server;
    this.uri = URI.create("http://localhost:" + server.port());
  }

  /**
   * Starts the service. The tables are created if they are not there.
   *
   * @param postgres where the products are; the caller's to close, after the service
   * @throws SQLException if the tables cannot be created
   * @throws io.javalin.util.JavalinBindException if the port cannot be had
   */
  public static CatalogueService start(Settings settings, Postgres postgres) throws SQLException {
    return start(settings, postgres, Ticker.systemTicker(), store -> store);
  }

  /**
   * As {@link #start(Settings, Postgres)}, for tests.
   *
   * @param ticker the clock of the cache
   * @param watched puts something around the store
   */
  static CatalogueService start(
      Settings settings, Postgres postgres, Ticker ticker, UnaryOperator<ProductStore> watched)
      throws SQLException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    bindJvm(registry);
    HikariDataSource database = postgres.pool("catalogue", settings.connections());
    try {
      database.setConnectionTimeout(settings.databaseTimeout().toMillis());
      database.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
      Schema.create(database);
      ProductStore store =
          watched.apply(new PostgresProducts(database, settings.databaseTimeout(), registry));
      Catalogue catalogue =
          settings.cache().coalescing()
              ? new CoalescingCatalogue(store, settings.cache(), ticker, registry)
              : new PlainCatalogue(store, settings.cache(), ticker);
      HttpServer server =
          new HttpServer(catalogue, store, database, registry, settings.stopTimeout());
      server.start(settings.port());
      return new CatalogueService(database, registry, server);
    } catch (SQLException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static void bindJvm(MeterRegistry registry) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  /** Returns where the service is, or was. */
  public URI uri() {
    return uri;
  }

  /** Returns how many queries for a product the database has been asked. */
  public long queries() {
    return (long) registry.get(PostgresProducts.QUERIES).counter().count();
  }

  /** Stops gracefully: answers what is under way, and takes nothing new. */
  @Override
  public void close() {
    server.close();
    database.close();
    registry.close();
  }
}
