package dev.singleflight.checker.context;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.context.LockOperations.Operation;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks code in the order it runs and tells which locks are held at each call.
 *
 * <p>After branches that meet again a lock counts as held if it was held before them and one of
 * them still holds it, or if all of them took it; a branch that returns or throws does not come
 * back. In a {@code finally} block a release under a condition is a release.
 */
final class LockWalk extends TreeScanner<@Nullable Void, @Nullable Void> {
  private final HeldLocks held;
  private final Scope scope;
  private final Map<VarSymbol, Lock> attempts = new HashMap<>();
  private Set<Lock> now;
  private boolean reachable = true;
  private boolean inFinally;

  LockWalk(HeldLocks held, Scope scope, Set<Lock> entry) {
    this.held = held;
    this.scope = scope;
    this.now = new LinkedHashSet<>(entry);
  }

  /** The locks held where the walk has come to. */
  Set<Lock> now() {
    return now;
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree node, @Nullable Void unused) {
    scan(node.getMethodSelect(), null);
    for (ExpressionTree argument : node.getArguments()) {
      if (Symbols.strip(argument) instanceof LambdaExpressionTree lambda) {
        Set<Lock> inside = held.inside(node, argument, now, scope);
        apart(inside, () -> scan(lambda.getBody(), null));
      } else {
        scan(argument, null);
      }
    }
    held.at(node, now);
    Operation operation = held.operations().of(node, scope);
    if (operation != null) {
      apply(operation);
    } else {
      held.effectOf(node).forEach(this::apply);
    }
    return null;
  }

  private void apply(Operation operation) {
    switch (operation.kind()) {
      case TAKE -> now.add(operation.lock());
      case RELEASE -> now.remove(operation.lock());
      case TRY -> {} // a condition decides
    }
  }

  /** Code that runs at another time, or in another function, with locks of its own. */
  private void apart(Set<Lock> locks, Runnable code) {
    Set<Lock> outside = now;
    boolean outsideReachable = reachable;
    now = new LinkedHashSet<>(locks);
    code.run();
    now = outside;
    reachable = outsideReachable;
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree node, @Nullable Void unused) {
    apart(Set.of(), () -> scan(node.getBody(), null));
    return null;
  }

