package dev.singleflight.checker.inputs;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import org.jspecify.annotations.Nullable;

/** Whether a comparison asks only if something is there at all. */
enum Presence {
  /** It asks for more. */
  NOT_ASKED,
  /** Of a variable, which tells nothing of what that holds. */
  TELLS_NOTHING,
  /**
   * Of what the code has asked for itself, to go one way or the other: that is what its answer is
   * good for.
   */
  CHOOSES;

  static Presence of(BinaryTree comparison, Tree function, @Nullable Member member) {
    ExpressionTree asked = Symbols.strip(comparison.getLeftOperand());
    boolean variable = asked instanceof IdentifierTree;
    boolean nullCheck =
        (comparison.getKind() == Tree.Kind.EQUAL_TO
                || comparison.getKind() == Tree.Kind.NOT_EQUAL_TO)
            && (variable || asked instanceof MethodInvocationTree)
            && Symbols.strip(comparison.getRightOperand()).getKind() == Tree.Kind.NULL_LITERAL;
    if (!nullCheck) {
      return NOT_ASKED;
    }
    boolean isAskedFor =
        member != null
            && (!variable || isAskedFor(Symbols.variable(asked), function, member))
            && chooses(comparison, member);
    return isAskedFor ? CHOOSES : variable ? TELLS_NOTHING : NOT_ASKED;
  }

  private static boolean isAskedFor(@Nullable VarSymbol variable, Tree function, Member member) {
    Tree declaration = variable == null ? null : member.declaration(variable);
    return variable != null
        && declaration != null
        && member.isInside(declaration, function)
        && !member.definitions(variable).isEmpty();
  }

  /** Whether a condition decides between two ways that go on, and does not just refuse one. */
  private static boolean chooses(Tree condition, Member member) {
    Tree child = condition;
    Tree at = member.parent(condition);
    while (at instanceof ParenthesizedTree
        || at instanceof UnaryTree
        || (at instanceof BinaryTree
            && (at.getKind() == Tree.Kind.CONDITIONAL_AND
                || at.getKind() == Tree.Kind.CONDITIONAL_OR))) {
      child = at;
      at = member.parent(at);
    }
    if (at instanceof IfTree branch) {
      return child == branch.getCondition() && !isRefusal(branch.getThenStatement());
    }
    return at instanceof ConditionalExpressionTree choice && child == choice.getCondition();
  }

  private static boolean isRefusal(StatementTree statement) {
    return statement instanceof ThrowTree
        || (statement instanceof BlockTree block
            && !block.getStatements().isEmpty()
            && block.getStatements().get(block.getStatements().size() - 1) instanceof ThrowTree);
  }
}
