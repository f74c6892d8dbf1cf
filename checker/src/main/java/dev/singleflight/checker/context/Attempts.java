package dev.singleflight.checker.context;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnaryTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.context.LockOperations.Operation;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What conditions say of locks that were only tried: {@code lock.tryLock()}, or its outcome. */
final class Attempts {
  private final LockOperations operations;
  private final Scope scope;
  private final Map<VarSymbol, Lock> outcomes = new HashMap<>();

  Attempts(LockOperations operations, Scope scope) {
    this.operations = operations;
    this.scope = scope;
  }

  /** Remembers a variable that says whether a lock was got. */
  void remember(@Nullable VarSymbol variable, @Nullable ExpressionTree value) {
    Lock lock = variable == null || value == null ? null : ifTrue(value);
    if (variable != null && lock != null) {
      outcomes.put(variable, lock);
    }
  }

  /** The lock that is held if {@code condition} is true. */
  @Nullable Lock ifTrue(@Nullable ExpressionTree condition) {
    if (condition == null) {
      return null;
    }
    ExpressionTree plain = Symbols.strip(condition);
    if (plain instanceof MethodInvocationTree call) {
      Operation operation = operations.of(call, scope);
      return operation != null && operation.kind() == LockOperations.Kind.TRY
          ? operation.lock()
          : null;
    }
    if (plain instanceof UnaryTree not && not.getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
      return ifFalse(not.getExpression());
    }
    if (plain instanceof BinaryTree binary) {
      return switch (binary.getKind()) {
        case CONDITIONAL_AND -> either(ifTrue(binary.getLeftOperand()), binary.getRightOperand());
        case NOT_EQUAL_TO -> ifTrue(binary.getLeftOperand()); // a stamp that is not 0
        default -> null;
      };
    }
    VarSymbol variable = plain instanceof IdentifierTree ? Symbols.variable(plain) : null;
    return variable == null ? null : outcomes.get(variable);
  }

  private @Nullable Lock either(@Nullable Lock lock, ExpressionTree other) {
    return lock != null ? lock : ifTrue(other);
  }

  /** The lock that is held if {@code condition} is false. */
  @Nullable Lock ifFalse(@Nullable ExpressionTree condition) {
    if (condition == null) {
      return null;
    }
    ExpressionTree plain = Symbols.strip(condition);
    if (plain instanceof UnaryTree not && not.getKind() == Tree.Kind.LOGICAL_COMPLEMENT) {
      return ifTrue(not.getExpression());
    }
    if (plain instanceof BinaryTree binary) {
      return switch (binary.getKind()) {
        case CONDITIONAL_OR -> {
          Lock left = ifFalse(binary.getLeftOperand());
          yield left != null ? left : ifFalse(binary.getRightOperand());
        }
        case EQUAL_TO -> ifTrue(binary.getLeftOperand());
        default -> null;
      };
    }
    return null;
  }
}
