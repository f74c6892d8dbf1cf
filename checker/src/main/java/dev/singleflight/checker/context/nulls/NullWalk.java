// Over 400 lines: each kind of statement is a few lines over the same ways through the code.
package dev.singleflight.checker.context.nulls;

import com.sun.source.tree.AssertTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.source.Symbols;
import dev.singleflight.checker.source.Trees17;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the statements of one function in the order they run, along each way through them. Ways
 * that meet stay apart while they are few, so that a flag set beside a value keeps telling of it.
 */
final class NullWalk {
  /** How deep loops nest before their bodies are walked once only. */
  private static final int MAX_LOOPS = 3;

  private final NullExpressions expressions;
  private final NullUses uses;
  private final NullConditions conditions;
  private final @Nullable Type returned;
  private final Deque<Exits> exits = new ArrayDeque<>();
  private final List<NullValue> results = new ArrayList<>();
  private List<NullState> now;
  private int loops;

  /** Whether an end was reached other than by throwing. */
  private boolean completes;

  /** What is known where the function returns. */
  private final List<NullState> returnedFrom = new ArrayList<>();

  /** The ways by which a loop, switch or labelled statement is left. */
  private record Exits(
      Tree of, List<NullState> broken, List<NullState> continued, List<NullValue> yielded) {
    Exits(Tree of) {
      this(of, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    boolean isLoop() {
      return !(of instanceof LabeledStatementTree
          || of instanceof SwitchTree
          || of instanceof SwitchExpressionTree);
    }
  }

  NullWalk(
      NullExpressions expressions,
      NullConditions conditions,
      @Nullable Type returned,
      NullState entry) {
    this.expressions = expressions;
    this.uses = expressions.uses();
    this.conditions = conditions;
    this.returned = returned;
    this.now = List.of(entry);
  }

  /** What the function returns: each way's value. */
  List<NullValue> results() {
    return results;
  }

  boolean completes() {
    return completes;
  }

  void body(Tree body) {
    if (body instanceof ExpressionTree expression) {
      for (NullValue value : each(expression)) {
        results.add(value);
      }
    } else if (body instanceof StatementTree statement) {
      walk(statement);
    }
    completes |= !now.isEmpty();
    returnedFrom.addAll(now);
  }

  /** Notes which parameters cannot have been null if the method returned. */
  void ensure(MethodTree method, MemberNulls found) {
    for (VariableTree parameter : method.getParameters()) {
      VarSymbol symbol = Symbols.variable(parameter);
      String name = parameter.getName().toString();
      if (symbol != null && !returnedFrom.isEmpty()) {
        found.ensure(
            symbol,
            returnedFrom.stream()
                .map(state -> state.value(name))
                .allMatch(value -> value != null && value.kind() == NullValue.Kind.NEVER));
      }
    }
  }

  /** The values of an expression on all ways; those that end in it are left out from then on. */
  private List<NullValue> each(@Nullable ExpressionTree expression) {
    List<NullValue> values = new ArrayList<>();
    if (expression == null) {
      return values;
    }
    List<NullState> left = new ArrayList<>();
    for (NullState state : now) {
      NullState own = state.copy();
      NullValue value = expressions.evaluate(expression, own);
      if (!own.isEnded()) {
        left.add(own);
        values.add(value);
      }
    }
    now = left;
    return values;
  }

  private void walk(@Nullable Tree statement) {
    if (statement == null || now.isEmpty()) {
      return;
    }
    if (statement instanceof BlockTree block) {
      block.getStatements().forEach(this::walk);
    } else if (statement instanceof VariableTree variable) {
      declare(variable);
    } else if (statement instanceof ExpressionStatementTree expression) {
      each(expression.getExpression());
      if (expression.getExpression() instanceof MethodInvocationTree call) {
        now.forEach(state -> Cursors.ignored(call, state));
      }
    } else if (statement instanceof ReturnTree result) {
      returned(result);
    } else if (statement instanceof IfTree branch) {
      each(branch.getCondition());
      branches(
          assume(branch.getCondition(), true),
          branch.getThenStatement(),
          assume(branch.getCondition(), false),
          branch.getElseStatement());
    } else if (statement instanceof ThrowTree thrown) {
      each(thrown.getExpression());
      now = List.of();
    } else if (statement instanceof TryTree attempt) {
      attempt(attempt);
    } else if (statement instanceof SwitchTree choice) {
      leavable(choice, () -> cases(choice, choice.getCases()));
    } else if (statement instanceof SynchronizedTree guarded) {
      each(guarded.getExpression());
      expressions.used(guarded.getExpression(), "is locked", now);
      walk(guarded.getBlock());
    } else if (statement instanceof AssertTree assertion) {
      each(assertion.getCondition());
      now = assume(assertion.getCondition(), true);
    } else if (statement instanceof LabeledStatementTree labelled) {
      leavable(labelled, () -> walk(labelled.getStatement()));
    } else if (statement instanceof YieldTree yield) {
      yielded(yield);
    } else if (statement instanceof BreakTree exit) {
      left(exit);
    } else if (statement instanceof ContinueTree) {
      exits.stream().filter(Exits::isLoop).findFirst().ifPresent(e -> e.continued().addAll(now));
      now = List.of();
    } else if (statement instanceof ClassTree type) {
      now.forEach(state -> expressions.classBody(type, state));
    } else {
      loop(statement);
    }
  }

  private void declare(VariableTree variable) {
    VarSymbol symbol = Symbols.variable(variable);
    ExpressionTree initializer = variable.getInitializer();
    String name = variable.getName().toString();
    if (initializer != null
        && Symbols.strip(initializer) instanceof ConditionalExpressionTree choice) {
      each(initializer);
      split(choice, variable);
      return;
    }
    declare(symbol, name, initializer);
  }

  /** What a condition decides stays known with it, so that it is when that is asked again. */
  private void split(ConditionalExpressionTree choice, VariableTree variable) {
    VarSymbol symbol = Symbols.variable(variable);
    String name = variable.getName().toString();
    List<NullState> one = assume(choice.getCondition(), true);
    List<NullState> other = assume(choice.getCondition(), false);
    uses.silently(
        () -> {
          now = one;
          declare(symbol, name, choice.getTrueExpression());
          List<NullState> both = new ArrayList<>(now);
          now = other;
          declare(symbol, name, choice.getFalseExpression());
          both.addAll(now);
          now = NullState.merge(both);
        });
  }

  private void declare(
      @Nullable VarSymbol symbol, String name, @Nullable ExpressionTree initializer) {
    List<NullState> left = new ArrayList<>();
    for (NullState state : now) {
      NullState own = state.copy();
      NullValue value = NullValue.UNKNOWN;
      if (initializer != null) {
        value = expressions.evaluate(initializer, own);
        if (symbol != null) {
          uses.unboxed(initializer, symbol.type, value, own);
        }
      }
      own.assign(name, value.via(name));
      own.alias(name, initializer == null ? null : NullWords.of(initializer));
      if (initializer != null && Boolean.class.isInstance(constant(initializer))) {
        own.assume(name, Boolean.TRUE.equals(constant(initializer)));
      }
      if (!own.isEnded()) {
        left.add(own);
      }
    }
    now = NullState.merge(left);
  }

  static @Nullable Object constant(ExpressionTree tree) {
    return Symbols.strip(tree) instanceof LiteralTree literal ? literal.getValue() : null;
  }

  private void returned(ReturnTree result) {
    ExpressionTree expression = result.getExpression();
    if (expression != null) {
      for (NullState state : now) {
        NullState own = state.copy();
        NullValue value = expressions.evaluate(expression, own);
        if (!own.isEnded()) {
          if (returned != null) {
            uses.unboxed(expression, returned, value, own);
          }
          results.add(value);
          returnedFrom.add(own);
          completes = true;
        }
      }
    } else {
      completes |= !now.isEmpty();
      returnedFrom.addAll(now);
    }
    now = List.of();
  }

  private List<NullState> assume(ExpressionTree condition, boolean holds) {
    List<NullState> ways = new ArrayList<>();
    now.forEach(state -> ways.addAll(conditions.assume(condition, holds, state)));
    return NullState.merge(ways);
  }

  private void branches(
      List<NullState> one, @Nullable Tree first, List<NullState> other, @Nullable Tree second) {
    now = one;
    walk(first);
    List<NullState> ends = new ArrayList<>(now);
    now = other;
    walk(second);
    ends.addAll(now);
    now = NullState.merge(ends);
  }

  private void leavable(Tree statement, Runnable code) {
    Exits here = new Exits(statement);
    exits.push(here);
    code.run();
    exits.pop();
    List<NullState> ends = new ArrayList<>(now);
    ends.addAll(here.broken());
    now = NullState.merge(ends);
  }

  private void left(BreakTree exit) {
    for (Exits around : exits) {
      boolean target =
          exit.getLabel() == null
              ? !(around.of() instanceof LabeledStatementTree)
              : around.of() instanceof LabeledStatementTree labelled
                  && labelled.getLabel().equals(exit.getLabel());
      if (target) {
        around.broken().addAll(now);
        break;
      }
    }
    now = List.of();
  }

  private void yielded(YieldTree yield) {
    List<NullValue> values = each(yield.getValue());
    for (Exits around : exits) {
      if (around.of() instanceof SwitchExpressionTree) {
        around.yielded().addAll(values);
        around.broken().addAll(now);
        break;
      }
    }
    now = List.of();
  }

  /** The values of a switch expression; it is evaluated where {@code state} holds. */
  List<NullValue> choice(SwitchExpressionTree choice, NullState state, List<NullState> after) {
    List<NullState> outside = now;
    now = List.of(state);
    Exits here = new Exits(choice);
    exits.push(here);
    cases(choice, choice.getCases());
    exits.pop();
    after.addAll(here.broken());
    now = outside;
    return here.yielded();
  }

  private void cases(Tree choice, List<? extends CaseTree> cases) {
    ExpressionTree selector = Trees17.selector(choice);
    each(selector);
    boolean takesNull = false;
    boolean complete = choice instanceof SwitchExpressionTree;
    for (CaseTree branch : cases) {
      complete |= isDefault(branch);
      takesNull |= branch.getExpressions().stream().anyMatch(NullConditions::isNull);
      takesNull |= mentionsNull(branch);
    }
    if (!takesNull) {
      expressions.used(selector, "is switched on", now);
    }
    List<NullState> entry = now;
    List<NullState> fallen = new ArrayList<>();
    for (CaseTree branch : cases) {
      List<NullState> start = new ArrayList<>(entry);
      start.addAll(fallen);
      now = copies(start);
      bind(branch);
      if (branch.getStatements() != null) {
        branch.getStatements().forEach(this::walk);
        fallen = new ArrayList<>(now);
      } else {
        arrow(branch, choice);
        fallen = new ArrayList<>();
      }
    }
    if (!complete) {
      fallen.addAll(copies(entry));
    }
    now = NullState.merge(fallen);
  }

  private void arrow(CaseTree branch, Tree choice) {
    Exits here = exits.element();
    if (branch.getBody() instanceof ExpressionTree expression) {
      List<NullValue> values = each(expression);
      if (choice instanceof SwitchExpressionTree) {
        here.yielded().addAll(values);
      }
    } else {
      walk(branch.getBody());
    }
    here.broken().addAll(now);
    now = List.of();
  }

  /** The variables of a case's pattern hold what matched. */
  private void bind(CaseTree branch) {
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitVariable(VariableTree node, @Nullable Void unused) {
        now.forEach(state -> state.put(node.getName().toString(), NullValue.SAFE));
        return null;
      }
    }.scan(NullLabels.of(branch), null);
  }

  private static boolean isDefault(CaseTree branch) {
    return NullLabels.isDefault(branch);
  }

  private static boolean mentionsNull(CaseTree branch) {
    return NullLabels.takesNull(branch);
  }

  private static List<NullState> copies(List<NullState> states) {
    List<NullState> copies = new ArrayList<>();
    states.forEach(state -> copies.add(state.copy()));
    return NullState.merge(copies);
  }

  private void attempt(TryTree attempt) {
    List<NullState> entry = now;
    List<NullState> thrown = new ArrayList<>(copies(entry));
    boolean recovers = attempt.getCatches().stream().anyMatch(NullWalk::recovers);
    uses.recovering(recovers, 1);
    for (Tree resource : attempt.getResources()) {
      walk(resource);
      thrown.addAll(copies(now));
    }
    for (StatementTree statement : attempt.getBlock().getStatements()) {
      thrown.addAll(copies(now)); // as it was before what throws
      walk(statement);
    }
    uses.recovering(recovers, -1);
    List<NullState> ends = new ArrayList<>(now);
    List<NullState> caught = NullState.merge(thrown);
    for (CatchTree handler : attempt.getCatches()) {
      now = copies(caught);
      now.forEach(state -> state.put(handler.getParameter().getName().toString(), NullValue.SAFE));
      walk(handler.getBlock());
      ends.addAll(now);
    }
    now = NullState.merge(ends);
    if (attempt.getFinallyBlock() != null) {
      boolean goesOn = !now.isEmpty();
      if (!goesOn) {
        now = copies(caught);
      }
      walk(attempt.getFinallyBlock());
      if (!goesOn) {
        now = List.of();
      }
    }
  }

  /** Whether a handler makes something else of a {@code NullPointerException}. */
  private static boolean recovers(CatchTree handler) {
    Tree type = handler.getParameter().getType();
    List<? extends Tree> types =
        type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
    List<? extends StatementTree> statements = handler.getBlock().getStatements();
    boolean fails =
        !statements.isEmpty() && statements.get(statements.size() - 1) instanceof ThrowTree;
    return types.stream()
        .map(Symbols::typeOf)
        .map(Symbols::qualifiedName)
        .anyMatch(
            name ->
                name.equals("java.lang.NullPointerException")
                    || (!fails
                        && name.matches("java\\.lang\\.(RuntimeException|Exception|Throwable)")));
  }

  private void loop(Tree statement) {
    if (statement instanceof ForLoopTree loop) {
      loop.getInitializer().forEach(this::walk);
      repeated(loop, loop.getCondition(), loop.getStatement(), loop.getUpdate(), false);
    } else if (statement instanceof WhileLoopTree loop) {
      repeated(loop, loop.getCondition(), loop.getStatement(), List.of(), false);
    } else if (statement instanceof DoWhileLoopTree loop) {
      repeated(loop, loop.getCondition(), loop.getStatement(), List.of(), true);
    } else if (statement instanceof EnhancedForLoopTree loop) {
      each(loop.getExpression());
      expressions.used(loop.getExpression(), "is looped over", now);
      repeated(loop, null, loop, List.of(), false);
    }
  }

  /** A loop: what one round leaves is what the next may begin with. */
  private void repeated(
      Tree loop,
      @Nullable ExpressionTree condition,
      Tree body,
      List<? extends Tree> update,
      boolean first) {
    loops++;
    if (loops <= MAX_LOOPS) {
      List<NullState> entry = copies(now);
      List<NullState> again = new ArrayList<>();
      uses.silently(
          () -> leavable(loop, () -> again.addAll(round(loop, condition, body, update, first))));
      entry.addAll(again);
      now = NullState.merge(entry);
    }
    leavable(loop, () -> round(loop, condition, body, update, first));
    loops--;
  }

  /** One round; the ways by which there is another one are returned. */
  private List<NullState> round(
      Tree loop,
      @Nullable ExpressionTree condition,
      Tree body,
      List<? extends Tree> update,
      boolean first) {
    List<NullState> skipped = new ArrayList<>();
    if (condition != null && !first) {
      each(condition);
      skipped.addAll(assume(condition, false));
      now = assume(condition, true);
    } else if (loop instanceof EnhancedForLoopTree) {
      skipped.addAll(copies(now));
    }
    if (body instanceof EnhancedForLoopTree each) {
      expressions.element(each, now);
      walk(each.getStatement());
    } else {
      walk(body);
    }
    List<NullState> goingOn = new ArrayList<>(now);
    goingOn.addAll(exits.element().continued());
    now = NullState.merge(goingOn);
    update.forEach(this::walk);
    List<NullState> again = copies(now);
    if (condition != null) {
      now.forEach(NullState::forgetAnswers);
      each(condition);
      again = first ? assume(condition, true) : copies(now);
      now = assume(condition, false);
    } else if (!(loop instanceof EnhancedForLoopTree)) {
      now = List.of(); // left by break only
    }
    again.forEach(NullState::forgetAnswers);
    now.forEach(NullState::forgetAnswers);
    now = new ArrayList<>(now);
    now.addAll(skipped);
    now = NullState.merge(now);
    return again;
  }

  /** The method's declared type, for what it returns. */
  static @Nullable Type returned(Tree function) {
    return function instanceof MethodTree method && method.getReturnType() != null
        ? Symbols.typeOf(method.getReturnType())
        : null;
  }
}
