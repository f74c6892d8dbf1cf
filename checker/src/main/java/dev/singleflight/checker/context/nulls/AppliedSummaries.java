package dev.singleflight.checker.context.nulls;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills a method's summary in where it is called: what it uses, what it ensures and what it gives
 * for these arguments.
 */
final class AppliedSummaries {
  private final Nulls nulls;
  private final NullUses uses;
  private final MemberNulls found;

  AppliedSummaries(Nulls nulls, NullUses uses, MemberNulls found) {
    this.nulls = nulls;
    this.uses = uses;
    this.found = found;
  }

  /** A method by its source, or by what its declaration or a table says. */
  NullValue result(
      MethodSymbol declared,
      List<NullValue> arguments,
      @Nullable MethodInvocationTree call,
      Tree at,
      NullState state,
      String words) {
    MethodSymbol method = nulls.code().target(declared);
    NullSummary summary = nulls.summary(method);
    NullValue value = NullValue.UNKNOWN;
    if (summary != null) {
      List<? extends ExpressionTree> trees = call == null ? List.of() : call.getArguments();
      apply(method, summary, arguments, trees, at, state);
      value = summary.result(arguments).via(declared.name + "(…)");
      if (!summary.returns()) {
        state.end();
      }
    }
    return !value.mayBeNull() && nulls.sources().mayReturnNull(declared)
        ? NullValue.sometimes(words)
        : value;
  }

  /** What a method's code does with its arguments. */
  void apply(
      MethodSymbol method,
      NullSummary summary,
      List<NullValue> arguments,
      List<? extends ExpressionTree> trees,
      Tree at,
      NullState state) {
    for (int i = 0; i < method.params().size() && i < arguments.size(); i++) {
      VarSymbol parameter = method.params().get(i);
      NullValue argument = arguments.get(i);
      for (Map.Entry<Integer, Dereference> use : summary.nulls().uses(parameter).entrySet()) {
        NullValue used = argument;
        for (int depth = 0; depth < use.getKey(); depth++) {
          used = used.inside();
        }
        uses.add(at, used, through(method, use.getValue(), used, trees, i, at));
      }
      if (i < trees.size()) {
        if (summary.nulls().ensures(parameter)) {
          state.put(NullWords.of(trees.get(i)), argument.checked());
        }
        if (summary.nulls().loaderParameters.contains(parameter)) {
          loader(Symbols.strip(trees.get(i)), argument);
        }
      }
    }
    for (Dereference fault : summary.faults()) {
      uses.add(
          at,
          NullValue.always(fault.value()),
          new Dereference(
              at, found.member, fault.value(), fault.use(), fault.path(), fault.isShared(), fault));
    }
  }

  /** A function that is handed to a method which makes it a loader. */
  private void loader(ExpressionTree function, NullValue value) {
    if (NullCalls.isFunction(function)) {
      found.loaders.add(function);
    } else if (value.parameter() != null) {
      found.loaderParameters.add(value.parameter());
    }
  }

  private Dereference through(
      MethodSymbol method,
      Dereference use,
      NullValue value,
      List<? extends ExpressionTree> trees,
      int position,
      Tree at) {
    String words = position < trees.size() ? NullUses.source(trees.get(position)) : use.value();
    String how = "is given to " + name(method) + "(…), where " + use.use();
    return new Dereference(at, found.member, words, how, value.path(), value.isShared(), null);
  }

  private static String name(MethodSymbol method) {
    return method.isConstructor() ? "new " + method.owner.name : method.name.toString();
  }
}
