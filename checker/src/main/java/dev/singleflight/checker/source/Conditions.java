package dev.singleflight.checker.source;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Under what code is reached, and what expressions name. */
public final class Conditions {
  private Conditions() {}

  /**
   * A condition under which code is reached.
   *
   * @param expression what is asked; a stream's filter counts for what is done with its elements
   * @param at what asks it: a branch, a loop, an early exit before the code
   */
  public record Condition(ExpressionTree expression, Tree at) {}

  /** The conditions under which {@code node} is reached, inside {@code limit}, innermost first. */
  public static List<Condition> of(Tree node, Tree limit, Member member) {
    List<Condition> conditions = new ArrayList<>();
    Tree child = node;
    for (Tree at = member.parent(node); at != null && child != limit; at = member.parent(at)) {
      if (at instanceof IfTree branch && child != branch.getCondition()) {
        conditions.add(new Condition(branch.getCondition(), branch));
      } else if (at instanceof ConditionalExpressionTree choice && child != choice.getCondition()) {
        conditions.add(new Condition(choice.getCondition(), choice));
      } else if (at instanceof WhileLoopTree loop && child != loop.getCondition()) {
        conditions.add(new Condition(loop.getCondition(), loop));
      } else if (at instanceof ForLoopTree loop
          && loop.getCondition() != null
          && child == loop.getStatement()) {
        conditions.add(new Condition(loop.getCondition(), loop));
      } else if (at instanceof MethodInvocationTree call
          && child instanceof LambdaExpressionTree
          && Symbols.receiver(call) instanceof MethodInvocationTree chain) {
        conditions.add(new Condition(chain, chain));
      } else if (at instanceof BlockTree block) {
        exits(block, child, conditions);
      }
      child = at;
    }
    return conditions;
  }

  private static void exits(BlockTree block, Tree child, List<Condition> conditions) {
    for (StatementTree statement : block.getStatements()) {
      if (statement == child) {
        return;
      }
      if (statement instanceof IfTree branch
          && (endsAbruptly(branch.getThenStatement())
              || (branch.getElseStatement() != null && endsAbruptly(branch.getElseStatement())))) {
        conditions.add(new Condition(branch.getCondition(), branch));
      }
    }
  }

  /** Whether what follows a statement is not reached from its end. */
  public static boolean endsAbruptly(StatementTree statement) {
    if (statement instanceof BlockTree block) {
      List<? extends StatementTree> all = block.getStatements();
      return !all.isEmpty() && endsAbruptly(all.get(all.size() - 1));
    }
    if (statement instanceof IfTree branch) {
      return branch.getElseStatement() != null
          && endsAbruptly(branch.getThenStatement())
          && endsAbruptly(branch.getElseStatement());
    }
    return statement instanceof ReturnTree
        || statement instanceof ThrowTree
        || statement instanceof BreakTree
        || statement instanceof ContinueTree;
  }

  /** The innermost handler that a node stands in, inside {@code limit}. */
  public static @Nullable CatchTree handler(Tree node, Tree limit, Member member) {
    for (Tree at = node; at != null && at != limit; at = member.parent(at)) {
      if (at instanceof CatchTree handler) {
        return handler;
      }
    }
    return null;
  }

  /** The variables that a piece of code names. */
  public static Set<VarSymbol> variables(@Nullable Tree tree) {
    Set<VarSymbol> variables = new LinkedHashSet<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void unused) {
        VarSymbol variable = Symbols.variable(node);
        if (variable != null) {
          variables.add(variable);
        }
        return null;
      }

      @Override
      public @Nullable Void visitMemberSelect(MemberSelectTree node, @Nullable Void unused) {
        VarSymbol variable = Symbols.variable(node);
        if (variable != null) {
          variables.add(variable);
        }
        return super.visitMemberSelect(node, null);
      }
    }.scan(tree, null);
    return variables;
  }

  /** The variables that a piece of code reads: names them other than to assign to them. */
  public static Set<VarSymbol> reads(@Nullable Tree tree) {
    Set<VarSymbol> read = new LinkedHashSet<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitAssignment(AssignmentTree node, @Nullable Void unused) {
        return scan(node.getExpression(), null);
      }

      @Override
      public @Nullable Void visitIdentifier(IdentifierTree node, @Nullable Void unused) {
        add(node);
        return null;
      }

      @Override
      public @Nullable Void visitMemberSelect(MemberSelectTree node, @Nullable Void unused) {
        add(node);
        return super.visitMemberSelect(node, null);
      }

      private void add(Tree name) {
        VarSymbol variable = Symbols.variable(name);
        if (variable != null) {
          read.add(variable);
        }
      }
    }.scan(tree, null);
    return read;
  }

  /** The variables that the conditions in a piece of code ask. */
  public static Set<VarSymbol> asked(@Nullable Tree tree) {
    Set<VarSymbol> asked = new LinkedHashSet<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIf(IfTree node, @Nullable Void unused) {
        asked.addAll(variables(node.getCondition()));
        return super.visitIf(node, null);
      }

      @Override
      public @Nullable Void visitConditionalExpression(
          ConditionalExpressionTree node, @Nullable Void unused) {
        asked.addAll(variables(node.getCondition()));
        return super.visitConditionalExpression(node, null);
      }

      @Override
      public @Nullable Void visitMethodInvocation(
          MethodInvocationTree node, @Nullable Void unused) {
        if (node.getMethodSelect().toString().endsWith("Optional.ofNullable")) {
          node.getArguments().forEach(argument -> asked.addAll(variables(argument)));
        }
        return super.visitMethodInvocation(node, null);
      }
    }.scan(tree, null);
    return asked;
  }
}
