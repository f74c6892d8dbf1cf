package dev.singleflight.samples.service;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks a service over HTTP. */
final class Client {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI service;

  Client(URI service) {
    this.service = service;
  }

  HttpResponse<String> get(String path) {
    return later(path).join();
  }

  CompletableFuture<HttpResponse<String>> later(String path) {
    return http.sendAsync(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> product(String tenant, String sku) {
    return get(pathOf(tenant, sku));
  }

  CompletableFuture<HttpResponse<String>> productLater(String tenant, String sku) {
    return later(pathOf(tenant, sku));
  }

  HttpResponse<String> sell(String tenant, String sku, String name, long cents) {
    return put(tenant, sku, "{\"name\": \"%s\", \"priceCents\": %d}".formatted(name, cents));
  }

  HttpResponse<String> put(String tenant, String sku, String body) {
    HttpRequest request =
        request(pathOf(tenant, sku)).PUT(HttpRequest.BodyPublishers.ofString(body)).build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
  }

  private static String pathOf(String tenant, String sku) {
    return "/tenants/" + tenant + "/products/" + sku;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(service.resolve(path)).timeout(PATIENCE);
  }
}
