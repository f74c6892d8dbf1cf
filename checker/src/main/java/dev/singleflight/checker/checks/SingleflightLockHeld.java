package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;

import com.google.auto.service.AutoService;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.sun.source.tree.ExpressionTree;
import dev.singleflight.checker.context.CrossedLocks;
import dev.singleflight.checker.context.HeldLocks;
import dev.singleflight.checker.context.Lock;
import dev.singleflight.checker.context.LockedLoads;
import dev.singleflight.checker.context.LockedWaits;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.report.CacheFindings;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.site.Unit.Handing;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A {@link BugChecker} that flags calls that wait for a coalesced load while a lock is held.
 *
 * <p>The lock is then held for as long as the load takes: callers of other keys, who have nothing
 * to wait for, wait for the lock, and a loader that wants the lock itself waits for ever.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Release the lock before waiting for a coalesced load",
    severity = ERROR,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightLockHeld extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    HeldLocks locks = HeldLocks.of(state);
    Effects effects = Effects.of(state);
    List<Finding> findings = new ArrayList<>();
    // a private method that is only called under a lock is looked at because it is called
    Set<Member> seen = new LinkedHashSet<>(unit.lockable());
    // a wrapper may take a lock whatever it is called
    unit.handings().stream().filter(Handing::isToSource).map(Handing::member).forEach(seen::add);
    for (Deque<Member> open = new ArrayDeque<>(seen); !open.isEmpty(); ) {
      Member member = open.remove();
      for (ExpressionTree call : locks.callsUnderLock(member)) {
        ImmutableList<String> way = effects.blocking().way(call, member);
        if (way == null) {
          continue;
        }
        Member callee = locks.alwaysUnderLock(Symbols.method(call));
        if (callee == null) {
          findings.add(finding(call, locks.at(call, member).asList(), way));
        } else if (seen.add(callee)) {
          open.add(callee);
        }
      }
    }
    return findings;
  }

  @Override
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    LockedWaits.of(unit, state).forEach(wait -> findings.add(CacheFindings.of(wait)));
    LockedLoads.of(unit, state).forEach(load -> findings.add(CacheFindings.of(load)));
    CrossedLocks.of(unit, state).forEach(lock -> findings.add(CacheFindings.of(lock)));
    return findings;
  }

  private static Finding finding(
      ExpressionTree call, ImmutableList<Lock> held, ImmutableList<String> way) {
    String names =
        held.stream().map(lock -> "'" + lock.words() + "'").collect(Collectors.joining(" and "));
    return Finding.of(
        call,
        "This waits for a coalesced load ("
            + String.join(" → ", way)
            + ") while holding "
            + names
            + ": for as long as the load takes, callers of every other key wait for that lock, and"
            + " a loader that needs it never ends. Release it before the call, and take it again"
            + " inside the loader or after it to store the result.");
  }
}
