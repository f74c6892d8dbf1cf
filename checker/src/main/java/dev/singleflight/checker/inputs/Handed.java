package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What code gives to a function that a variable holds: where it calls it, or hands it on. */
final class Handed {
  /** How many functions deep it is asked what functions are given: each may be called often. */
  private static final int MAX_DEPTH = 3;

  private final Inputs inputs;
  private final Map<Map.Entry<VarSymbol, Integer>, Optional<Term>> known = new HashMap<>();
  private final Set<VarSymbol> underWay = new HashSet<>();

  Handed(Inputs inputs) {
    this.inputs = inputs;
  }

  /**
   * What a method gives to the function that it is given as its parameter {@code index}, at a
   * position, in terms of its parameters; null where that is not known.
   */
  @Nullable Term byMethod(MethodSymbol method, int index, int position) {
    if (index < 0 || index >= method.params().size()) {
      return null;
    }
    VarSymbol function = method.params().get(index);
    Map.Entry<VarSymbol, Integer> question = Map.entry(function, position);
    Optional<Term> answer = known.get(question);
    if (answer != null) {
      return answer.orElse(null);
    }
    MethodTree tree = inputs.sources().method(method);
    Member member = tree == null ? null : inputs.sources().member(tree, method);
    if (tree == null || member == null) {
      return null;
    }
    Term given = byUses(function, position, inputs.scope(member), tree);
    if (isWhole()) {
      known.put(question, Optional.ofNullable(given));
    }
    return given;
  }

  /** Whether an answer is whole: inside another question it may leave out what that one asks. */
  boolean isWhole() {
    return underWay.isEmpty();
  }

  /** What the uses of a variable give to the function that it holds. */
  @Nullable Term byUses(VarSymbol function, int position, Scope scope, Tree at) {
    Member member = scope.member();
    if (member == null || underWay.size() >= MAX_DEPTH || !underWay.add(function)) {
      return null;
    }
    try {
      List<Term> given = new ArrayList<>();
      for (MethodInvocationTree call : member.callsOn(function)) {
        ExpressionTree receiver = Symbols.receiver(call);
        MethodSymbol called = Symbols.method(call);
        if (called != null
            && (called.flags() & Flags.ABSTRACT) != 0
            && receiver != null
            && Symbols.variable(Symbols.strip(receiver)) == function
            && position < call.getArguments().size()) {
          given.add(inputs.evaluate(call.getArguments().get(position), scope));
        }
      }
      for (MethodInvocationTree call : member.handedTo(function)) {
        for (ExpressionTree argument : call.getArguments()) {
          Term known =
              Symbols.variable(Symbols.strip(argument)) == function
                  ? inputs.calls().given(call, argument, position, at, scope)
                  : null;
          if (known != null) {
            given.add(known);
          }
        }
      }
      Term all = given.isEmpty() ? null : Terms.op(Kind.CHOICE, ImmutableList.copyOf(given), at);
      return all == null || Terms.size(all) >= Terms.MAX_SIZE ? null : all;
    } finally {
      underWay.remove(function);
    }
  }
}
