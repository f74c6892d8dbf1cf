package dev.singleflight.samples.service.live;

import dev.singleflight.samples.service.stampede.Subject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What the page is told before anything happens.
 *
 * @param ttlSeconds how long a product is cached
 * @param products how many all ask for
 * @param subjects what can be compared, in the order in which it is shown
 */
record Setup(double ttlSeconds, int products, List<NamedSubject> subjects) {

  static Setup of(Duration ttl) {
    return new Setup(
        ttl.toMillis() / 1e3,
        StampedeOrder.PRODUCTS,
        Arrays.stream(Subject.values()).map(NamedSubject::of).toList());
  }

  /**
   * A subject as the page is told of it.
   *
   * @param name what it is called in events and orders
   * @param words what people are told that it is called
   * @param about and what it does
   */
  record NamedSubject(Subject name, String words, String about) {

    static NamedSubject of(Subject subject) {
      return new NamedSubject(subject, subject.words(), about(subject));
    }

    private static String about(Subject subject) {
      return switch (subject) {
        case PLAIN -> "Look, query, put. Whoever misses asks the database.";
        case COALESCING ->
            "The first who misses asks the database. All others wait for its answer.";
        case REFRESHING ->
            "The same, and from half its time to live on a product is loaded anew while the old one"
                + " is served.";
      };
    }
  }
}
