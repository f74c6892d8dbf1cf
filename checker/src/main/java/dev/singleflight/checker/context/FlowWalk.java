package dev.singleflight.checker.context;

import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks code in the order it runs, and knows which locks are held where it is.
 *
 * <p>After branches that meet again a lock counts as held if it was held before them and one of
 * them still holds it, or if all of them took it; a branch that returns or throws does not come
 * back. In a {@code finally} block a release under a condition is a release.
 */
abstract class FlowWalk extends TreeScanner<@Nullable Void, @Nullable Void> {
  /** The locks held where loops and switches that the walk is in were left, innermost first. */
  private final Deque<List<Set<Lock>>> exits = new ArrayDeque<>();

  private Set<Lock> now;

  /** Locks taken under a condition and kept past it, and how that condition is put. */
  private Map<Lock, String> conditional = new LinkedHashMap<>();

  private boolean reachable = true;
  private boolean inFinally;

  FlowWalk(Set<Lock> entry) {
    this.now = new LinkedHashSet<>(entry);
  }

  /** The locks held where the walk has come to. */
  final Set<Lock> now() {
    return now;
  }

  /**
   * The locks held where the walk has come to, or held there under the condition they were taken.
   */
  final Set<Lock> heldHere() {
    if (conditional.isEmpty()) {
      return now;
    }
    Set<Lock> all = new LinkedHashSet<>(now);
    all.addAll(conditional.keySet());
    return all;
  }

  /** A lock is released, under whatever condition. */
  final boolean release(Lock lock) {
    boolean maybe = conditional.remove(lock) != null;
    return now.remove(lock) || maybe;
  }

  /** What conditions say of locks that were tried. */
  abstract Attempts attempts();

  /** Code that runs at another time, or in another function, with locks of its own. */
  final void apart(Set<Lock> locks, Runnable code) {
    Set<Lock> outside = now;
    Map<Lock, String> outsideConditional = conditional;
    conditional = new LinkedHashMap<>();
    boolean outsideReachable = reachable;
    boolean outsideFinally = inFinally;
    now = new LinkedHashSet<>(locks);
    reachable = true;
    inFinally = false;
    code.run();
    inFinally = outsideFinally;
    conditional = outsideConditional;
    now = outside;
    reachable = outsideReachable;
  }

  @Override
  public @Nullable Void visitIf(IfTree node, @Nullable Void unused) {
    scan(node.getCondition(), null);
    Lock ifTrue = attempts().ifTrue(node.getCondition());
    Lock ifFalse = attempts().ifFalse(node.getCondition());
    String condition = Symbols.strip(node.getCondition()).toString();
    Set<Lock> before = new LinkedHashSet<>(now);
    Set<Lock> taken = new LinkedHashSet<>();
    branches(
        () -> {
          without(negation(condition), () -> branch(ifTrue, node.getThenStatement()));
          if (reachable && ifTrue == null && node.getElseStatement() == null) {
            taken.addAll(now);
          }
        },
        () -> without(condition, () -> branch(ifFalse, node.getElseStatement())));
    taken.removeAll(before);
    taken.removeAll(now);
    taken.forEach(lock -> conditional.put(lock, condition));
    return null;
  }

  /** Code that runs only if a condition does not hold: what was taken under it is not held. */
  private void without(String condition, Runnable code) {
    Map<Lock, String> hidden = new LinkedHashMap<>(conditional);
    hidden.values().retainAll(Set.of(condition));
    conditional.keySet().removeAll(hidden.keySet());
    code.run();
    conditional.putAll(hidden);
  }

