package dev.singleflight.samples.service.stampede;

import dev.singleflight.samples.service.database.DemoProducts;
import java.time.Duration;

/**
 * Who asks, and for what.
 *
 * @param clients how many clients there are; each sends a request when the one before is answered
 *     and its time has come
 * @param requestsPerSecond how many requests all of them together want to send; they keep to it
 *     however long the answers take
 * @param products how many {@linkplain DemoProducts products} of all tenants they ask for, in turn
 * @param duration for how long
 */
public record Crowd(int clients, int requestsPerSecond, int products, Duration duration) {

  /**
   * Checks what it is made of.
   *
   * @throws IllegalArgumentException if a number or the duration is not positive, or there are not
   *     so many products
   */
  public Crowd {
    if (clients < 1 || requestsPerSecond < 1 || products < 1) {
      throw new IllegalArgumentException("A crowd has clients, requests and products");
    }
    if (products > DemoProducts.TENANTS.size() * DemoProducts.PRODUCTS) {
      throw new IllegalArgumentException("There are not so many products");
    }
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("A crowd is there for a time");
    }
  }

  /**
   * Returns when a request has its time, in nanoseconds since the crowd came.
   *
   * @param client whose, from 0
   * @param request which of that client's, from 0
   */
  long due(int client, long request) {
    return (client + request * clients) * Duration.ofSeconds(1).toNanos() / requestsPerSecond;
  }
}
