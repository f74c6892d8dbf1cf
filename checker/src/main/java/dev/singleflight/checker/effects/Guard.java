package dev.singleflight.checker.effects;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Definition;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a parameter under which code is reached: {@code direct}, {@code depth > 0}, {@code
 * mode != Mode.DIRECT}.
 *
 * @param operator how the parameter has to compare with the value
 */
public record Guard(VarSymbol parameter, Tree.Kind operator, Term value) {

  /** What {@code condition} says of a parameter or local if it holds, or if it does not. */
  static @Nullable Guard of(ExpressionTree condition, boolean holds, Inputs inputs, Scope scope) {
    ExpressionTree plain = Symbols.strip(condition);
    if (plain instanceof UnaryTree not && not.getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
      return of(not.getExpression(), !holds, inputs, scope);
    }
    VarSymbol flag = local(plain);
    if (flag != null) {
      return new Guard(decider(flag, holds, scope), Tree.Kind.EQUAL_TO, new Term.Const(holds));
    }
    if (plain instanceof BinaryTree comparison) {
      VarSymbol left = local(comparison.getLeftOperand());
      Tree.Kind operator = holds ? comparison.getKind() : negated(comparison.getKind());
      return left == null || operator == null || negated(operator) == null
          ? null
          : new Guard(left, operator, inputs.evaluate(comparison.getRightOperand(), scope));
    }
    MethodSymbol method = Symbols.method(plain);
    ExpressionTree receiver =
        plain instanceof MethodInvocationTree call ? Symbols.receiver(call) : null;
    if (plain instanceof MethodInvocationTree call
        && receiver != null
        && method != null
        && method.name.contentEquals("equals")
        && call.getArguments().size() == 1) {
      Tree.Kind operator = holds ? Tree.Kind.EQUAL_TO : Tree.Kind.NOT_EQUAL_TO;
      ExpressionTree argument = call.getArguments().get(0);
      VarSymbol left = local(receiver);
      VarSymbol right = local(argument);
      return left != null
          ? new Guard(left, operator, inputs.evaluate(argument, scope))
          : right == null ? null : new Guard(right, operator, inputs.evaluate(receiver, scope));
    }
    return null;
  }

  /**
   * The parameter that a flag is, where the flag is: {@code boolean drop = false}, and in some
   * branch {@code drop = allowed}, is true only if {@code allowed} is.
   */
  private static VarSymbol decider(VarSymbol flag, boolean holds, Scope scope) {
    Member member = scope.member();
    VarSymbol only = null;
    for (Definition definition :
        member == null ? List.<Definition>of() : member.definitions(flag)) {
      ExpressionTree value = Symbols.strip(definition.value());
      if (definition.kind() == Definition.Kind.VALUE
          && value instanceof LiteralTree literal
          && literal.getValue() instanceof Boolean known
          && known != holds) {
        continue;
      }
      VarSymbol given = local(value);
      if (definition.kind() != Definition.Kind.VALUE || given == null || only != null) {
        return flag;
      }
      only = given;
    }
    return only == null ? flag : only;
  }

  private static @Nullable VarSymbol local(ExpressionTree tree) {
    VarSymbol variable =
        Symbols.strip(tree) instanceof IdentifierTree name ? Symbols.variable(name) : null;
    return variable == null || Symbols.isField(variable) ? null : variable;
  }

  private static Tree.@Nullable Kind negated(Tree.Kind operator) {
    return switch (operator) {
      case EQUAL_TO -> Tree.Kind.NOT_EQUAL_TO;
      case NOT_EQUAL_TO -> Tree.Kind.EQUAL_TO;
      case LESS_THAN -> Tree.Kind.GREATER_THAN_EQUAL;
      case GREATER_THAN_EQUAL -> Tree.Kind.LESS_THAN;
      case GREATER_THAN -> Tree.Kind.LESS_THAN_EQUAL;
      case LESS_THAN_EQUAL -> Tree.Kind.GREATER_THAN;
      default -> null;
    };
  }

  /** Whether a call with these arguments may pass; one whose value is not known may. */
  boolean mayPass(MethodSymbol method, List<Term> arguments) {
    int position = method.params().indexOf(parameter);
    if (position < 0 || position >= arguments.size()) {
      return true;
    }
    Term given = Terms.value(arguments.get(position));
    Term bound = Terms.value(value);
    if (given instanceof Term.Const x && bound instanceof Term.Const y) {
      return passes(x.value(), y.value());
    }
    boolean enums = isConstant(given) && isConstant(bound);
    boolean nulls = (isNull(given) && isMade(bound)) || (isNull(bound) && isMade(given));
    if (enums || nulls) {
      boolean same = enums && Terms.same(given, bound);
      return operator == (same ? Tree.Kind.EQUAL_TO : Tree.Kind.NOT_EQUAL_TO);
    }
    return true;
  }

  private boolean passes(@Nullable Object given, @Nullable Object bound) {
    if (operator == Tree.Kind.EQUAL_TO || operator == Tree.Kind.NOT_EQUAL_TO) {
      boolean equal =
          (given instanceof Number x && bound instanceof Number y)
              ? x.doubleValue() == y.doubleValue()
              : Objects.equals(given, bound);
      return equal == (operator == Tree.Kind.EQUAL_TO);
    }
    if (!(given instanceof Number x) || !(bound instanceof Number y)) {
      return true;
    }
    int order = Double.compare(x.doubleValue(), y.doubleValue());
    return switch (operator) {
      case LESS_THAN -> order < 0;
      case LESS_THAN_EQUAL -> order <= 0;
      case GREATER_THAN -> order > 0;
      case GREATER_THAN_EQUAL -> order >= 0;
      default -> true;
    };
  }

  /** An enum's constant. */
  private static boolean isConstant(Term term) {
    return term instanceof Term.Field field && field.symbol().isEnum();
  }

  private static boolean isNull(Term term) {
    return term instanceof Term.Const known && known.value() == null;
  }

  /** Certainly not null. */
  private static boolean isMade(Term term) {
    return isConstant(term) || term instanceof Term.New || term instanceof Term.Code;
  }
}
