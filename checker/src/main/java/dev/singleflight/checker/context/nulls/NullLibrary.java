package dev.singleflight.checker.context.nulls;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What optionals, streams and futures make of what they hold. */
final class NullLibrary {
  /** Futures and optionals give what their functions return. */
  private static final Pattern MAPS =
      Pattern.compile("(thenApply|handle|thenCombine)(Async)?|supplyAsync|map|submit|transform");

  private static final Pattern SAME_FUTURE =
      Pattern.compile(
          "whenComplete(Async)?|orTimeout|toCompletableFuture|copy|minimalCompletionStage");

  /** These are run with a failure as well, and then without a value. */
  private static final Pattern HANDLES = Pattern.compile("(handle|whenComplete)(Async)?");

  private NullLibrary() {}

  /** What a library gives to the functions it is handed. */
  static ImmutableList<NullValue> given(
      MethodSymbol method, @Nullable NullValue object, ExpressionTree function) {
    String name = method.name.toString();
    if (object != null && isStream(method)) {
      return object.inner() == null ? ImmutableList.of() : ImmutableList.of(object.inner());
    }
    if (isFuture(method) && HANDLES.matcher(name).matches() && ignoresFailure(function)) {
      return ImmutableList.of(NullValue.sometimes("the value of a future that has failed"));
    }
    if (object == null || !isFuture(method)) {
      return ImmutableList.of();
    }
    return name.matches("(thenApply|thenAccept|thenCompose|thenCombine|whenComplete|handle)\\w*")
        ? ImmutableList.of(object.inside())
        : ImmutableList.of();
  }

  /** Whether a handler of value and failure never asks if there was a failure. */
  private static boolean ignoresFailure(ExpressionTree function) {
    return function instanceof LambdaExpressionTree lambda
        && lambda.getParameters().size() == 2
        && !Conditions.reads(lambda.getBody())
            .contains(Symbols.variable(lambda.getParameters().get(1)));
  }

  static boolean isFuture(MethodSymbol method) {
    return Symbols.enclosingClass(method)
        .name
        .toString()
        .matches("\\w*(Future|CompletionStage|Mono)");
  }

  static NullValue ofOptional(String name, @Nullable NullValue object, List<NullValue> arguments) {
    if (arguments.isEmpty() || object == null) {
      return NullValue.SAFE;
    }
    NullValue argument = arguments.get(0);
    if (name.equals("orElse")) {
      return argument.kind() == NullValue.Kind.ALWAYS
          ? NullValue.sometimes("orElse(" + argument.path().get(0) + ")")
          : argument.mayBeNull() ? argument.via("orElse(…)") : NullValue.UNKNOWN;
    }
    if (name.equals("orElseGet")) {
      NullValue given = argument.inside();
      return given.mayBeNull() ? NullValue.sometimes("orElseGet(…)") : NullValue.UNKNOWN;
    }
    return NullValue.SAFE;
  }

  static boolean isStream(MethodSymbol method) {
    return method.owner.getQualifiedName().toString().startsWith("java.util.stream.");
  }

  /** A stream holds each of its elements. */
  static NullValue ofStream(
      MethodInvocationTree tree, String name, NullValue object, List<NullValue> arguments) {
    return switch (name) {
      case "map", "mapToObj" -> NullValue.holding(arguments.get(0).inside());
      case "sorted", "limit", "skip", "distinct", "peek", "parallel", "sequential", "boxed" ->
          object;
      case "filter", "takeWhile" ->
          tree.getArguments().get(0).toString().matches("(?s).*(!= null|[nN]o[nt]Null).*")
              ? NullValue.SAFE
              : object;
      default -> NullValue.SAFE;
    };
  }

  static @Nullable NullValue ofFuture(
      MethodSymbol method, @Nullable NullValue object, List<NullValue> arguments) {
    String name = method.name.toString();
    if (name.equals("completedFuture") || name.equals("completedStage")) {
      return NullValue.holding(arguments.get(0));
    }
    if (MAPS.matcher(name).matches()) {
      NullValue last = arguments.isEmpty() ? NullValue.UNKNOWN : lastFunction(arguments);
      return NullValue.holding(last.inside());
    }
    if (object == null) {
      return null;
    }
    return switch (name) {
      case "join", "get", "getNow", "resultNow" -> object.inside();
      case "thenCompose", "thenComposeAsync" ->
          NullValue.holding(arguments.get(0).inside().inside());
      case "exceptionally", "exceptionallyAsync" ->
          NullValue.holding(NullValue.join(object.inside(), arguments.get(0).inside()));
      default -> SAME_FUTURE.matcher(name).matches() ? object : null;
    };
  }

  static NullValue lastFunction(List<NullValue> arguments) {
    for (int i = arguments.size() - 1; i > 0; i--) {
      if (arguments.get(i).inner() != null) {
        return arguments.get(i);
      }
    }
    return arguments.get(0);
  }
}
