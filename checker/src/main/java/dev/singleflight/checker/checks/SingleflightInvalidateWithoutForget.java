package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.sun.source.tree.MethodInvocationTree;
import dev.singleflight.checker.context.EarlyInvalidations;
import dev.singleflight.checker.context.Invalidations;
import dev.singleflight.checker.context.Invalidations.Drop;
import dev.singleflight.checker.context.LateRemovals;
import dev.singleflight.checker.effects.StoreAccess;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.ForgetFixes;
import dev.singleflight.checker.report.KeptFindings;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.report.Words;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link BugChecker} that flags methods that drop a cache's entry but let the load that is under
 * way for it write it back, or that drop it before the write that makes it stale.
 *
 * <p>Either way the old value is in the cache again when the method has returned, and stays.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Forget the flight when dropping the entry that it will write",
    severity = WARNING,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightInvalidateWithoutForget extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    Invalidations invalidations = Invalidations.of(state);
    EarlyInvalidations early = EarlyInvalidations.of(state);
    for (Member member : unit.members()) {
      invalidations
          .unforgotten(member)
          .forEach(drop -> findings.add(unforgotten(drop, member, state)));
      early
          .in(member)
          .forEach(
              found -> findings.add(KeptFindings.tooEarly(found.invalidation(), found.write())));
    }
    return findings;
  }

  @Override
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>(DeclaredFindings.drops(unit, state));
    EarlyInvalidations early = EarlyInvalidations.of(state);
    LateRemovals late = new LateRemovals(state);
    unit.storeCalls()
        .asMap()
        .forEach(
            (member, calls) ->
                early
                    .inCaches(member, calls, unit.caches())
                    .forEach(
                        e -> findings.add(KeptFindings.tooEarly(e.invalidation(), e.write()))));
    for (Site site : unit.caches()) {
      MethodInvocationTree removal = late.of(site, unit.members());
      if (removal != null) {
        findings.add(KeptFindings.overtaken(removal, site));
      }
    }
    return findings;
  }

  private static Finding unforgotten(Drop drop, Member member, VisitorState state) {
    StoreAccess access = drop.access();
    String load = drop.store().site().name();
    String group = Words.group(drop.store().site());
    String key = access.isOfOne() ? "(key)" : "All()";
    return new Finding(
        access.place(),
        "'"
            + Words.source(access.origin())
            + "'"
            + Words.way(access.way())
            + " drops what a load of "
            + load
            + " writes ('"
            + Words.source(drop.store().put().origin())
            + "'), but a load that is under way now goes on, and then writes the old value back: it"
            + " stays in the cache as if nothing had been invalidated, and callers go on joining"
            + " that load. Forget the flight in the same method ("
            + group
            + ".forget"
            + key
            + "), or let the load check a generation before it writes.",
        ForgetFixes.after(drop, member, state));
  }
}
