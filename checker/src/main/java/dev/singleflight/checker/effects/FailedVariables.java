package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Definition;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What variables hold after a failure: set by a handler, left as they were, given to a callback.
 */
final class FailedVariables {
  private static final ImmutableSet<String> CALLBACKS =
      ImmutableSet.of("whenComplete", "whenCompleteAsync", "handle", "handleAsync");

  private static final Pattern MARKS =
      Pattern.compile("(set|mark|fail|with|put|add|record)\\w*|error|failed|completeExceptionally");

  private final Failures failures;
  private final Constants constants;
  private final Handlers handlers;

  FailedVariables(Failures failures, Constants constants, Handlers handlers) {
    this.failures = failures;
    this.constants = constants;
    this.handlers = handlers;
  }

  @Nullable Fallback of(VarSymbol variable, ExpressionTree use, Member member, int depth) {
    Tree declaration = member.declaration(variable);
    Tree owner = declaration == null ? null : member.parent(declaration);
    if (owner instanceof LambdaExpressionTree lambda) {
      return ofParameter(variable, lambda, use, member, depth);
    }
    if (owner instanceof CatchTree handler) {
      return handlers.isForAnyFailure(use, handler, member)
          ? Failures.fallback(use, use, member, handlers.marks(handler, member))
          : null;
    }
    if (!failures.underWay.add(use)) {
      return null;
    }
    try {
      for (Definition definition : member.flow().reaching(variable, use)) {
        Fallback found = ofDefinition(definition, variable, use, member, depth);
        boolean fails =
            found != null
                && found.isNull()
                && !handlers.holds(variable.type)
                && isDereferenced(definition, variable, use, member);
        if (found != null && !fails) {
          return found.through(variable.name.toString());
        }
      }
      Fallback marked = marked(variable, use, member);
      return marked == null ? null : marked.through(variable.name.toString());
    } finally {
      failures.underWay.remove(use);
    }
  }

  /** Whether a null that {@code definition} gives is called on before {@code use}: that throws. */
  private static boolean isDereferenced(
      Definition definition, VarSymbol variable, ExpressionTree use, Member member) {
    int defined = ASTHelpers.getStartPosition(definition.at());
    int used = ASTHelpers.getStartPosition(use);
    for (MethodInvocationTree call : member.callsOn(variable)) {
      int position = ASTHelpers.getStartPosition(call);
      BlockTree block = position > defined && position < used ? ranIn(call, member) : null;
      if (block != null
          && member.isInside(definition.at(), block)
          && member.function(call) == member.function(use)
          && !isCaught(call, use, member)) {
        return true;
      }
    }
    return false;
  }

  /** The block of which each run makes a call; null where something decides whether it is made. */
  private static @Nullable BlockTree ranIn(MethodInvocationTree call, Member member) {
    Tree at = member.parent(call);
    while (at instanceof MemberSelectTree
        || at instanceof MethodInvocationTree
        || at instanceof AssignmentTree
        || at instanceof VariableTree
        || at instanceof ExpressionStatementTree) {
      at = member.parent(at);
    }
    return at instanceof BlockTree block ? block : null;
  }

