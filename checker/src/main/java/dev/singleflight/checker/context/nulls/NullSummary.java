package dev.singleflight.checker.context.nulls;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.MethodTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import java.util.List;

/**
 * What a method with source does about null, in terms of its parameters.
 *
 * @param nulls what the walk through the member it belongs to found
 * @param faults uses in its own code, and in what it calls, that fail whatever it is given
 */
record NullSummary(
    MethodSymbol method, MethodTree tree, MemberNulls nulls, ImmutableList<Dereference> faults) {

  /** Whether it returns, other than by throwing. */
  boolean returns() {
    return nulls.returns(tree);
  }

  /** What it returns when it is called with {@code arguments}. */
  NullValue result(List<NullValue> arguments) {
    NullValue result = substituted(nulls.result(tree), arguments);
    NullValue inner = result.inner();
    return inner == null
        ? result
        : new NullValue(
            result.kind(),
            result.path(),
            result.isShared(),
            substituted(inner, arguments),
            result.parameter(),
            result.depth());
  }

  private NullValue substituted(NullValue value, List<NullValue> arguments) {
    int position = value.parameter() == null ? -1 : method.params().indexOf(value.parameter());
    if (position < 0 || value.kind() != NullValue.Kind.UNKNOWN) {
      return value;
    }
    if (position >= arguments.size()) {
      return NullValue.UNKNOWN;
    }
    NullValue given = arguments.get(position);
    for (int depth = 0; depth < value.depth(); depth++) {
      given = given.inside();
    }
    return value.isShared() ? given.shared() : given;
  }
}
