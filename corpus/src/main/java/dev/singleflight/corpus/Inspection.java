package dev.singleflight.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the checks made of an artifact.
 *
 * @param artifact which
 * @param files how many of its files could be looked at
 * @param lines how many lines they have
 * @param without how long javac and Error Prone take without a check, or zero
 * @param with how long they take with ours
 * @param findings what was reported
 * @param crashes what javac printed when a check failed
 */
record Inspection(
    Artifact artifact,
    int files,
    long lines,
    Duration without,
    Duration with,
    List<Finding> findings,
    List<String> crashes) {

  private static final String NO_CHECK = "-XepDisableAllChecks";

  /** A file in which a check fails is reported and left out, so that the next one shows itself. */
  private static final int CRASHES_AT_MOST = 10;

  Inspection {
    findings = List.copyOf(findings);
    crashes = List.copyOf(crashes);
  }

  /**
   * Runs checks over an artifact.
   *
   * @param checks their names
   * @param flags what to tell them
   * @param timed whether to find out how long it takes without them
   */
  static Inspection of(
      Artifact artifact,
      Checkout checkout,
      Javac javac,
      Set<String> checks,
      List<String> flags,
      boolean timed)
      throws IOException, InterruptedException {
    Duration without = timed ? javac.inspect(checkout, List.of(NO_CHECK)).time() : Duration.ZERO;
    List<String> crashes = new ArrayList<>();
    List<String> all = flags(checks, flags);
    Compilation compilation = javac.inspect(checkout, all);
    Checkout rest = checkout;
    while (compilation.status() != 0 && crashes.size() < CRASHES_AT_MOST) {
      crashes.add(compilation.crashed() ? compilation.crash() : compilation.output());
      Map<Path, String> errors = compilation.errors();
      if (errors.isEmpty()) {
        break;
      }
      rest = rest.only(rest.files().stream().filter(file -> !errors.containsKey(file)).toList());
      compilation = javac.inspect(rest, all);
    }
    return new Inspection(
        artifact,
        checkout.files().size(),
        checkout.lines(),
        without,
        compilation.time(),
        Finding.of(artifact, checkout, ours(compilation, checks)),
        crashes);
  }

  /** What Error Prone is told in order to run these checks and no other. */
  static List<String> flags(Set<String> checks, List<String> more) {
    return Stream.of(
            Stream.of(NO_CHECK),
            checks.stream().map(check -> "-Xep:" + check + ":WARN"),
            more.stream())
        .flatMap(words -> words)
        .toList();
  }

  private static List<Compilation.Remark> ours(Compilation compilation, Set<String> checks) {
    return compilation.remarks().stream()
        .filter(remark -> checks.contains(remark.check()))
        .toList();
  }
}
