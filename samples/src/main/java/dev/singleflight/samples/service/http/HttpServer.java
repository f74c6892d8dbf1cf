package dev.singleflight.samples.service.http;

import dev.singleflight.samples.service.catalogue.Catalogue;
import dev.singleflight.samples.service.catalogue.ProductStore;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.handler.StatisticsHandler;

/** The server: the catalogue, {@code /metrics} for Prometheus, and {@code /health}. */
public final class HttpServer implements AutoCloseable {
  /** When stopping: Jetty would keep idle connections for a second. */
  private static final int IDLE_CLOSED_AFTER_MILLIS = 50;

  private static final String METRICS = "/metrics";
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Health health;
  private final Javalin app;

  /**
   * Prepares a server.
   *
   * @param database whose answer makes the service ready
   * @param stopTimeout how long requests under way may take when it is stopped
   */
  public HttpServer(
      Catalogue catalogue,
      ProductStore store,
      DataSource database,
      PrometheusMeterRegistry registry,
      Duration stopTimeout) {
    this.health = new Health(database);
    this.app = Javalin.create(config -> configure(config, registry, stopTimeout));
    new CatalogueApi(catalogue, store).addTo(app);
    health.addTo(app);
    app.get(METRICS, context -> context.contentType(PROMETHEUS_TEXT).result(registry.scrape()));
  }

  private static void configure(
      JavalinConfig config, MeterRegistry registry, Duration stopTimeout) {
    config.showJavalinBanner = false;
    config.requestLogger.http((context, millis) -> record(registry, context, millis));
    config.jetty.modifyServer(
        server -> {
          server.setStopTimeout(stopTimeout.toMillis());
          // It refuses new requests on connections that are kept, and waits for those under way.
          server.insertHandler(new StatisticsHandler());
        });
  }

  private static void record(MeterRegistry registry, Context context, float millis) {
    Timer.builder("http.server.requests")
        .description("Requests answered")
        .tag("method", context.method().name())
        .tag("uri", route(context))
        .tag("status", Integer.toString(context.statusCode()))
        .register(registry)
        .record((long) (millis * 1_000), TimeUnit.MICROSECONDS);
  }

  /** Returns what was asked for as the route is written, so that the meters stay few. */
  private static String route(Context context) {
    return context.matchedPath().isEmpty() ? "none" : context.matchedPath();
  }

  /**
   * Begins to listen.
   *
   * @param port where; 0 for any port that is free
   * @throws io.javalin.util.JavalinBindException if the port cannot be had
   */
  public void start(int port) {
    var unused = app.start(port);
  }

  /** Returns the port it listens on; it has to be started. */
  public int port() {
    return app.port();
  }

  /**
   * Stops: it is no longer ready, takes no more connections, and answers what is under way, for as
   * long as it was told to.
   */
  @Override
  public void close() {
    health.stopping();
    for (Connector connector : app.jettyServer().server().getConnectors()) {
      if (connector instanceof AbstractConnector accepting) {
        accepting.setShutdownIdleTimeout(IDLE_CLOSED_AFTER_MILLIS);
      }
    }
    var unused = app.stop();
  }
}
