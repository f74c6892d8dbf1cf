package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a future is done, as far as the code around its use shows. */
final class Futures {
  /** Who asks one of these of a future does not wait for it where it says yes. */
  private static final ImmutableSet<String> ASKS =
      ImmutableSet.of(
          "isDone",
          "isCompletedExceptionally",
          "isCompletedNormally",
          "isSuccess",
          "isCancelled",
          "state",
          "complete",
          "completeExceptionally",
          "run");

  private final Inputs inputs;

  Futures(Inputs inputs) {
    this.inputs = inputs;
  }

  /**
   * Whether the future that a callback is attached to may be done by then: not one that was made
   * here, if nobody has been given it before who could have completed it.
   */
  boolean mayBeDone(MethodInvocationTree attaching, Scope scope) {
    ExpressionTree root = root(attaching);
    return root == null || !isMadeHere(root, scope);
  }

  /** Whether a future was made by the code around its use, which has not named it before. */
  boolean isMadeHere(ExpressionTree future, Scope scope) {
    ExpressionTree plain = Symbols.strip(future);
    return plain instanceof NewClassTree
        || (untouched(plain, scope) != null
            && Terms.value(inputs.evaluate(plain, scope)) instanceof Term.New);
  }

  /** The parameter that callbacks are attached to, if its method has not named it before. */
  @Nullable VarSymbol parameter(MethodInvocationTree attaching, Scope scope) {
    ExpressionTree root = root(attaching);
    return root == null ? null : parameter(root, scope);
  }

  /** The parameter that a future is, if its method has not named it before. */
  @Nullable VarSymbol parameter(ExpressionTree future, Scope scope) {
    VarSymbol variable = untouched(Symbols.strip(future), scope);
    return variable != null
            && variable.owner instanceof MethodSymbol method
            && method.params().contains(variable)
        ? variable
        : null;
  }

  /** The local variable that {@code future} is the first to name; null where it is none. */
  private static @Nullable VarSymbol untouched(ExpressionTree future, Scope scope) {
    VarSymbol variable = Symbols.variable(future);
    Member member = scope.member();
    if (variable == null || member == null || Symbols.isField(variable)) {
      return null;
    }
    int position = ASTHelpers.getStartPosition(future);
    boolean before =
        member.mentions(variable).stream()
            .anyMatch(mention -> ASTHelpers.getStartPosition(mention) < position);
    return before ? null : variable;
  }

  /** The first future of a chain of callbacks. */
  private static @Nullable ExpressionTree root(MethodInvocationTree attaching) {
    ExpressionTree at = Symbols.receiver(attaching);
    while (at != null) {
      at = Symbols.strip(at);
      MethodSymbol method = at instanceof MethodInvocationTree ? Symbols.method(at) : null;
      ExpressionTree inner =
          at instanceof MethodInvocationTree call ? Symbols.receiver(call) : null;
      if (method == null
          || method.isStatic()
          || inner == null
          || !method.owner.getQualifiedName().toString().startsWith("java.util.concurrent.")) {
        return at;
      }
      at = inner;
    }
    return null;
  }

  /** Whether code that gets a future's value has asked it first, or has completed it itself. */
  boolean isKnownDone(MethodInvocationTree waiting, Scope scope) {
    ExpressionTree receiver = Symbols.receiver(waiting);
    VarSymbol future = receiver == null ? null : Symbols.variable(Symbols.strip(receiver));
    Member member = scope.member();
    if (future == null || member == null) {
      return false;
    }
    int position = ASTHelpers.getStartPosition(waiting);
    for (MethodInvocationTree call : member.invocations()) {
      MethodSymbol method = Symbols.method(call);
      ExpressionTree asked = Symbols.receiver(call);
      if (method != null
          && asked != null
          && ASKS.contains(method.name.toString())
          && Symbols.variable(Symbols.strip(asked)) == future
          && ASTHelpers.getStartPosition(call) < position) {
        return true;
      }
    }
    return isChecked(future, waiting, member);
  }

  /** Whether a helper that was given the future decides whether it is waited for. */
  private static boolean isChecked(VarSymbol future, MethodInvocationTree waiting, Member member) {
    List<Conditions.Condition> conditions = Conditions.of(waiting, member.tree(), member);
    return member.handedTo(future).stream()
        .anyMatch(
            call ->
                conditions.stream()
                    .anyMatch(condition -> member.isInside(call, condition.expression())));
  }
}
