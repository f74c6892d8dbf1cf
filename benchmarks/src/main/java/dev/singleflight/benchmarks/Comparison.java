package dev.singleflight.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * A subject beside one of its rivals, in the same run and under the same conditions.
 *
 * @param benchmark what is measured
 * @param conditions threads and parameters
 * @param subject what this project has to offer
 * @param rival what it is compared with
 * @param ratio the subject's figure by the rival's
 * @param target what the ratio has to be
 * @param bytesTarget what the bytes an operation of the subject have to be
 */
record Comparison(
    String benchmark,
    String conditions,
    Score subject,
    Score rival,
    double ratio,
    Bound target,
    Bound bytesTarget) {

  static final List<String> COLUMNS =
      List.of(
          "benchmark",
          "conditions",
          "subject",
          "its score",
          "B/op",
          "rival",
          "its score",
          "B/op",
          "ratio",
          "target");

  List<String> cells() {
    String bytesJudged = bytesTarget.judge(subject.bytes());
    return List.of(
        benchmark,
        conditions,
        subject.name(),
        subject.text(),
        bytesJudged.isEmpty() ? subject.bytesText() : subject.bytesText() + ", " + bytesJudged,
        rival.name(),
        rival.text(),
        rival.bytesText(),
        String.format(Locale.ROOT, "%.3f", ratio),
        target.judge(ratio));
  }
}
