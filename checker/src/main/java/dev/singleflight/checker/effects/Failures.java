package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value may be what stands in for one that could not be loaded: given in a {@code catch},
 * by {@code exceptionally} and its like, or left as it was before a {@code try} that failed.
 */
public final class Failures {
  private static final int MAX_DEPTH = 16;

  /** Methods of futures and the like that turn a failure into a value. */
  private static final Pattern RECOVERS =
      Pattern.compile(
          "exceptionally(Async|Compose)?|handle(Async)?|onErrorReturn|onErrorResume|recover(With)?"
              + "|catching(Async)?|onFailure|getOrElse");

  /** Methods whose result holds what their receiver does. */
  static final Pattern PASSES =
      Pattern.compile(
          "then\\w+|map|flatMap|filter|join|get|getNow|resultNow|value|or\\w*|whenComplete(Async)?"
              + "|toCompletableFuture|copy|subscribeOn|publishOn|block|doOn\\w+|timeout|peek"
              + "|toFuture|toOptional|handle(Async)?|exceptionally(Async|Compose)?|log|cache|await\\w*");

  /** Throw where an optional has nothing in it: what they give was there. */
  private static final Pattern UNWRAPS = Pattern.compile("get(As(Int|Long|Double))?|orElseThrow");

  /** Static methods that hold what they are given. */
  private static final Pattern WRAPS =
      Pattern.compile(
          "of|ofNullable|success|ok|just|from\\w*|wrap\\w*|copyOf|requireNonNullElse(Get)?"
              + "|completedFuture|immediateFuture|cached|entry|create|newInstance|failed|failure"
              + "|error|unmodifiable\\w+|singleton\\w*|valueOf|cast");

  private final Inputs inputs;
  private final Apis apis;
  private final Sources sources;
  private final Constants constants;
  private final Handlers handlers;
  private final FailedVariables variables;
  private final Map<MethodSymbol, Optional<Fallback>> methods = new HashMap<>();
  final Set<Tree> underWay = new HashSet<>();

  Failures(VisitorState state, Inputs inputs, Handlers handlers) {
    this.inputs = inputs;
    this.apis = Apis.of(state);
    this.sources = Sources.of(state);
    this.constants = new Constants(inputs);
    this.handlers = handlers;
    this.variables = new FailedVariables(this, constants, handlers);
  }

  /** What a function gives in place of a result when something fails in it; null for nothing. */
  public @Nullable Fallback of(Body body) {
    Member member = body.scope().member();
    return member == null ? null : ofFunction(body.function(), member, 0);
  }

  /** What an expression may be in place of a value; null where it is a value or nothing. */
  public @Nullable Fallback of(ExpressionTree value, Member member) {
    return resolve(value, member, 0);
  }

  /** What a handler puts, all of it made up, whatever failed; null where it does not. */
  public @Nullable Fallback inHandler(
      List<? extends ExpressionTree> values, ExpressionTree at, Member member) {
    CatchTree handler = Conditions.handler(at, member.function(at), member);
    if (handler == null || values.isEmpty()) {
      return null;
    }
    for (ExpressionTree value : values) {
      if (!constants.isMadeUp(value, member)) {
        return null;
      }
    }
    return given(values.get(0), at, handler, member);
  }

  private @Nullable Fallback ofFunction(Tree function, Member member, int depth) {
    if (!underWay.add(function)) {
      return null;
    }
    try {
      for (ExpressionTree result : Sources.results(function)) {
        Fallback found = ofResult(result, function, member, depth + 1);
        if (found != null) {
          return found;
        }
      }
      return null;
    } finally {
      underWay.remove(function);
    }
  }

  private @Nullable Fallback ofResult(
      ExpressionTree result, Tree function, Member member, int depth) {
    CatchTree handler = Conditions.handler(result, function, member);
    if (handler != null) {
      Fallback given = given(result, result, handler, member);
      if (given != null) {
        return given;
      }
    }
    Fallback swallowed = afterSwallowing(result, function, member);
    return swallowed != null ? swallowed : resolve(result, member, depth);
  }

  /** {@code value}, if a handler gives it for any failure and it has been made up. */
  @Nullable Fallback given(ExpressionTree value, Tree at, CatchTree handler, Member member) {
    return handlers.isForAnyFailure(at, handler, member)
            && constants.isMadeUp(value, member)
            && !isTriedAgain(value, handler, member)
        ? fallback(value, at, member, handlers.marks(handler, member))
        : null;
  }

