package dev.singleflight.checker.report;

import com.google.common.collect.ImmutableRangeSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.CompilationUnitTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.site.Unit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A check over a file's coalescing calls.
 *
 * <p>It sees a file as a whole, since what makes a call wrong often stands elsewhere; a finding is
 * reported where it stands unless {@code @SuppressWarnings} holds there, at whatever level.
 */
public abstract class SingleflightCheck extends BugChecker implements CompilationUnitTreeMatcher {
  private static final long serialVersionUID = 1;

  /** Finds the faults in one file. */
  protected abstract List<Finding> check(Unit unit, VisitorState state);

  @Override
  public final Description matchCompilationUnit(CompilationUnitTree tree, VisitorState state) {
    Options unused =
        Options.of(state); // refuses what it does not know, in a file without sites too
    List<Finding> findings = check(Unit.of(state), state);
    if (findings.isEmpty()) {
      return Description.NO_MATCH;
    }
    ImmutableRangeSet<Integer> suppressed = suppressedRegions(state);
    Set<Tree> reported = new HashSet<>();
    for (Finding finding : findings) {
      if (!suppressed.contains(ASTHelpers.getStartPosition(finding.at()))
          && reported.add(finding.at())) {
        Description.Builder description =
            buildDescription(finding.at()).setMessage(finding.message());
        finding.fix().ifPresent(description::addFix);
        state.reportMatch(description.build());
      }
    }
    return Description.NO_MATCH;
  }
}
