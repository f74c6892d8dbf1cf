package dev.singleflight.checker.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;

import com.google.auto.service.AutoService;
import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.sun.source.tree.ExpressionTree;
import dev.singleflight.checker.context.CachedFailures;
import dev.singleflight.checker.context.CachedFutures;
import dev.singleflight.checker.context.FailedFutures;
import dev.singleflight.checker.context.FailedFutures.Stuck;
import dev.singleflight.checker.context.KeptFailures;
import dev.singleflight.checker.context.KeptFailures.Kept;
import dev.singleflight.checker.context.ReplayedFailures;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.KeptFindings;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.report.Words;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link BugChecker} that flags failures of a load that are kept as if they were values: cached
 * in a {@code catch}, put as an empty or default value, or left in a map as a failed future.
 *
 * <p>One timeout then is the answer to every later caller, long after the source has recovered.
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Do not cache what stands in for a failed load",
    severity = WARNING,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightStickyFailure extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    KeptFailures failures = KeptFailures.of(state);
    FailedFutures futures = FailedFutures.of(state);
    for (Member member : unit.members()) {
      failures.in(member).forEach(kept -> findings.add(finding(kept)));
      futures.in(member).forEach(stuck -> findings.add(finding(stuck)));
    }
    return findings;
  }

  @Override
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    CachedFailures failures = CachedFailures.of(state);
    CachedFutures futures = CachedFutures.of(state);
    ReplayedFailures replayed = ReplayedFailures.of(state);
    boolean strict = Options.of(state).strict();
    List<Finding> findings = new ArrayList<>(DeclaredFindings.kept(unit, state));
    for (Site site : unit.caches()) {
      if (site.declaration() != null) {
        continue; // what an annotation says of nulls and conditions was looked at above
      }
      CachedFailures.Kept kept = failures.of(site);
      if (kept != null && (strict || !kept.expires())) {
        findings.add(KeptFindings.kept(kept));
      } else if (futures.keeps(site, unit)) {
        findings.add(KeptFindings.stuck(site));
      } else {
        ExpressionTree replay = replayed.in(site, unit);
        if (replay != null) {
          findings.add(KeptFindings.replayed(site, replay));
        }
      }
    }
    return findings;
  }

  private static Finding finding(Kept kept) {
    List<String> way = new ArrayList<>(List.of("'" + kept.fallback().words() + "'"));
    way.addAll(kept.fallback().way());
    way.add("'" + Words.line(kept.by()) + "'");
    return Finding.of(
        kept.at(),
        "This keeps a failed load as if it were a value ("
            + String.join(" → ", way)
            + "): after one timeout every later caller gets it, long after the source has"
            + " recovered. Let the failure pass and cache only what was loaded; if it is known to"
            + " be permanent, ask for that first, or give it a short time to live of its own.");
  }

  private static Finding finding(Stuck stuck) {
    String put = "'" + Words.source(stuck.put().origin()) + "'";
    return stuck.early() == null
        ? Finding.of(
            stuck.put().origin(),
            put
                + " keeps the load's future for good, and nothing removes it when it has failed:"
                + " after one timeout every later caller gets the same failure. Attach a"
                + " whenComplete to what is returned, behind the put, that removes the entry"
                + " (remove(key, future)) on failure.")
        : Finding.of(
            stuck.early(),
            "This removes a failed load's entry, but is attached before the entry exists ("
                + put
                + "): for a future that has failed already it runs at once and finds nothing, and"
                + " the failure then stays in the map for good. Attach it to the future behind the"
                + " put, with remove(key, future).");
  }
}
