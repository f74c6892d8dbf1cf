package dev.singleflight.samples.tasks.task10;

import dev.singleflight.samples.tasks.Stage;
import java.time.Duration;

/** Says once a second how a run is going. */
final class Progress {
  private final Stage stage;
  private final Duration duration;
  private long second;

  Progress(Stage stage, Duration duration) {
    this.stage = stage;
    this.duration = duration;
  }

  void show(Sample sample) {
    if (sample.at().toSeconds() > second) {
      second = sample.at().toSeconds();
      stage.say(
          "%3d s of %d: %,7.0f calls/s, %,6.0f loads/s, ratio %.3f",
          second, duration.toSeconds(), sample.calls(), sample.loads(), sample.ratio());
    }
  }
}
