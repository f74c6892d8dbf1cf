package dev.singleflight.samples.service.loadtest;

import dev.singleflight.samples.engines.Postgres;
import dev.singleflight.samples.service.CatalogueService;
import dev.singleflight.samples.service.stampede.Crowd;
import dev.singleflight.samples.service.stampede.Figures;
import dev.singleflight.samples.service.stampede.Stampede;
import dev.singleflight.samples.service.stampede.Subject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What was measured of a subject.
 *
 * @param subject which
 * @param total of all the time
 * @param course of each interval, in order
 */
record Measurement(Subject subject, Figures total, List<Figures> course) {

  /**
   * Measures a subject.
   *
   * @param ttl how long it caches a product
   * @param rehearsal who asks first, without being measured
   * @param crowd who asks then
   * @param postgres with the demonstration's products
   * @param watcher is given what has been seen so far, after each interval
   */
  static Measurement of(
      Subject subject,
      Duration ttl,
      Crowd rehearsal,
      Crowd crowd,
      Postgres postgres,
      Consumer<Figures> watcher)
      throws SQLException, InterruptedException {
    try (CatalogueService service = CatalogueService.start(subject.settings(ttl), postgres)) {
      Figures unused =
          Stampede.run(rehearsal, service.uri(), service::queries, (interval, soFar) -> {});
      List<Figures> course = new ArrayList<>();
      Figures total =
          Stampede.run(
              crowd,
              service.uri(),
              service::queries,
              (interval, soFar) -> {
                course.add(interval);
                watcher.accept(soFar);
              });
      return new Measurement(subject, total, List.copyOf(course));
    }
  }
}
