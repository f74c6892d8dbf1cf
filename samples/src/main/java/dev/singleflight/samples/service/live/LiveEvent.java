package dev.singleflight.samples.service.live;

import dev.singleflight.samples.service.stampede.Crowd;
import dev.singleflight.samples.service.stampede.Figures;
import dev.singleflight.samples.service.stampede.Subject;
import java.time.Duration;

/** Something the page is told of a subject. The page knows the records by their parts' names. */
sealed interface LiveEvent {

  /** Returns whom it tells of. */
  Subject subject();

  /** Returns what the page calls it. */
  String name();

  /** A stampede has begun. */
  record Started(Subject subject, int clients, int requestsPerSecond, double seconds)
      implements LiveEvent {

    static Started of(Subject subject, Crowd crowd) {
      return new Started(
          subject, crowd.clients(), crowd.requestsPerSecond(), inSeconds(crowd.duration()));
    }

    @Override
    public String name() {
      return "started";
    }
  }

  /** An interval is over; {@code until} is when, in seconds. */
  record Seen(
      Subject subject,
      double until,
      long requests,
      double queriesPerSecond,
      double p50Millis,
      double p99Millis,
      Total soFar)
      implements LiveEvent {

    static Seen of(Subject subject, Figures interval, Figures soFar) {
      return new Seen(
          subject,
          inSeconds(interval.until()),
          interval.requests(),
          interval.perSecond(interval.queries()),
          inMillis(interval.p50()),
          inMillis(interval.p99()),
          Total.of(soFar));
    }

    @Override
    public String name() {
      return "seen";
    }
  }

  /** A stampede has ended. */
  record Ended(Subject subject, Total total) implements LiveEvent {
    @Override
    public String name() {
      return "ended";
    }
  }

  /** A stampede could not be carried through. */
  record Failed(Subject subject, String reason) implements LiveEvent {
    @Override
    public String name() {
      return "failed";
    }
  }

  /** What has been seen since a stampede began. */
  record Total(long requests, long queries, long errors, double p50Millis, double p99Millis) {
    static Total of(Figures figures) {
      return new Total(
          figures.requests(),
          figures.queries(),
          figures.errors(),
          inMillis(figures.p50()),
          inMillis(figures.p99()));
    }
  }

  private static double inSeconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  private static double inMillis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
