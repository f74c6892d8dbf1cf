package dev.singleflight.checker.report;

import com.google.common.collect.ImmutableRangeSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.CompilationUnitTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.site.Reach;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Symbols;
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
    if (!Reach.has(state)) {
      return Description.NO_MATCH;
    }
    List<Finding> findings = check(Unit.of(state), state);
    if (findings.isEmpty()) {
      return Description.NO_MATCH;
    }
    ImmutableRangeSet<Integer> suppressed = suppressedRegions(state);
    Set<Tree> reported = new HashSet<>();
    for (Finding finding : findings) {
      if (!suppressed.contains(ASTHelpers.getStartPosition(finding.at()))
          && reported.add(finding.at())
          && !isGenerated(finding.at(), tree)) {
        Description.Builder description =
            buildDescription(finding.at()).setMessage(finding.message());
        finding.fix().ifPresent(description::addFix);
        state.reportMatch(description.build());
      }
    }
    return Description.NO_MATCH;
  }

  /** Nobody can mend what a generator wrote; it is the generator that has to be. */
  private static boolean isGenerated(Tree at, CompilationUnitTree unit) {
    for (TreePath path = TreePath.getPath(unit, at); path != null; path = path.getParentPath()) {
      Symbol type = path.getLeaf() instanceof ClassTree ? Symbols.of(path.getLeaf()) : null;
      if (type != null && Symbols.hasAnnotation(type, "Generated")) {
        return true;
      }
    }
    return false;
  }
}
