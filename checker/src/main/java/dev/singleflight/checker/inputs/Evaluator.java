package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.tree.YieldTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.inputs.Term.Code;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.Self;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns expressions into terms by following definitions backward: through locals and helpers,
 * constructors and builders, as far as there is source.
 */
final class Evaluator {
  /** How deep expressions nest before they count as unknown; deeper ones would end the stack. */
  private static final int MAX_DEPTH = 200;

  private final Types types;
  private final Locals locals;
  private final Calls calls;
  private final Deciders deciders;

  private int depth;

  Evaluator(Types types, Locals locals, Calls calls, Deciders deciders) {
    this.types = types;
    this.locals = locals;
    this.calls = calls;
    this.deciders = deciders;
  }

  Term evaluate(ExpressionTree expression, Scope scope) {
    if (depth >= MAX_DEPTH) {
      return Terms.unknown(expression);
    }
    depth++;
    try {
      ExpressionTree stripped = Symbols.strip(expression);
      Term value = evaluateHere(stripped, scope);
      return stripped != expression
              && Losses.narrows(ASTHelpers.getType(expression), ASTHelpers.getType(stripped))
          ? Terms.op(Kind.NARROW, ImmutableList.of(value), expression)
          : value;
    } finally {
      depth--;
    }
  }

  ImmutableList<Term> evaluateAll(List<? extends ExpressionTree> expressions, Scope scope) {
    ImmutableList.Builder<Term> terms = ImmutableList.builder();
    expressions.forEach(expression -> terms.add(evaluate(expression, scope)));
    return terms.build();
  }

  private Term evaluateHere(ExpressionTree tree, Scope scope) {
    Object constant = tree instanceof LiteralTree literal ? literal.getValue() : constant(tree);
    if (constant != null || tree instanceof LiteralTree) {
      return new Const(constant);
    }
    if (tree instanceof IdentifierTree) {
      return identifier(tree, scope);
    }
    if (tree instanceof MemberSelectTree select) {
      return select(select, scope);
    }
    if (tree instanceof MethodInvocationTree call) {
      return calls.call(call, scope);
    }
    if (tree instanceof NewClassTree creation) {
      return calls.creation(creation, scope);
    }
    if (tree instanceof LambdaExpressionTree || tree instanceof MemberReferenceTree) {
      return new Code(tree, scope);
    }
    if (tree instanceof BinaryTree binary) {
      return binary(binary, scope);
    }
    if (tree instanceof ConditionalExpressionTree choice) {
      return deciders.choice(
          evaluateAll(List.of(choice.getTrueExpression(), choice.getFalseExpression()), scope),
          List.of(choice.getCondition()),
          tree,
          scope);
    }
    if (tree instanceof SwitchExpressionTree choice) {
      return deciders.choice(
          evaluateAll(yields(choice), scope), List.of(choice.getExpression()), tree, scope);
    }
    if (tree instanceof AssignmentTree assignment) {
      return evaluate(assignment.getExpression(), scope);
    }
    if (tree instanceof CompoundAssignmentTree compound) {
      return Terms.op(
          Kind.COMBINE,
          evaluateAll(List.of(compound.getVariable(), compound.getExpression()), scope),
          tree);
    }
    if (tree instanceof UnaryTree unary) {
      return unary(unary, scope);
    }
    if (tree instanceof ArrayAccessTree access) {
      return Terms.op(
          Kind.ELEMENT,
          evaluateAll(List.of(access.getExpression(), access.getIndex()), scope),
          tree);
    }
    if (tree instanceof NewArrayTree array && array.getInitializers() != null) {
      return Terms.op(Kind.COMBINE, evaluateAll(array.getInitializers(), scope), tree);
    }
    if (tree instanceof InstanceOfTree test) {
      return Terms.op(Kind.COMBINE, evaluateAll(List.of(test.getExpression()), scope), tree);
    }
    return Terms.unknown(tree);
  }

  private static @Nullable Object constant(ExpressionTree tree) {
    boolean mayBe =
        tree instanceof IdentifierTree
            || tree instanceof MemberSelectTree
            || tree instanceof BinaryTree
            || tree instanceof UnaryTree
            || tree instanceof ConditionalExpressionTree;
    return mayBe ? ASTHelpers.constValue(tree) : null;
  }

