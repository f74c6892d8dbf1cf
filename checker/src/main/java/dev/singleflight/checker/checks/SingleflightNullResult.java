package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.context.nulls.Dereference;
import dev.singleflight.checker.context.nulls.Nulls;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.NullLoads;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link BugChecker} that flags uses of a coalesced load's result that fail if it is null, where
 * the loader may return null.
 *
 * <p>A null is a value like any other to a group: it reaches every caller of the flight, and all of
 * them fail at the same moment, far from the place that had nothing to give.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Check a shared result for null where the loader may return it",
    severity = WARNING,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightNullResult extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    Nulls nulls = Nulls.of(state);
    for (Member member : unit.members()) {
      nulls.ofShared(member).forEach(use -> findings.add(finding(use)));
    }
    return findings;
  }

  @Override
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    NullLoads loads = new NullLoads(Inputs.of(state));
    List<Finding> findings = new ArrayList<>();
    for (Site site : unit.caches()) {
      Tree at = loads.failing(site);
      if (at != null) {
        findings.add(
            Finding.of(
                    at,
                    "The loader of "
                        + site.name()
                        + " returns null where it has nothing; then "
                        + site.api().method()
                        + " keeps nothing and returns null too, which fails here with a"
                        + " NullPointerException. Check it for null first, or have the loader throw"
                        + " or return an Optional.")
                .because("the loader has a 'return null' of its own"));
      }
    }
    return findings;
  }

  private static Finding finding(Dereference use) {
    return Finding.of(
        use.at(),
        "'"
            + use.value()
            + "' is the result of a coalesced load whose loader may return null"
            + use.why()
            + ", and "
            + use.use()
            + ": every caller of such a flight fails with a NullPointerException. Check it for null"
            + " first, or have the loader throw, or return an Optional, where there is nothing.");
  }
}