  private static String negation(String condition) {
    return condition.startsWith("!") ? condition.substring(1) : "!" + condition;
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
    Lock ifTrue = attempts().ifTrue(node.getCondition());
    Lock ifFalse = attempts().ifFalse(node.getCondition());
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
    boolean complete = false;
    Runnable[] branches = new Runnable[cases.size() + 1];
    for (int i = 0; i < cases.size(); i++) {
      CaseTree branch = cases.get(i);
      complete |= branch.getExpressions().isEmpty();
      branches[i] =
          () -> {
            scan(branch.getStatements(), null);
            if (branch.getStatements() == null) {
              scan(branch.getBody(), null);
            }
          };
    }
    boolean noneChosen = !complete;
    branches[cases.size()] = () -> reachable &= noneChosen;
    leavable(() -> branches(branches));
  }

  @Override
  public @Nullable Void visitTry(TryTree node, @Nullable Void unused) {
    Set<Lock> before = new LinkedHashSet<>(now);
    boolean reachableBefore = reachable;
    Runnable[] branches = new Runnable[node.getCatches().size() + 1];
    branches[0] =
        () -> {
          scan(node.getResources(), null);
          scan(node.getBlock(), null);
          if (!node.getResources().isEmpty()) {
            now.retainAll(before); // what the resources took ends with them
          }
        };
    for (int i = 0; i < node.getCatches().size(); i++) {
      CatchTree handler = node.getCatches().get(i);
      branches[i + 1] = () -> scan(handler.getBlock(), null);
    }
    branches(branches);
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
    loop(node.getCondition(), node.getStatement(), node.getUpdate());
    return null;
  }

  @Override
  public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree node, @Nullable Void unused) {
    scan(node.getExpression(), null);
    leavable(() -> branches(() -> scan(node.getStatement(), null), () -> {}));
    return null;
  }

  @Override
  public @Nullable Void visitWhileLoop(WhileLoopTree node, @Nullable Void unused) {
    loop(node.getCondition(), node.getStatement(), List.of());
    return null;
  }

  private void loop(
      @Nullable ExpressionTree condition, StatementTree body, List<? extends Tree> update) {
    boolean endless = condition == null || Boolean.TRUE.equals(ASTHelpers.constValue(condition));
    scan(condition, null);
    Lock inside = attempts().ifTrue(condition);
    Lock afterwards = attempts().ifFalse(condition);
    leavable(
        () -> {
          branches(
              () -> {
                branch(inside, body);
                scan(update, null);
                reachable &= !endless;
              },
              () -> reachable &= !endless);
          if (afterwards != null) {
            now.add(afterwards); // while (!lock.tryLock()) …
          }
        });
  }

  @Override
  public @Nullable Void visitDoWhileLoop(DoWhileLoopTree node, @Nullable Void unused) {
    leavable(
        () -> {
          scan(node.getStatement(), null);
          reachable = true;
          scan(node.getCondition(), null);
          Lock afterwards = attempts().ifFalse(node.getCondition());
          if (afterwards != null) {
            now.add(afterwards);
          }
        });
    return null;
  }

  /** A loop or switch: what follows it is reached from its end and from each {@code break}. */
  private void leavable(Runnable code) {
    exits.push(new ArrayList<>());
    Set<Lock> before = new LinkedHashSet<>(now);
    code.run();
    List<Set<Lock>> left = exits.pop();
    if (left.isEmpty()) {
      return;
    }
    Set<Lock> end = now;
    boolean endReachable = reachable;
    now = before;
    reachable = true;
    Runnable[] ways = new Runnable[left.size() + 1];
    ways[left.size()] =
        () -> {
          now = new LinkedHashSet<>(end);
          reachable = endReachable;
        };
    for (int i = 0; i < left.size(); i++) {
      Set<Lock> way = left.get(i);
      ways[i] = () -> now = new LinkedHashSet<>(way);
    }
    branches(ways);
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
    if (reachable && !exits.isEmpty()) {
      exits.element().add(new LinkedHashSet<>(now));
    }
    reachable = false;
    return null;
  }

  @Override
  public @Nullable Void visitContinue(ContinueTree node, @Nullable Void unused) {
    reachable = false;
    return null;
  }
}
