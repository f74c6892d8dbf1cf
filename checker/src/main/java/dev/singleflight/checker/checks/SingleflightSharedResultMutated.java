package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import dev.singleflight.checker.effects.CachedChange;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.effects.Mutation;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.report.CopyFixes;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.report.Words;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link BugChecker} that flags changes of a coalesced load's result, or of its exception: every
 * caller of the flight holds the same object.
 *
 * <p>The others see the change in the middle of their work, and race with it.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Copy a shared result before changing it",
    severity = ERROR,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightSharedResultMutated extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    Effects effects = Effects.of(state);
    for (Member member : unit.members()) {
      for (Mutation mutation : effects.mutations().in(member)) {
        if (effects.mutations().sharing().isShared(mutation.object())
            || effects.isSharedFailure(mutation.object(), member)) {
          findings.add(finding(mutation, member, state));
        }
      }
    }
    return findings;
  }

  @Override
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    for (CachedChange change : Effects.of(state).cachedValues().in(unit)) {
      if (change.isSure() || Options.of(state).strict()) {
        findings.add(ofCache(change));
      }
    }
    return findings;
  }

  private static Finding ofCache(CachedChange change) {
    return Finding.of(
            change.at(),
            "'"
                + Words.line(change.change().words())
                + "' changes what '"
                + change.source()
                + "' gave"
                + Words.way(change.way())
                + ", and what stays in the cache: all who ask later get it changed, once more each"
                + " time, and others that hold it see it change. Copy it first and change the copy,"
                + " or cache something that cannot change.")
        .because(change.evidence());
  }

  private static Finding finding(Mutation mutation, Member member, VisitorState state) {
    return new Finding(
        mutation.at(),
        "'"
            + mutation.words()
            + "' changes an object that a coalesced load hands to every caller of its flight: they"
            + " see the change in the middle of their work, and race with it. Copy it first and"
            + " change the copy, or have the loader return something that cannot change.",
        CopyFixes.before(mutation, member, state));
  }
}
