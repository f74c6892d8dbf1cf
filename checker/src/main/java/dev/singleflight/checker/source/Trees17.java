package dev.singleflight.checker.source;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;

/** What the tree API of JDK 17 leaves to casts. */
public final class Trees17 {
  private Trees17() {}

  /** What a switch statement or switch expression selects by. */
  public static ExpressionTree selector(Tree switchTree) {
    return switchTree instanceof SwitchExpressionTree expression
        ? expression.getExpression()
        : ((SwitchTree) switchTree).getExpression();
  }
}
