package dev.singleflight.checker.source;

import com.google.common.collect.Iterables;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In which order the code of a member runs, and so which definitions of a variable reach a use. By
 * structure: a definition in the same block hides those before it, branches that exclude each other
 * do not meet, a branch that returns or throws does not come back, and a loop carries round what
 * was not declared inside it.
 */
public final class ControlFlow {
  private final Member member;

  ControlFlow(Member member) {
    this.member = member;
  }

  /** The definitions of a local variable that may have given it the value it has at {@code use}. */
  public List<Definition> reaching(VarSymbol variable, Tree use) {
    List<Definition> all = member.definitions(variable);
    if (member.parent(use) == null || (all.size() == 1 && isDeclaration(all.get(0), variable))) {
      return all;
    }
    Set<Definition> reaching = new LinkedHashSet<>();
    int position = ASTHelpers.getStartPosition(use);
    List<Definition> later = new ArrayList<>();
    for (Definition definition : all) {
      if (member.isInside(use, definition.at())
          && definition.kind() != Definition.Kind.ELEMENT
          && !(definition.at() instanceof InstanceOfTree)) {
        later.add(definition);
      } else if (ASTHelpers.getStartPosition(definition.at()) > position) {
        later.add(definition);
      } else if (reaches(definition.at(), use)) {
        if (definition.kind() != Definition.Kind.COMBINED && dominates(definition.at(), use)) {
          reaching.clear();
        }
        reaching.add(definition);
      }
    }
    for (Definition definition : later) {
      if (inCommonLoop(definition.at(), use, member.declaration(variable))) {
        reaching.add(definition);
      }
    }
    return List.copyOf(reaching);
  }

  /** Whether a variable has a value from where it is declared on, so that nothing comes before. */
  private boolean isDeclaration(Definition definition, VarSymbol variable) {
    return definition.at() == member.declaration(variable)
        || definition.kind() == Definition.Kind.ELEMENT
        || !(definition.at() instanceof AssignmentTree
            || definition.at() instanceof CompoundAssignmentTree);
  }

  /** Whether a parameter may still have, at {@code use}, the value that it was called with. */
  public boolean isAsGiven(VarSymbol parameter, Tree use) {
    Tree declaration = member.declaration(parameter);
    boolean given =
        declaration instanceof VariableTree variable
            && variable.getInitializer() == null
            && (member.parent(declaration) instanceof MethodTree
                || member.parent(declaration) instanceof LambdaExpressionTree);
    return given
        && member.definitions(parameter).stream()
            .noneMatch(
                definition ->
                    ASTHelpers.getStartPosition(definition.at()) < ASTHelpers.getStartPosition(use)
                        && definition.kind() != Definition.Kind.COMBINED
                        && !member.isInside(use, definition.at())
                        && dominates(definition.at(), use));
  }

  /** Whether the code at {@code definition} has run whenever that at {@code use} does. */
  public boolean dominates(Tree definition, Tree use) {
    Tree child = definition;
    for (Tree at = member.parent(definition); at != null; at = member.parent(at)) {
      if (at instanceof BlockTree || at instanceof CaseTree || at instanceof ForLoopTree) {
        return member.isInside(use, at);
      }
      boolean always =
          at instanceof ExpressionStatementTree
              || at instanceof VariableTree
              || (at instanceof TryTree attempt && attempt.getResources().contains(child))
              || (at instanceof EnhancedForLoopTree && member.isInside(use, at))
              || at instanceof LambdaExpressionTree;
      if (!always && !(at instanceof ExpressionTree)) {
        return false;
      }
      if (at instanceof ConditionalExpressionTree) {
        return false;
      }
      child = at;
    }
    return true;
  }

  /**
   * The conditions, and subjects of switches, that decide whether the code at {@code place} runs:
   * those of its function, out to what {@code use} stands in too.
   */
  public List<ExpressionTree> conditions(Tree place, @Nullable Tree use) {
    List<ExpressionTree> conditions = new ArrayList<>();
    Tree child = place;
    for (Tree at = member.parent(place); at != null; at = member.parent(at)) {
      if (at instanceof LambdaExpressionTree
          || at instanceof MethodTree
          || (use != null && member.isInside(use, at))) {
        break;
      }
      if (at instanceof IfTree branch && child != branch.getCondition()) {
        conditions.add(branch.getCondition());
      } else if (at instanceof SwitchTree || at instanceof SwitchExpressionTree) {
        conditions.add(Trees17.selector(at));
      }
      child = at;
    }
    return conditions;
  }

  /** Whether the code at {@code then} stands behind that at {@code first} and may run after it. */
  public boolean mayFollow(Tree first, Tree then) {
    return ASTHelpers.getStartPosition(first) < ASTHelpers.getStartPosition(then)
        && !member.isInside(first, then)
        && !member.isInside(then, first)
        && reaches(first, then);
  }

  private boolean reaches(Tree definition, Tree use) {
    Tree child = definition;
    for (Tree at = member.parent(definition); at != null; at = member.parent(at)) {
      if (member.isInside(use, at)) {
        return !excludes(at, child, use);
      }
      if (at instanceof BlockTree block && endsAbruptly(block.getStatements())) {
        return false;
      }
      child = at;
    }
    return true;
  }

  /** Whether, of two branches of {@code fork}, one holds the definition and the other the use. */
  private boolean excludes(Tree fork, Tree definitionSide, Tree use) {
    if (fork instanceof IfTree branch) {
      Tree other =
          definitionSide == branch.getThenStatement()
              ? branch.getElseStatement()
              : branch.getThenStatement();
      return definitionSide != branch.getCondition()
          && other != null
          && member.isInside(use, other);
    }
    return fork instanceof ConditionalExpressionTree choice
        && definitionSide != choice.getCondition()
        && !member.isInside(use, definitionSide);
  }

  private static boolean endsAbruptly(List<? extends StatementTree> statements) {
    StatementTree last = Iterables.getLast(statements);
    return last instanceof ReturnTree
        || last instanceof ThrowTree
        || last instanceof BreakTree
        || last instanceof ContinueTree;
  }

  /**
   * Whether code runs again, together with {@code use}, on what one and the same {@code variable}
   * holds: in a loop, or in a lambda, that the variable is declared outside of.
   */
  public boolean repeats(Tree code, Tree use, VarSymbol variable) {
    Tree declaration = member.declaration(variable);
    for (Tree at = member.parent(use); at != null; at = member.parent(at)) {
      boolean runsOften =
          at instanceof ForLoopTree
              || at instanceof WhileLoopTree
              || at instanceof DoWhileLoopTree
              || at instanceof EnhancedForLoopTree
              || at instanceof LambdaExpressionTree;
      if (runsOften && member.isInside(code, at)) {
        return declaration == null || !member.isInside(declaration, at);
      }
    }
    return false;
  }

  private boolean inCommonLoop(Tree definition, Tree use, @Nullable Tree declaration) {
    for (Tree at = member.parent(use); at != null; at = member.parent(at)) {
      boolean loop =
          at instanceof ForLoopTree
              || at instanceof WhileLoopTree
              || at instanceof DoWhileLoopTree
              || at instanceof EnhancedForLoopTree;
      if (loop && member.isInside(definition, at)) {
        return declaration == null
            || !member.isInside(declaration, at)
            || at instanceof ForLoopTree;
      }
    }
    return false;
  }
}
