package dev.singleflight.checker.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Iterables;
import com.google.errorprone.BugPattern.SeverityLevel;
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

  /** Finds the faults in one file that has to do with coalescing calls. */
  protected abstract List<Finding> check(Unit unit, VisitorState state);

  /**
   * Finds the faults in one file that caches by what others have made: {@link Unit#caches()}. They
   * are warnings at most: whoever adds the plugin has not asked for these caches to be judged.
   */
  protected List<Finding> checkCaches(Unit unit, VisitorState state) {
    return ImmutableList.of();
  }

  @Override
  public final Description matchCompilationUnit(CompilationUnitTree tree, VisitorState state) {
    Options options = Options.of(state); // refuses what it does not know, in every file
    Reach reach = Reach.of(state);
    if (!reach.has(tree)) {
      return Description.NO_MATCH;
    }
    List<Finding> ours = reach.coalesces(tree) ? check(Unit.of(state), state) : List.of();
    List<Finding> caches = reach.caches(tree) ? checkCaches(Unit.of(state), state) : List.of();
    if (ours.isEmpty() && caches.isEmpty()) {
      return Description.NO_MATCH;
    }
    ImmutableRangeSet<Integer> suppressed = suppressedRegions(state);
    Set<Tree> reported = new HashSet<>();
    for (Finding finding : Iterables.concat(ours, caches)) {
      if (!suppressed.contains(ASTHelpers.getStartPosition(finding.at()))
          && reported.add(finding.at())
          && !isGenerated(finding.at(), tree)) {
        boolean explained = options.explain() && !finding.evidence().isEmpty();
        Description.Builder description =
            buildDescription(finding.at())
                .setMessage(
                    finding.message()
                        + (explained ? " [Believed: " + finding.evidence() + "]" : ""));
        finding.fix().ifPresent(description::addFix);
        if (!ours.contains(finding)) {
          atMostWarning(description, state);
        }
        state.reportMatch(description.build());
      }
    }
    return Description.NO_MATCH;
  }

  @SuppressWarnings("RestrictedApi") // what the command line says of this check goes first
  private void atMostWarning(Description.Builder description, VisitorState state) {
    boolean isChosen = state.errorProneOptions().getSeverityMap().containsKey(canonicalName());
    if (!isChosen && defaultSeverity() == SeverityLevel.ERROR) {
      description.overrideSeverity(SeverityLevel.WARNING);
    }
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
