package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.inputs.CacheKeys;
import dev.singleflight.checker.inputs.CacheKeys.Faulty;
import dev.singleflight.checker.inputs.Entry;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.KeyFaults;
import dev.singleflight.checker.inputs.KeyFaults.Fault;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.KeyFixes;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.report.Words;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link BugChecker} that flags keys that are not equal when the questions are: made of the
 * clock, randomness, a counter or an object's identity, of something that changes, or of a hash
 * that other values have too.
 *
 * <p>With the former nothing ever coalesces, and the load that the group was to prevent goes on
 * unseen; with the latter callers are given what was loaded for another key.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Make the key of what decides the answer, and of nothing else",
    severity = ERROR,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightUnstableKey extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    KeyFaults faults = new KeyFaults(Inputs.of(state), Options.of(state));
    List<Finding> findings = new ArrayList<>();
    for (Site site : unit.sites()) {
      for (Fault fault : faults.of(site)) {
        findings.add(finding(site, fault, state));
      }
    }
    for (Entry entry : Inputs.of(state).entriesThrough(unit)) {
      faults.of(entry).forEach(fault -> findings.add(finding(entry.site(), fault, state)));
    }
    return findings;
  }

  @Override
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>(DeclaredFindings.unequal(unit, state));
    for (Faulty key : new CacheKeys(Inputs.of(state), Options.of(state)).in(unit)) {
      findings.add(ofCache(key));
    }
    return findings;
  }

  private static Finding ofCache(Faulty faulty) {
    Fault fault = faulty.fault();
    String consequence =
        switch (fault.kind()) {
          case NEVER_EQUAL ->
              "no entry is ever found again: each call loads anew, and leaves one more entry"
                  + " behind. Give the key an equals and hashCode that compare what it holds (a"
                  + " record has them), or make it only of what decides the value.";
          case MUTABLE ->
              "once it has changed, its entry cannot be found, or is found by others. Use an"
                  + " immutable copy, such as List.copyOf(…).";
          case LOSSY ->
              "whoever asks with a value of the same hash is given what was loaded for another. Make"
                  + " the key of the values themselves.";
        };
    return Finding.of(
            faulty.at(),
            "The key '"
                + Words.source(faulty.key())
                + "' of "
                + faulty.call()
                + " is unstable: it "
                + fault.why()
                + "; "
                + consequence)
        .because("the key is made for this call, or changed after it, where the code shows it");
  }

  private static Finding finding(Site site, Fault fault, VisitorState state) {
    Tree key = site.keys().get(0);
    String part = fault.part() == null ? "it" : "'" + Words.source(fault.part()) + "'";
    String consequence =
        switch (fault.kind()) {
          case NEVER_EQUAL ->
              "no two calls have equal keys, so that they never share a load. Make the key only of"
                  + " what decides the answer.";
          case MUTABLE ->
              "once it has changed, its flight cannot be found or is found by others. Use an"
                  + " immutable copy or an id.";
          case LOSSY ->
              "a caller whose value has the same hash is given what was loaded for another. Put the"
                  + " values themselves into the key.";
        };
    return new Finding(
        fault.caller() != null ? fault.caller() : key,
        "The key '"
            + Words.source(key)
            + "' of "
            + site.name()
            + " is unstable: "
            + part
            + " "
            + fault.why()
            + "; "
            + consequence,
        KeyFixes.without(site, fault, state));
  }
}
