package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What methods take their parameters for, whoever calls them. */
final class CastParameters {
  private final Sources sources;
  private final Map<MethodSymbol, ImmutableMap<Integer, Type>> methods = new HashMap<>();

  CastParameters(Sources sources) {
    this.sources = sources;
  }

  /** The types that a method casts its parameters to in any case, by their positions. */
  ImmutableMap<Integer, Type> of(MethodSymbol called) {
    if (called.params().isEmpty() || called.isVarArgs()) {
      return ImmutableMap.of();
    }
    MethodSymbol method = sources.target(called);
    ImmutableMap<Integer, Type> known = methods.get(method);
    if (known == null) {
      MethodTree tree = sources.method(method);
      Member member = tree == null ? null : sources.member(tree, method);
      known = tree == null || member == null ? ImmutableMap.of() : find(tree, method, member);
      methods.put(method, known);
    }
    return known;
  }

  private static ImmutableMap<Integer, Type> find(
      MethodTree tree, MethodSymbol method, Member member) {
    Map<Integer, Type> casts = new HashMap<>();
    List<VarSymbol> parameters = method.params();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitTypeCast(TypeCastTree node, @Nullable Void unused) {
        VarSymbol variable = Symbols.variable(Symbols.strip(node.getExpression()));
        int position = variable == null ? -1 : parameters.indexOf(variable);
        Type type = Symbols.typeOf(node.getType());
        boolean inAnyCase =
            position >= 0
                && variable != null
                && member.definitions(variable).isEmpty()
                && member.function(node) == tree
                && Conditions.of(node, tree, member).isEmpty()
                && !Casts.isGuarded(node, member);
        if (inAnyCase && type != null) {
          casts.putIfAbsent(position, type);
        }
        return super.visitTypeCast(node, null);
      }
    }.scan(tree.getBody(), null);
    return ImmutableMap.copyOf(casts);
  }
}
