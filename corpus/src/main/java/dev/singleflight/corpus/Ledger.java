package dev.singleflight.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every finding that somebody has read the code of, with what came of it. */
final class Ledger {

  private static final List<String> COLUMNS =
      List.of("artifact", "file", "place", "check", "verdict", "why");

  private final Map<Finding.Key, Verdict> verdicts;

  private Ledger(Map<Finding.Key, Verdict> verdicts) {
    this.verdicts = verdicts;
  }

  /**
   * Reads a ledger.
   *
   * @throws IllegalArgumentException if a finding stands there twice, without a known verdict or
   *     without a reason
   */
  static Ledger read(Path file) throws IOException {
    Map<Finding.Key, Verdict> verdicts = new TreeMap<>();
    for (Tsv.Row row : Tsv.read(file, COLUMNS)) {
      Finding.Key key =
          new Finding.Key(row.get("artifact"), row.get("file"), row.get("place"), row.get("check"));
      if (row.get("why").isEmpty()) {
        throw new IllegalArgumentException(key + " does not say why");
      }
      if (verdicts.put(key, Verdict.named(row.get("verdict"))) != null) {
        throw new IllegalArgumentException(key + " stands there twice");
      }
    }
    return new Ledger(verdicts);
  }

  /** A row for a finding that is not there yet, its verdict and reason to be filled in. */
  static String row(Finding finding) {
    Finding.Key key = finding.key();
    return String.join("\t", key.artifact(), key.file(), key.place(), key.check(), "?", "?");
  }

  @Nullable Verdict verdict(Finding finding) {
    return verdicts.get(finding.key());
  }

  Set<Finding.Key> keys() {
    return verdicts.keySet();
  }

  /** The findings that nobody has judged. */
  List<Finding> unjudged(List<Finding> findings) {
    return findings.stream().filter(finding -> !verdicts.containsKey(finding.key())).toList();
  }

  /** What was reported once by these checks in these artifacts, and is no more. */
  List<Finding.Key> gone(List<Finding> findings, Set<String> artifacts, Set<String> checks) {
    Set<Finding.Key> there = findings.stream().map(Finding::key).collect(Collectors.toSet());
    return verdicts.keySet().stream()
        .filter(key -> artifacts.contains(key.artifact()) && checks.contains(key.check()))
        .filter(key -> !there.contains(key))
        .toList();
  }
}
