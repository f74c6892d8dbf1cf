package dev.singleflight.samples.service.live;

import dev.singleflight.samples.service.stampede.Crowd;
import dev.singleflight.samples.service.stampede.Subject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page asks for: a stampede on some subjects, one after the other.
 *
 * @param subjects which
 * @param clients how many clients there are
 * @param requestsPerSecond how many requests they send in a second
 * @param seconds for how long
 */
record StampedeOrder(List<Subject> subjects, int clients, int requestsPerSecond, int seconds) {

  /** How many products all ask for: few, so that each is asked for by many. */
  static final int PRODUCTS = 4;

  private static final int MOST_CLIENTS = 500;
  private static final int MOST_REQUESTS = 2_000;
  private static final int MOST_SECONDS = 60;

  /**
   * Checks what it is made of, since it comes from outside.
   *
   * @throws IllegalArgumentException if a part is not as it has to be, with a message for who sent
   *     it
   */
  StampedeOrder(@Nullable List<Subject> subjects, int clients, int requestsPerSecond, int seconds) {
    if (subjects == null || subjects.isEmpty() || subjects.size() > Subject.values().length) {
      throw new IllegalArgumentException("subjects has to name some");
    }
    check("clients", clients, MOST_CLIENTS);
    check("requestsPerSecond", requestsPerSecond, MOST_REQUESTS);
    check("seconds", seconds, MOST_SECONDS);
    this.subjects = List.copyOf(subjects);
    this.clients = clients;
    this.requestsPerSecond = requestsPerSecond;
    this.seconds = seconds;
  }

  Crowd crowd() {
    return new Crowd(clients, requestsPerSecond, PRODUCTS, Duration.ofSeconds(seconds));
  }

  private static void check(String name, int number, int most) {
    if (number < 1 || number > most) {
      throw new IllegalArgumentException(name + " has to be from 1 to " + most);
    }
  }
}
