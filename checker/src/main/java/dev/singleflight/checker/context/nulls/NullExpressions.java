package dev.singleflight.checker.context.nulls;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.inputs.NullSources;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;

/** Follows the expressions of a member: what may be null in them, and what fails if it is. */
final class NullExpressions {
  private static final int MAX_DEPTH = 120;

  private final Nulls nulls;
  private final Member member;
  private final MemberNulls found;
  private final NullConditions conditions;
  private final NullUses uses;
  private final NullCalls calls;
  private int depth;

  NullExpressions(Nulls nulls, MemberNulls found) {
    this.nulls = nulls;
    this.member = found.member;
    this.found = found;
    this.conditions = new NullConditions(nulls, member);
    this.uses = new NullUses(found);
    this.calls = new NullCalls(nulls, this, uses, found);
  }

  NullConditions conditions() {
    return conditions;
  }

  Member member() {
    return member;
  }

  NullUses uses() {
    return uses;
  }

  NullValue evaluate(ExpressionTree tree, NullState state) {
    if (depth >= MAX_DEPTH || state.isEnded()) {
      return NullValue.UNKNOWN;
    }
    depth++;
    try {
      return value(tree, state);
    } finally {
      depth--;
    }
  }

  private NullValue value(ExpressionTree tree, NullState state) {
    if (tree instanceof ParenthesizedTree parens) {
      return evaluate(parens.getExpression(), state);
    }
    if (tree instanceof LiteralTree literal) {
      return literal.getValue() == null ? NullValue.always("null") : NullValue.SAFE;
    }
    if (tree instanceof IdentifierTree name) {
      return named(name, state);
    }
    if (tree instanceof MemberSelectTree select) {
      return select(select, state);
    }
    if (tree instanceof MethodInvocationTree call) {
      return calls.call(call, state);
    }
    if (tree instanceof NewClassTree creation) {
      return calls.creation(creation, state);
    }
    if (tree instanceof LambdaExpressionTree || tree instanceof MemberReferenceTree) {
      return NullValue.holding(calls.function(tree, ImmutableList.of(), state));
    }
    if (tree instanceof BinaryTree binary) {
      binary(binary, state);
      return NullValue.SAFE;
    }
    if (tree instanceof ConditionalExpressionTree choice) {
      return choice(choice, state);
    }
    if (tree instanceof AssignmentTree assignment) {
      return assignment(assignment, state);
    }
    if (tree instanceof SwitchExpressionTree choice) {
      return choice(choice, state);
    }
    return other(tree, state);
  }

  private NullValue other(ExpressionTree tree, NullState state) {
    if (tree instanceof TypeCastTree cast) {
      NullValue value = evaluate(cast.getExpression(), state);
      Type type = Symbols.typeOf(cast.getType());
      if (type != null) {
        uses.unboxed(cast.getExpression(), type, value, state);
      }
      return value;
    }
    if (tree instanceof UnaryTree unary) {
      operand(unary.getExpression(), state);
      return NullValue.SAFE;
    }
    if (tree instanceof CompoundAssignmentTree compound) {
      evaluate(compound.getExpression(), state);
      return NullValue.SAFE;
    }
    if (tree instanceof ArrayAccessTree access) {
      NullValue array = evaluate(access.getExpression(), state);
      uses.use(access, access.getExpression(), array, "is indexed", state);
      operand(access.getIndex(), state);
    } else if (tree instanceof NewArrayTree array && array.getInitializers() != null) {
      array.getInitializers().forEach(element -> evaluate(element, state));
      return NullValue.SAFE;
    } else if (tree instanceof InstanceOfTree test) {
      evaluate(test.getExpression(), state);
      return NullValue.SAFE;
    }
    return NullValue.UNKNOWN;
  }

  private NullValue named(IdentifierTree name, NullState state) {
    NullValue known = state.value(NullWords.of(name));
    VarSymbol variable = Symbols.variable(name);
    if (known != null) {
      return known;
    }
    return variable != null && Symbols.isField(variable)
        ? nulls.field(variable)
        : NullValue.UNKNOWN;
  }

