package dev.singleflight.checker.context.nulls;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.source.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the walk through a member found. */
final class MemberNulls {
  /** More than anybody would mend at once. */
  private static final int MAX_DEREFERENCES = 200;

  final Member member;
  private final IdentityHashMap<Tree, NullValue> results = new IdentityHashMap<>();
  private final Set<Tree> returning = new HashSet<>();
  private final Map<VarSymbol, Boolean> ensured = new HashMap<>();
  private final Map<Tree, Dereference> dereferences = new LinkedHashMap<>();
  private final Map<VarSymbol, Map<Integer, Dereference>> uses = new HashMap<>();
  private final IdentityHashMap<ExpressionTree, NullValue> assigned = new IdentityHashMap<>();

  /** Functions that a coalescing call runs, and parameters that hold such. */
  final Set<Tree> loaders = new HashSet<>();

  final Set<VarSymbol> loaderParameters = new HashSet<>();

  MemberNulls(Member member) {
    this.member = member;
  }

  void add(Dereference dereference) {
    if (dereferences.size() < MAX_DEREFERENCES) {
      Dereference known = dereferences.get(dereference.at());
      if (known == null || (dereference.isShared() && !known.isShared())) {
        dereferences.put(dereference.at(), dereference);
      }
    }
  }

  ImmutableList<Dereference> dereferences() {
    return ImmutableList.copyOf(dereferences.values());
  }

  /** A parameter's value is used in a way that fails if it is null. */
  void use(VarSymbol parameter, int depth, Dereference use) {
    uses.computeIfAbsent(parameter, p -> new HashMap<>()).putIfAbsent(depth, use);
  }

  @Nullable Dereference use(VarSymbol parameter, int depth) {
    return uses.getOrDefault(parameter, Map.of()).get(depth);
  }

  Map<Integer, Dereference> uses(VarSymbol parameter) {
    return uses.getOrDefault(parameter, Map.of());
  }

  void returned(Tree function, NullWalk walk) {
    List<NullValue> values = walk.results();
    NullValue joined = results.get(function);
    for (NullValue value : values) {
      joined = NullValue.join(joined, value);
    }
    if (joined != null) {
      results.put(function, joined);
    }
    if (walk.completes()) {
      returning.add(function);
    }
  }

  /** What a function returns. */
  NullValue result(Tree function) {
    return results.getOrDefault(function, NullValue.UNKNOWN);
  }

  /** Whether a function returns at all. */
  boolean returns(Tree function) {
    return returning.contains(function);
  }

  void ensure(VarSymbol parameter, boolean isThere) {
    ensured.merge(parameter, isThere, Boolean::logicalAnd);
  }

  /** Whether a parameter is known not to be null once its method has returned. */
  boolean ensures(VarSymbol parameter) {
    return ensured.getOrDefault(parameter, false);
  }

  void assign(ExpressionTree value, NullValue known) {
    assigned.merge(value, known, NullValue::join);
  }

  @Nullable NullValue assigned(ExpressionTree value) {
    return assigned.get(value);
  }

  List<Tree> loaderFunctions() {
    return new ArrayList<>(loaders);
  }
}
