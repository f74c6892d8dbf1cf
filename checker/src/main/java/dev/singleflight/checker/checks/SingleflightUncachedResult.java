package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.SUGGESTION;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import dev.singleflight.checker.context.SelfInvocations;
import dev.singleflight.checker.context.SelfInvocations.Bypass;
import dev.singleflight.checker.context.UncachedReads;
import dev.singleflight.checker.context.UncachedReads.Uncached;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.report.Words;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link BugChecker} that flags methods that are named like reads and coalesce their load, but
 * remember nothing, and calls that go past a method's cache annotation.
 *
 * <p>Coalescing helps callers that wait at the same time. The next caller loads again.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "A coalesced read is not a cached one",
    severity = SUGGESTION,
    linkType = NONE,
    tags = BugPattern.StandardTags.PERFORMANCE)
public final class SingleflightUncachedResult extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    UncachedReads reads = UncachedReads.of(state);
    for (Member member : unit.members()) {
      Uncached uncached = reads.in(member);
      if (uncached != null) {
        findings.add(finding(uncached));
      }
    }
    return findings;
  }

  @Override
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    SelfInvocations bypasses = SelfInvocations.of(state);
    List<Finding> findings = new ArrayList<>();
    for (Member member : unit.members()) {
      bypasses.in(member).forEach(bypass -> findings.add(finding(bypass)));
    }
    return findings;
  }

  private static Finding finding(Uncached uncached) {
    return Finding.of(
        uncached.at(),
        "'"
            + uncached.method().name
            + "' reads like a lookup, but remembers nothing: "
            + uncached.site().name()
            + " only shares the load among callers that wait for it at the same time, and the next"
            + " caller loads again. Keep the result in a cache, as SingleflightLoader does with"
            + " both, or name the method for the load that every call may make.");
  }

  private static Finding finding(Bypass bypass) {
    return Finding.of(
        bypass.call(),
        "'"
            + Words.source(bypass.call())
            + "' goes past the cache: @"
            + bypass.annotation()
            + " on '"
            + bypass.method().name
            + "' is done by a proxy around this object, and a call from inside does not come"
            + " through it, so it runs the method each time. Call it on the injected bean, or move"
            + " it to a bean of its own.");
  }
}