  private NullValue select(MemberSelectTree select, NullState state) {
    VarSymbol field = Symbols.variable(select);
    boolean ofObject =
        !Symbols.isTypeOrPackage(select.getExpression())
            && !select.getIdentifier().contentEquals("class");
    if (ofObject) {
      NullValue object = evaluate(select.getExpression(), state);
      if (field == null || !field.isStatic()) {
        uses.use(
            select,
            select.getExpression(),
            object,
            "'" + select.getIdentifier() + "' is read from it",
            state);
      }
    }
    NullValue known = state.value(NullWords.of(select));
    if (known != null) {
      return known;
    }
    if (field == null || !Symbols.isField(field)) {
      return NullValue.UNKNOWN;
    }
    NullValue given = nulls.field(field);
    // of its own fields an object knows more than their declaration says
    boolean ofOther = ofObject && !isThis(select.getExpression());
    return ofOther && !given.mayBeNull() && NullSources.isNullable(field)
        ? NullValue.sometimes(NullUses.source(select))
        : given;
  }

  private static boolean isThis(ExpressionTree tree) {
    return tree instanceof IdentifierTree name && name.getName().contentEquals("this");
  }

  private void binary(BinaryTree tree, NullState state) {
    switch (tree.getKind()) {
      case CONDITIONAL_AND, CONDITIONAL_OR -> {
        boolean and = tree.getKind() == Tree.Kind.CONDITIONAL_AND;
        List<NullState> ways = List.of(state);
        for (ExpressionTree operand : NullConditions.operands(tree)) {
          List<NullState> next = new ArrayList<>();
          for (NullState way : ways) {
            operand(operand, way);
            next.addAll(conditions.assume(operand, and, way));
          }
          ways = NullState.merge(next);
        }
      }
      case EQUAL_TO, NOT_EQUAL_TO -> {
        boolean unboxes = isPrimitive(tree.getLeftOperand()) != isPrimitive(tree.getRightOperand());
        for (ExpressionTree side : List.of(tree.getLeftOperand(), tree.getRightOperand())) {
          NullValue value = evaluate(side, state);
          if (unboxes) {
            uses.unboxed(side, value, state);
          }
        }
      }
      default -> {
        Type type = Symbols.typeOf(tree);
        boolean number = type != null && type.isPrimitive();
        for (ExpressionTree operand : NullConditions.operands(tree)) {
          NullValue value = evaluate(operand, state);
          if (number) {
            uses.unboxed(operand, value, state);
          }
        }
      }
    }
  }

  private void operand(ExpressionTree tree, NullState state) {
    uses.unboxed(tree, evaluate(tree, state), state);
  }

  private NullValue choice(ConditionalExpressionTree tree, NullState state) {
    operand(tree.getCondition(), state);
    NullValue value = null;
    for (boolean holds : new boolean[] {true, false}) {
      ExpressionTree chosen = holds ? tree.getTrueExpression() : tree.getFalseExpression();
      for (NullState way : conditions.assume(tree.getCondition(), holds, state)) {
        NullValue one = evaluate(chosen, way);
        Type type = Symbols.typeOf(tree);
        if (type != null) {
          uses.unboxed(chosen, type, one, way);
        }
        value = NullValue.join(value, one);
      }
    }
    return value == null ? NullValue.UNKNOWN : value;
  }

  private NullValue choice(SwitchExpressionTree tree, NullState state) {
    List<NullState> after = new ArrayList<>();
    NullWalk walk = new NullWalk(this, conditions, null, state.copy());
    NullValue value = null;
    for (NullValue one : walk.choice(tree, state.copy(), after)) {
      value = NullValue.join(value, one);
    }
    return value == null ? NullValue.UNKNOWN : value;
  }