  private Term identifier(ExpressionTree tree, Scope scope) {
    Symbol symbol = Symbols.of(tree);
    if (symbol instanceof VarSymbol variable) {
      String name = variable.name.toString();
      if (name.equals("this") || name.equals("super")) {
        return self(Symbols.enclosingClass(variable), scope);
      }
      return Symbols.isField(variable)
          ? field(variable, scope)
          : locals.local(variable, tree, scope);
    }
    return symbol instanceof ClassSymbol ? new Const(symbol) : Terms.unknown(tree);
  }

  private Term select(MemberSelectTree tree, Scope scope) {
    Symbol symbol = Symbols.of(tree);
    if (!(symbol instanceof VarSymbol variable)) {
      return symbol instanceof ClassSymbol ? new Const(symbol) : Terms.unknown(tree);
    }
    String name = variable.name.toString();
    if (name.equals("class")) {
      return new Const(Symbols.of(tree.getExpression()));
    }
    if (name.equals("this") || name.equals("super")) {
      return self(Symbols.enclosingClass(variable), scope);
    }
    if (variable.isStatic()) {
      return Terms.field(null, variable);
    }
    return Terms.field(evaluate(tree.getExpression(), scope), variable);
  }

  private Term field(VarSymbol field, Scope scope) {
    return Terms.field(field.isStatic() ? null : self(Symbols.enclosingClass(field), scope), field);
  }

  /** What {@code this} is for a member of {@code owner}: this object or one around it. */
  Term self(ClassSymbol owner, Scope scope) {
    Term self = scope.self();
    ClassSymbol type =
        self instanceof Self s ? s.type() : self instanceof Term.New n ? n.type() : null;
    if (type == null || type.isSubClass(owner, types)) {
      return self == null ? new Self(owner) : self;
    }
    for (Symbol at = type.owner; at != null; at = at.owner) {
      if (at instanceof ClassSymbol outer && outer.isSubClass(owner, types)) {
        return new Self(outer);
      }
    }
    return new Self(owner);
  }

  private Term binary(BinaryTree tree, Scope scope) {
    if (tree.getKind() == Tree.Kind.PLUS) {
      List<ExpressionTree> operands = operands(tree);
      boolean string = Symbols.qualifiedName(ASTHelpers.getType(tree)).equals("java.lang.String");
      return Terms.op(string ? Kind.CONCAT : Kind.COMBINE, worded(operands, scope), tree);
    }
    Kind kind =
        switch (tree.getKind()) {
          case DIVIDE -> Kind.DIVIDE;
          case REMAINDER -> Kind.REMAINDER;
          default -> Kind.COMBINE;
        };
    return Terms.op(
        kind, evaluateAll(List.of(tree.getLeftOperand(), tree.getRightOperand()), scope), tree);
  }

  /** The operands of a chain of {@code +}, without recursion: generated code has thousands. */
  private static List<ExpressionTree> operands(BinaryTree tree) {
    Deque<ExpressionTree> operands = new ArrayDeque<>();
    ExpressionTree at = tree;
    while (at instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
      operands.addFirst(binary.getRightOperand());
      at = Symbols.strip(binary.getLeftOperand());
    }
    operands.addFirst(at);
    return new ArrayList<>(operands);
  }

  /** Operands of a concatenation: {@code id.toString()} adds the same as {@code id}. */
  ImmutableList<Term> worded(List<? extends ExpressionTree> operands, Scope scope) {
    return operands.stream()
        .map(operand -> Texts.unworded(evaluate(operand, scope)))
        .collect(ImmutableList.toImmutableList());
  }

  private Term unary(UnaryTree tree, Scope scope) {
    ExpressionTree changed = Symbols.changed(tree);
    VarSymbol variable = changed == null ? null : Symbols.variable(changed);
    boolean counts = variable != null && Symbols.isField(variable);
    return Terms.op(
        counts ? Kind.COUNT : Kind.COMBINE,
        ImmutableList.of(evaluate(tree.getExpression(), scope)),
        tree);
  }

  /** What a switch expression may give. */
  private static List<ExpressionTree> yields(SwitchExpressionTree tree) {
    List<ExpressionTree> yields = new ArrayList<>();
    for (CaseTree branch : tree.getCases()) {
      if (branch.getBody() instanceof ExpressionTree expression) {
        yields.add(expression);
      } else {
        new TreeScanner<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void visitYield(YieldTree node, @Nullable Void unused) {
            yields.add(node.getValue());
            return null;
          }
        }.scan(branch, null);
      }
    }
    return yields;
  }
}