  private static boolean isCaught(MethodInvocationTree call, ExpressionTree use, Member member) {
    for (Tree at = member.parent(call); at != null; at = member.parent(at)) {
      if (at instanceof TryTree attempt
          && !attempt.getCatches().isEmpty()
          && member.isInside(call, attempt.getBlock())
          && !member.isInside(use, attempt.getBlock())) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Fallback ofDefinition(
      Definition definition, VarSymbol variable, ExpressionTree use, Member member, int depth) {
    Tree function = member.function(definition.at());
    CatchTree handler = Conditions.handler(definition.at(), function, member);
    if (handler != null && !member.isInside(use, handler)) {
      return failures.given(definition.value(), definition.at(), handler, member);
    }
    if (handler == null) {
      Tree left = leftByFailure(definition, variable, use, member);
      if (left != null && constants.isEmpty(definition.value(), member)) {
        return Failures.fallback(definition.value(), left, member, ImmutableSet.of(variable));
      }
    }
    return definition.kind() == Definition.Kind.VALUE && definition.value() != use
        ? failures.resolve(definition.value(), member, depth + 1)
        : null;
  }

  /** The handler, or {@code finally}, that lets a variable be used that the try failed to set. */
  private @Nullable Tree leftByFailure(
      Definition initial, VarSymbol variable, ExpressionTree use, Member member) {
    for (Definition later : member.definitions(variable)) {
      for (Tree at = later.at(); at != null; at = member.parent(at)) {
        if (!(at instanceof TryTree attempt)
            || !member.isInside(later.at(), attempt.getBlock())
            || member.isInside(initial.at(), attempt)
            || member.function(attempt) != member.function(later.at())) {
          continue;
        }
        if (attempt.getFinallyBlock() != null && member.isInside(use, attempt.getFinallyBlock())) {
          return attempt.getFinallyBlock();
        }
        boolean after =
            !member.isInside(use, attempt)
                && ASTHelpers.getStartPosition(use) > ASTHelpers.getStartPosition(attempt);
        CatchTree swallowing = after ? handlers.swallowing(attempt, member) : null;
        boolean set =
            swallowing != null
                && member.definitions(variable).stream()
                    .anyMatch(d -> member.isInside(d.at(), swallowing));
        if (swallowing != null && !set) {
          return swallowing;
        }
      }
    }
    return null;
  }

  /** An object that a handler marks as failed: {@code entry.error = e}, {@code entry.fail(e)}. */
  private @Nullable Fallback marked(VarSymbol variable, ExpressionTree use, Member member) {
    List<ExpressionTree> changes = new ArrayList<>();
    for (MethodInvocationTree call : member.callsOn(variable)) {
      MethodSymbol method = Symbols.method(call);
      if (method != null
          && MARKS.matcher(method.name).matches()
          && Symbols.receiver(call) instanceof IdentifierTree) {
        changes.add(call);
      }
    }
    for (ExpressionTree tree : member.assignments()) {
      if (tree instanceof AssignmentTree assignment
          && Symbols.strip(assignment.getVariable()) instanceof MemberSelectTree select
          && Symbols.variable(Symbols.strip(select.getExpression())) == variable) {
        changes.add(assignment);
      }
    }
    for (ExpressionTree change : changes) {
      CatchTree handler = Conditions.handler(change, member.function(change), member);
      if (handler != null
          && ASTHelpers.getStartPosition(change) < ASTHelpers.getStartPosition(use)
          && handlers.isForAnyFailure(change, handler, member)
          && (member.isInside(use, handler) || !Conditions.endsAbruptly(handler.getBlock()))) {
        return new Fallback(
            change,
            member,
            Failures.words(change),
            false,
            handlers.marks(handler, member),
            ImmutableList.of());
      }
    }
    return null;
  }

  /** What a callback is given: the outcome of a future, or what a chain of calls holds. */
  private @Nullable Fallback ofParameter(
      VarSymbol variable,
      LambdaExpressionTree lambda,
      ExpressionTree use,
      Member member,
      int depth) {
    Tree at = member.parent(lambda);
    MethodSymbol method = Symbols.method(at);
    if (!(at instanceof MethodInvocationTree call) || method == null) {
      return null;
    }
    List<? extends VariableTree> parameters = lambda.getParameters();
    if (CALLBACKS.contains(method.name.toString()) && parameters.size() == 2) {
      boolean failure = Symbols.variable(parameters.get(1)) == variable;
      VarSymbol error = Symbols.variable(parameters.get(1));
      if (error == null || handlers.classifies(lambda.getBody(), error)) {
        return null;
      }
      boolean asked =
          Conditions.of(use, lambda, member).stream()
              .anyMatch(c -> Conditions.variables(c.expression()).contains(error));
      if (!asked) {
        return failure
            ? Failures.fallback(use, use, member, ImmutableSet.of(error, variable))
            : new Fallback(
                use,
                member,
                variable.name + " (null after a failure)",
                true,
                ImmutableSet.of(error, variable),
                ImmutableList.of());
      }
      boolean onFailure = failure && !isAskedToBeNull(error, use, lambda, member);
      return onFailure ? Failures.fallback(use, use, member, ImmutableSet.of()) : null;
    }
    ExpressionTree receiver = Symbols.receiver(call);
    return receiver != null && Failures.PASSES.matcher(method.name).matches()
        ? failures.resolve(receiver, member, depth + 1)
        : null;
  }

  private static boolean isAskedToBeNull(
      VarSymbol error, ExpressionTree use, LambdaExpressionTree lambda, Member member) {
    return Conditions.of(use, lambda, member).stream()
        .anyMatch(c -> c.expression().toString().matches("\\(?" + error.name + " == null\\)?"));
  }
}
