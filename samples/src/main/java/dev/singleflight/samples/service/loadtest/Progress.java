package dev.singleflight.samples.service.loadtest;

import dev.singleflight.samples.service.stampede.Figures;
import dev.singleflight.samples.service.stampede.Subject;
import java.io.PrintWriter;
import java.time.Duration;

/** Says every other second how far a measurement is. */
final class Progress {
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final PrintWriter out;
  private final Subject subject;
  private final Duration duration;
  private Duration told = Duration.ZERO;

  Progress(PrintWriter out, Subject subject, Duration duration) {
    this.out = out;
    this.subject = subject;
    this.duration = duration;
    say("%s: warming up …%n", subject.words());
  }

  void report(Figures soFar) {
    if (soFar.until().minus(told).compareTo(INTERVAL) >= 0) {
      told = soFar.until();
      say(
          "%s: %d s of %d, %,d requests, %,d queries%n",
          subject.words(),
          told.toSeconds(),
          duration.toSeconds(),
          soFar.requests(),
          soFar.queries());
    }
  }

  private void say(String format, Object... arguments) {
    out.printf(format, arguments);
    out.flush();
  }
}