  /** Whether a handler makes the same call that has failed: that is a load, if the second. */
  private static boolean isTriedAgain(ExpressionTree value, CatchTree handler, Member member) {
    return Symbols.strip(value) instanceof MethodInvocationTree again
        && member.parent(handler) instanceof TryTree attempt
        && member.invocations().stream()
            .anyMatch(
                call ->
                    member.isInside(call, attempt.getBlock())
                        && call.toString().equals(again.toString()));
  }

  static Fallback fallback(
      ExpressionTree value, Tree at, Member member, ImmutableSet<VarSymbol> marks) {
    ExpressionTree plain = Symbols.strip(value);
    boolean isNull = plain instanceof LiteralTree literal && literal.getValue() == null;
    return new Fallback(at, member, words(value), isNull, marks, ImmutableList.of());
  }

  static String words(ExpressionTree value) {
    String line = value.toString().replaceAll("\\s+", " ");
    return line.length() <= 50 ? line : line.substring(0, 49) + "…";
  }

  /** {@code return null} behind a {@code try} that returns the value and swallows the failure. */
  private @Nullable Fallback afterSwallowing(ExpressionTree result, Tree function, Member member) {
    Tree statement = member.parent(result);
    if (statement == null || !(member.parent(statement) instanceof BlockTree block)) {
      return null;
    }
    for (StatementTree before : block.getStatements()) {
      if (before == statement) {
        return null;
      }
      if (before instanceof TryTree attempt
          && Conditions.endsAbruptly(attempt.getBlock())
          && member.function(attempt) == function) {
        CatchTree swallowing = handlers.swallowing(attempt, member);
        if (swallowing != null && constants.isEmpty(result, member)) {
          return fallback(result, result, member, handlers.marks(swallowing, member));
        }
      }
    }
    return null;
  }

  @Nullable Fallback resolve(ExpressionTree expression, Member member, int depth) {
    ExpressionTree value = Symbols.strip(expression);
    if (depth > MAX_DEPTH) {
      return null;
    }
    if (value instanceof IdentifierTree) {
      VarSymbol variable = Symbols.variable(value);
      return variable == null || Symbols.isField(variable)
          ? null
          : variables.of(variable, value, member, depth);
    }
    if (value instanceof ConditionalExpressionTree choice) {
      Fallback first = resolve(choice.getTrueExpression(), member, depth + 1);
      return first != null ? first : resolve(choice.getFalseExpression(), member, depth + 1);
    }
    if (value instanceof NewClassTree creation) {
      Fallback part = ofAny(creation, creation.getArguments(), member, depth);
      return part == null ? null : part.wrapped();
    }
    if (value instanceof AssignmentTree assignment) {
      return resolve(assignment.getExpression(), member, depth + 1);
    }
    if (value instanceof LambdaExpressionTree lambda) {
      return ofFunction(lambda, member, depth);
    }
    if (value instanceof MemberReferenceTree reference) {
      MethodSymbol method = Symbols.method(reference);
      return method == null ? null : ofMethod(sources.target(method), depth);
    }
    return value instanceof MethodInvocationTree call ? ofCall(call, member, depth) : null;
  }

