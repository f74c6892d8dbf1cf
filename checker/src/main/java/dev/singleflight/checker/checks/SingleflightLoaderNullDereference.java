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
import dev.singleflight.checker.report.Finding;
import dev.singleflight.checker.report.SingleflightCheck;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BugChecker} that flags loaders that use a result which may be null, or which stands
 * beside an error that nobody asked for, as if it were there.
 *
 * <p>The {@code NullPointerException} is the outcome of the flight: it reaches every caller that
 * waited, all at the same moment and with the same trace, in place of "not found".
 */
@AutoService(BugChecker.class)
@BugPattern(
    summary = "Check what a loader was given before using it",
    severity = WARNING,
    linkType = NONE,
    tags = BugPattern.StandardTags.LIKELY_ERROR)
public final class SingleflightLoaderNullDereference extends SingleflightCheck {
  private static final long serialVersionUID = 1;

  @Override
  protected List<Finding> check(Unit unit, VisitorState state) {
    List<Finding> findings = new ArrayList<>();
    Nulls nulls = Nulls.of(state);
    for (Member member : unit.members()) {
      nulls.inLoaders(member).forEach(use -> findings.add(finding(use, member, null)));
    }
    for (Site site : unit.sites()) {
      nulls.inLoader(site).forEach(use -> findings.add(finding(use, site.member(), site)));
    }
    return findings;
  }

  private static Finding finding(Dereference found, Member member, @Nullable Site site) {
    Dereference use = found;
    while (use.inner() != null) {
      use = use.inner();
    }
    boolean isHere = isHere(use, member);
    String place = isHere ? "" : " in " + use.member().type().name;
    return Finding.of(
        at(found, member, site),
        "'"
            + use.value()
            + "' may be null"
            + use.why()
            + ", and "
            + use.use()
            + place
            + ", in code that a coalesced load runs: the NullPointerException reaches every caller"
            + " that waits for it. Check it first, and throw what says what is missing, or return"
            + " an empty result.");
  }

  /** The use itself where this file has it, else what of this file leads to it. */
  private static Tree at(Dereference found, Member member, @Nullable Site site) {
    Tree at = site == null ? found.at() : site.loader() == null ? site.tree() : site.loader();
    for (Dereference use = found; use != null; use = use.inner()) {
      if (isHere(use, member)) {
        at = use.at();
      }
    }
    return at;
  }

  private static boolean isHere(Dereference use, Member member) {
    return Symbols.outermostClass(use.member().type()) == Symbols.outermostClass(member.type());
  }
}