  @Override
  public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
    for (Tree member : node.getMembers()) {
      Set<Lock> entry = member instanceof MethodTree method ? held.entry(method) : Set.of();
      apart(
          entry, () -> scan(member instanceof MethodTree method ? method.getBody() : member, null));
    }
    return null;
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree node, @Nullable Void unused) {
    scan(node.getArguments(), null);
    return scan(node.getClassBody(), null);
  }

  @Override
  public @Nullable Void visitSynchronized(SynchronizedTree node, @Nullable Void unused) {
    scan(node.getExpression(), null);
    Lock lock = held.operations().monitor(node.getExpression(), scope);
    boolean taken = lock != null && now.add(lock);
    scan(node.getBlock(), null);
    if (taken) {
      now.remove(lock);
    }
    return null;
  }

  @Override
  public @Nullable Void visitVariable(VariableTree node, @Nullable Void unused) {
    scan(node.getInitializer(), null);
    VarSymbol variable = Symbols.variable(node);
    if (variable != null && node.getInitializer() != null) {
      attempt(variable, node.getInitializer());
    }
    return null;
  }

  @Override
  public @Nullable Void visitAssignment(AssignmentTree node, @Nullable Void unused) {
    super.visitAssignment(node, null);
    VarSymbol variable = Symbols.variable(Symbols.strip(node.getVariable()));
    if (variable != null) {
      attempt(variable, node.getExpression());
    }
    return null;
  }

  private void attempt(VarSymbol variable, ExpressionTree value) {
    Lock lock = tried(value);
    if (lock != null) {
      attempts.put(variable, lock);
    }
  }

  /** The lock that is held if {@code condition} is true. */
  private @Nullable Lock tried(ExpressionTree condition) {
    ExpressionTree plain = Symbols.strip(condition);
    if (plain instanceof MethodInvocationTree call) {
      Operation operation = held.operations().of(call, scope);
      return operation != null && operation.kind() == LockOperations.Kind.TRY
          ? operation.lock()
          : null;
    }
    if (plain instanceof BinaryTree and && and.getKind() == Tree.Kind.CONDITIONAL_AND) {
      Lock left = tried(and.getLeftOperand());
      return left != null ? left : tried(and.getRightOperand());
    }
    VarSymbol variable = plain instanceof IdentifierTree ? Symbols.variable(plain) : null;
    return variable == null ? null : attempts.get(variable);
  }

  private @Nullable Lock triedIfFalse(ExpressionTree condition) {
    ExpressionTree plain = Symbols.strip(condition);
    if (plain instanceof UnaryTree not && not.getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
      return tried(not.getExpression());
    }
    if (plain instanceof BinaryTree or && or.getKind() == Tree.Kind.CONDITIONAL_OR) {
      Lock left = triedIfFalse(or.getLeftOperand());
      return left != null ? left : triedIfFalse(or.getRightOperand());
    }
    return null;
  }

  @Override
  public @Nullable Void visitIf(IfTree node, @Nullable Void unused) {
    scan(node.getCondition(), null);
    Lock ifTrue = tried(node.getCondition());
    Lock ifFalse = triedIfFalse(node.getCondition());
    branches(
        () -> branch(ifTrue, node.getThenStatement()),
        () -> branch(ifFalse, node.getElseStatement()));
    return null;
  }

  private void branch(@Nullable Lock taken, @Nullable Tree code) {
    if (taken != null) {
      now.add(taken);
    }
    scan(code, null);
  }

  @Override
  public @Nullable Void visitConditionalExpression(
      ConditionalExpressionTree node, @Nullable Void unused) {
    scan(node.getCondition(), null);
    Lock ifTrue = tried(node.getCondition());
    Lock ifFalse = triedIfFalse(node.getCondition());
    branches(
        () -> branch(ifTrue, node.getTrueExpression()),
        () -> branch(ifFalse, node.getFalseExpression()));
    return null;
  }

  private void branches(Runnable... branches) {
    Set<Lock> before = now;
    boolean reachableBefore = reachable;
    Set<Lock> some = new LinkedHashSet<>();
    Set<Lock> all = null;
    for (Runnable branch : branches) {
      now = new LinkedHashSet<>(before);
      reachable = reachableBefore;
      branch.run();
      if (reachable) {
        some.addAll(now);
        if (all == null) {
          all = new LinkedHashSet<>(now);
        } else {
          all.retainAll(now);
        }
      }
    }
    now = new LinkedHashSet<>(before);
    reachable = all != null;
    if (all != null) {
      now.retainAll(inFinally ? all : some);
      now.addAll(all);
    }
  }

  @Override
  public @Nullable Void visitSwitch(SwitchTree node, @Nullable Void unused) {
    scan(node.getExpression(), null);
    cases(node.getCases());
    return null;
  }

  @Override
  public @Nullable Void visitSwitchExpression(SwitchExpressionTree node, @Nullable Void unused) {
    scan(node.getExpression(), null);
    cases(node.getCases());
    return null;
  }

  private void cases(List<? extends CaseTree> cases) {
    Runnable[] branches = new Runnable[cases.size() + 1];
    for (int i = 0; i < cases.size(); i++) {
      CaseTree branch = cases.get(i);
      branches[i] =
          () -> {
            scan(branch.getStatements(), null);
            if (branch.getStatements() == null) {
              scan(branch.getBody(), null);
            }
            reachable = true; // a break leaves the switch, not the method
          };
    }
    branches[cases.size()] = () -> {};
    branches(branches);
  }

  @Override
  public @Nullable Void visitTry(TryTree node, @Nullable Void unused) {
    Set<Lock> outside = new LinkedHashSet<>(now);
    for (Tree resource : node.getResources()) {
      scan(resource, null);
      now.addAll(held.takenBy(resource));
    }
    Set<Lock> before = new LinkedHashSet<>(now);
    boolean reachableBefore = reachable;
    Runnable[] branches = new Runnable[node.getCatches().size() + 1];
    branches[0] = () -> scan(node.getBlock(), null);
    for (int i = 0; i < node.getCatches().size(); i++) {
      CatchTree handler = node.getCatches().get(i);
      branches[i + 1] = () -> scan(handler.getBlock(), null);
    }
    branches(branches);
    if (!node.getResources().isEmpty()) {
      now.retainAll(outside);
    }
    if (node.getFinallyBlock() != null) {
      boolean after = reachable;
      Set<Lock> atEnd = new LinkedHashSet<>(now);
      if (!after) {
        now = new LinkedHashSet<>(before);
      }
      boolean nested = inFinally;
      inFinally = true;
      reachable = reachableBefore;
      scan(node.getFinallyBlock(), null);
      inFinally = nested;
      if (!after) {
        reachable = false;
        atEnd.retainAll(now);
        now = atEnd;
      }
    }
    return null;
  }

  @Override
  public @Nullable Void visitForLoop(ForLoopTree node, @Nullable Void unused) {
    scan(node.getInitializer(), null);
    scan(node.getCondition(), null);
    loop(
        () -> {
          scan(node.getStatement(), null);
          scan(node.getUpdate(), null);
        });
    return null;
  }

  @Override
  public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree node, @Nullable Void unused) {
    scan(node.getExpression(), null);
    loop(() -> scan(node.getStatement(), null));
    return null;
  }

  @Override
  public @Nullable Void visitWhileLoop(WhileLoopTree node, @Nullable Void unused) {
    scan(node.getCondition(), null);
    Lock taken = tried(node.getCondition());
    Lock afterwards = triedIfFalse(node.getCondition());
    loop(() -> branch(taken, node.getStatement()));
    if (afterwards != null) {
      now.add(afterwards); // while (!lock.tryLock()) …
    }
    return null;
  }

  @Override
  public @Nullable Void visitDoWhileLoop(DoWhileLoopTree node, @Nullable Void unused) {
    scan(node.getStatement(), null);
    reachable = true;
    return scan(node.getCondition(), null);
  }

  private void loop(Runnable body) {
    branches(body, () -> {});
  }

  @Override
  public @Nullable Void visitReturn(ReturnTree node, @Nullable Void unused) {
    scan(node.getExpression(), null);
    reachable = false;
    return null;
  }

  @Override
  public @Nullable Void visitThrow(ThrowTree node, @Nullable Void unused) {
    scan(node.getExpression(), null);
    reachable = false;
    return null;
  }

  @Override
  public @Nullable Void visitBreak(BreakTree node, @Nullable Void unused) {
    reachable = false;
    return null;
  }

  @Override
  public @Nullable Void visitContinue(ContinueTree node, @Nullable Void unused) {
    reachable = false;
    return null;
  }

  @Override
  public @Nullable Void visitYield(YieldTree node, @Nullable Void unused) {
    return scan(node.getValue(), null);
  }
}
