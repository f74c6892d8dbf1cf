package dev.singleflight.samples.tasks.task09;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.net.URI;

/** Serves what a registry holds to Prometheus, on {@code /metrics}. */
final class MetricsServer implements AutoCloseable {
  private final HTTPServer server;

  /**
   * Starts it.
   *
   * @param port where; 0 for any port that is free
   * @throws IOException if the port is taken
   */
  MetricsServer(PrometheusMeterRegistry registry, int port) throws IOException {
    this.server =
        HTTPServer.builder().port(port).registry(registry.getPrometheusRegistry()).buildAndStart();
  }

  URI uri() {
    return URI.create("http://localhost:" + server.getPort() + "/metrics");
  }

  @Override
  public void close() {
    server.close();
  }
}