  private NullValue assignment(AssignmentTree tree, NullState state) {
    ExpressionTree target = Symbols.strip(tree.getVariable());
    if (target instanceof MemberSelectTree select
        && !Symbols.isTypeOrPackage(select.getExpression())) {
      NullValue object = evaluate(select.getExpression(), state);
      uses.use(select, select.getExpression(), object, "a field of it is set", state);
    } else if (target instanceof ArrayAccessTree) {
      evaluate(target, state);
    }
    NullValue value = evaluate(tree.getExpression(), state);
    Type type = Symbols.typeOf(tree.getVariable());
    if (type != null) {
      uses.unboxed(tree.getExpression(), type, value, state);
    }
    VarSymbol variable = Symbols.variable(target);
    if (variable == null) {
      return value;
    }
    if (Symbols.isField(variable)) {
      found.assign(tree.getExpression(), value);
      String words = NullWords.of(target);
      if (words != null) {
        state.assign(words, value.via(variable.name.toString()));
      }
    } else {
      String name = variable.name.toString();
      state.assign(name, value.via(name));
      if (NullWalk.constant(tree.getExpression()) instanceof Boolean constant) {
        state.assume(name, constant);
      }
    }
    return value;
  }

  /** The variable of a loop: what it was given is there, and so is what its map holds for it. */
  void element(EnhancedForLoopTree loop, List<NullState> states) {
    String name = loop.getVariable().getName().toString();
    String map =
        Symbols.strip(loop.getExpression()) instanceof MethodInvocationTree call
                && NullWords.name(call).matches("keySet|navigableKeySet")
            ? NullWords.receiver(call)
            : null;
    for (NullState state : states) {
      state.assign(name, NullValue.UNKNOWN);
      if (map != null) {
        state.put(NullWords.anyWith(map, name), NullValue.SAFE);
      }
    }
  }

  /** A value that a statement needs, evaluated before on all ways. */
  void used(ExpressionTree value, String use, List<NullState> states) {
    for (NullState state : states) {
      NullValue[] known = {NullValue.UNKNOWN};
      uses.silently(() -> known[0] = evaluate(value, state));
      uses.use(value, value, known[0], use, state);
    }
  }

  private static boolean isPrimitive(ExpressionTree tree) {
    Type type = Symbols.typeOf(tree);
    return type != null && type.isPrimitive();
  }

  /** Walks a function's code, its parameters given, and says what it returns. */
  NullValue walk(Tree function, NullState entry) {
    Tree body = Sources.body(function);
    if (body == null || depth >= MAX_DEPTH) {
      return NullValue.UNKNOWN;
    }
    depth++;
    try {
      return uses.unhandled(() -> result(function, body, entry));
    } finally {
      depth--;
    }
  }

  private NullValue result(Tree function, Tree body, NullState entry) {
    NullWalk walk = new NullWalk(this, conditions, NullWalk.returned(function), entry);
    walk.body(body);
    found.returned(function, walk);
    if (function instanceof MethodTree method) {
      walk.ensure(method, found);
    }
    NullValue value = null;
    for (NullValue one : walk.results()) {
      value = NullValue.join(value, one);
    }
    return value == null ? NullValue.UNKNOWN : value;
  }

  /** The code of a class inside a member, which sees the variables around it. */
  void classBody(ClassTree type, NullState state) {
    for (Tree part : type.getMembers()) {
      NullState entry = state.copy();
      if (part instanceof MethodTree method) {
        method(method, entry);
      } else if (part instanceof VariableTree field && field.getInitializer() != null) {
        evaluate(field.getInitializer(), entry);
      } else if (part instanceof BlockTree) {
        walk(part, entry);
      }
    }
  }

  /** A method's own code, of whose parameters nothing is known but which they are. */
  void method(MethodTree method, NullState entry) {
    for (VariableTree parameter : method.getParameters()) {
      VarSymbol symbol = Symbols.variable(parameter);
      if (symbol != null) {
        entry.assign(parameter.getName().toString(), NullValue.parameter(symbol));
      }
    }
    walk(method, entry);
  }
}
