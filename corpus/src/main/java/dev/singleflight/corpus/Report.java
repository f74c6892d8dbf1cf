package dev.singleflight.corpus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a run found, beside what is known already. */
final class Report {

  private final List<Inspection> inspections;
  private final Ledger ledger;
  private final Set<String> checks;
  private final List<Finding> findings;

  Report(List<Inspection> inspections, Ledger ledger, Set<String> checks) {
    this.inspections = List.copyOf(inspections);
    this.ledger = ledger;
    this.checks = checks;
    findings = inspections.stream().flatMap(one -> one.findings().stream()).toList();
  }

  /** Whether everything that was reported is judged, is still there, and nothing crashed. */
  boolean asExpected() {
    return ledger.unjudged(findings).isEmpty() && gone().isEmpty() && crashes().isEmpty();
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(artifacts());
    parts.add(byCheck());
    crashes().forEach(crash -> parts.add("CRASH\n" + crash + "\n"));
    List<Finding> unjudged = ledger.unjudged(findings);
    if (!unjudged.isEmpty()) {
      parts.add(
          unjudged.stream()
              .map(Ledger::row)
              .collect(
                  Collectors.joining(
                      "\n", "new: read the code, judge, and add to findings.tsv\n", "\n")));
    }
    if (!gone().isEmpty()) {
      parts.add(
          gone().stream()
              .map(key -> String.join("\t", key.artifact(), key.file(), key.place(), key.check()))
              .collect(Collectors.joining("\n", "gone: take out of findings.tsv\n", "\n")));
    }
    return String.join("\n", parts);
  }

  private String artifacts() {
    Table table =
        new Table("artifact", "files", "lines", "s without", "s with", "findings", "crashes");
    for (Inspection one : inspections) {
      table.add(
          one.artifact().coordinates(),
          one.files(),
          one.lines(),
          seconds(one.without()),
          seconds(one.with()),
          one.findings().size(),
          one.crashes().size());
    }
    table.add(
        "all",
        inspections.stream().mapToInt(Inspection::files).sum(),
        lines(),
        seconds(
            inspections.stream().map(Inspection::without).reduce(Duration.ZERO, Duration::plus)),
        seconds(inspections.stream().map(Inspection::with).reduce(Duration.ZERO, Duration::plus)),
        findings.size(),
        crashes().size());
    return table.toString();
  }

  private String byCheck() {
    Table table =
        new Table(
            "check", "findings", "right", "wrong", "debatable", "unjudged", "lines per finding");
    for (String check : checks) {
      addTo(table, check, findings.stream().filter(f -> f.key().check().equals(check)).toList());
    }
    addTo(table, "all", findings);
    return table.toString();
  }

  private void addTo(Table table, String name, List<Finding> some) {
    table.add(
        name,
        some.size(),
        count(some, Verdict.RIGHT),
        count(some, Verdict.WRONG),
        count(some, Verdict.DEBATABLE),
        ledger.unjudged(some).size(),
        some.isEmpty() ? "-" : lines() / some.size());
  }

  private long count(List<Finding> some, Verdict verdict) {
    return some.stream().filter(finding -> ledger.verdict(finding) == verdict).count();
  }

  private long lines() {
    return inspections.stream().mapToLong(Inspection::lines).sum();
  }

  private List<String> crashes() {
    return inspections.stream().flatMap(one -> one.crashes().stream()).toList();
  }

  private List<Finding.Key> gone() {
    return ledger.gone(
        findings,
        inspections.stream().map(one -> one.artifact().id()).collect(Collectors.toSet()),
        checks);
  }

  private static String seconds(Duration time) {
    return time.isZero() ? "-" : String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }
}
