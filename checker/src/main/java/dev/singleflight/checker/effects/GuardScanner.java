package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.util.TreeScanner;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Scans code that runs when its function is called, but not what is only made there; the argument
 * says under which conditions on parameters the scan has come to where it is.
 */
abstract class GuardScanner extends TreeScanner<@Nullable Void, ImmutableList<Guard>> {
  final Scope scope;
  private final Inputs inputs;

  GuardScanner(Scope scope, Inputs inputs) {
    this.scope = scope;
    this.inputs = inputs;
  }

  @Override
  public @Nullable Void visitIf(IfTree node, ImmutableList<Guard> guards) {
    scan(node.getCondition(), guards);
    scan(node.getThenStatement(), with(guards, node.getCondition(), true));
    scan(node.getElseStatement(), with(guards, node.getCondition(), false));
    return null;
  }

  @Override
  public @Nullable Void visitConditionalExpression(
      ConditionalExpressionTree node, ImmutableList<Guard> guards) {
    scan(node.getCondition(), guards);
    scan(node.getTrueExpression(), with(guards, node.getCondition(), true));
    scan(node.getFalseExpression(), with(guards, node.getCondition(), false));
    return null;
  }

  @Override
  public @Nullable Void visitBlock(BlockTree node, ImmutableList<Guard> guards) {
    ImmutableList<Guard> now = guards;
    for (StatementTree statement : node.getStatements()) {
      scan(statement, now);
      if (statement instanceof IfTree branch
          && branch.getElseStatement() == null
          && leaves(branch.getThenStatement())) {
        now = with(now, branch.getCondition(), false);
      }
    }
    return null;
  }

  private static boolean leaves(StatementTree statement) {
    if (statement instanceof BlockTree block && !block.getStatements().isEmpty()) {
      return leaves(block.getStatements().get(block.getStatements().size() - 1));
    }
    return statement instanceof ReturnTree || statement instanceof ThrowTree;
  }

  private ImmutableList<Guard> with(
      ImmutableList<Guard> guards, ExpressionTree condition, boolean holds) {
    Guard guard = Guard.of(condition, holds, inputs, scope);
    return guard == null
        ? guards
        : ImmutableList.<Guard>builder().addAll(guards).add(guard).build();
  }

  @Override
  public @Nullable Void visitLambdaExpression(
      LambdaExpressionTree node, ImmutableList<Guard> guards) {
    return null;
  }

  @Override
  public @Nullable Void visitClass(ClassTree node, ImmutableList<Guard> guards) {
    return null;
  }
}
