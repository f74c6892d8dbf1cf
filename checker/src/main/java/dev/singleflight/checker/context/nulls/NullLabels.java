package dev.singleflight.checker.context.nulls;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The labels of a case, whichever of its forms the JDK has. */
final class NullLabels {
  private NullLabels() {}

  /** What stands before the arrow or colon. */
  static List<Tree> of(CaseTree branch) {
    List<Tree> labels = new ArrayList<>();
    for (Tree child : children(branch)) {
      boolean body =
          child == branch.getBody()
              || (branch.getStatements() != null && branch.getStatements().contains(child));
      if (!body) {
        labels.add(child);
      }
    }
    return labels;
  }

  private static List<Tree> children(CaseTree branch) {
    List<Tree> children = new ArrayList<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      private boolean inside;

      @Override
      public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
        if (tree == null) {
          return null;
        }
        if (tree == branch && !inside) {
          inside = true;
          return super.scan(tree, null);
        }
        children.add(tree);
        return null;
      }
    }.scan(branch, null);
    return children;
  }

  static boolean isDefault(CaseTree branch) {
    return branch.getExpressions().isEmpty()
        && of(branch).stream().allMatch(label -> label.getKind().name().startsWith("DEFAULT"));
  }

  /** {@code case null}, {@code case null, default}. */
  static boolean takesNull(CaseTree branch) {
    return of(branch).stream().anyMatch(NullLabels::isNull);
  }

  private static boolean isNull(Tree label) {
    boolean[] found = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
        found[0] |= tree != null && tree.getKind() == Tree.Kind.NULL_LITERAL;
        return super.scan(tree, null);
      }
    }.scan(label, null);
    return found[0];
  }
}