  private @Nullable Fallback ofAny(
      ExpressionTree whole, List<? extends ExpressionTree> parts, Member member, int depth) {
    for (ExpressionTree part : parts) {
      Fallback found =
          handlers.isStill(whole, part, parts.size()) ? resolve(part, member, depth + 1) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Fallback ofCall(MethodInvocationTree call, Member member, int depth) {
    MethodSymbol method = Symbols.method(call);
    if (method == null) {
      return null;
    }
    Api api = apis.match(method);
    if (api != null && api.has(Trait.COALESCES)) {
      return ofLoader(call, api, member, depth);
    }
    ExpressionTree receiver = Symbols.receiver(call);
    String name = method.name.toString();
    if (receiver != null
        && !method.isStatic()
        && RECOVERS.matcher(name).matches()
        && handlers.recovers(Symbols.typeOf(receiver))) {
      Fallback recovered = recovered(call, member);
      if (recovered != null) {
        return recovered;
      }
    }
    Fallback own = ofMethod(sources.target(method), depth);
    if (own != null) {
      return own.through(name + "(…)");
    }
    if (method.isStatic() ? WRAPS.matcher(name).matches() : isOwnWrapper(method)) {
      Fallback part = ofAny(call, call.getArguments(), member, depth);
      if (part != null) {
        boolean maybeNull = name.equals("of") || name.equals("cast");
        return maybeNull ? part : part.wrapped();
      }
    }
    if (receiver == null
        || method.isStatic()
        || !PASSES.matcher(name).matches()
        || !handlers.holds(Symbols.typeOf(receiver))) {
      return null;
    }
    Fallback passed = resolve(receiver, member, depth + 1);
    boolean unwraps =
        UNWRAPS.matcher(name).matches()
            && Symbols.simpleName(Symbols.typeOf(receiver)).startsWith("Optional");
    return unwraps && passed != null && passed.isEmpty() ? null : passed;
  }

  /** A helper that returns what it is given, or an object made of it. */
  private boolean isOwnWrapper(MethodSymbol method) {
    MethodTree tree = sources.method(method);
    return tree != null
        && Sources.results(tree).stream()
            .map(Symbols::strip)
            .anyMatch(
                result ->
                    (result instanceof IdentifierTree
                            && method.params().contains(Symbols.variable(result)))
                        || (result instanceof NewClassTree creation
                            && creation.getArguments().stream()
                                .anyMatch(a -> method.params().contains(Symbols.variable(a)))));
  }

  /** What the loader of a coalescing call gives to all callers of its flight. */
  private @Nullable Fallback ofLoader(
      MethodInvocationTree call, Api api, Member member, int depth) {
    if (api.loader() == Api.NO_LOADER || api.loader() >= call.getArguments().size()) {
      MethodSymbol method = Symbols.method(call);
      return method == null ? null : ofMethod(sources.target(method), depth);
    }
    ExpressionTree loader = call.getArguments().get(api.loader());
    for (Body body :
        inputs.bodies(
            inputs.evaluate(loader, inputs.scope(member)), ImmutableList.of(), new ArrayList<>())) {
      Member owner = body.scope().member();
      Fallback found = owner == null ? null : ofFunction(body.function(), owner, depth + 1);
      if (found != null) {
        return found.through(api.method() + "(…)");
      }
    }
    return null;
  }

  /** What {@code exceptionally(e -> fallback)} or {@code onErrorReturn(fallback)} gives. */
  private @Nullable Fallback recovered(MethodInvocationTree call, Member member) {
    for (ExpressionTree argument : call.getArguments()) {
      ExpressionTree plain = Symbols.strip(argument);
      if (plain instanceof LambdaExpressionTree lambda) {
        List<? extends VariableTree> parameters = lambda.getParameters();
        VarSymbol failure =
            parameters.isEmpty() ? null : Symbols.variable(parameters.get(parameters.size() - 1));
        if (failure != null && handlers.classifies(lambda.getBody(), failure)) {
          return null;
        }
        for (ExpressionTree result : Sources.results(lambda)) {
          for (ExpressionTree part : parts(result)) {
            boolean value =
                parameters.size() == 2
                    && Conditions.variables(part).contains(Symbols.variable(parameters.get(0)));
            if (!value && constants.isMadeUp(part, member)) {
              return fallback(part, part, member, ImmutableSet.of());
            }
          }
        }
      } else if (!(plain instanceof MemberReferenceTree)
          && Symbols.method(call) != null
          && constants.isMadeUp(plain, member)
          && !plain.toString().endsWith(".class")) {
        return fallback(plain, plain, member, ImmutableSet.of());
      }
    }
    return null;
  }

  private static List<ExpressionTree> parts(ExpressionTree result) {
    return Symbols.strip(result) instanceof ConditionalExpressionTree choice
        ? List.of(choice.getTrueExpression(), choice.getFalseExpression())
        : List.of(result);
  }

  private @Nullable Fallback ofMethod(MethodSymbol method, int depth) {
    Optional<Fallback> known = methods.get(method);
    if (known != null) {
      return known.orElse(null);
    }
    MethodTree tree = sources.method(method);
    Member member = tree == null ? null : sources.member(tree, method);
    if (tree == null || member == null || depth > MAX_DEPTH || underWay.contains(tree)) {
      return null;
    }
    Fallback found = ofFunction(tree, member, depth + 1);
    methods.put(method, Optional.ofNullable(found));
    return found;
  }
}
