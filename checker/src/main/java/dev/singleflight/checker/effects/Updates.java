package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.source.NameTest;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which calls change a map or cache, or make it load: by the table, and through its views. */
final class Updates {
  private static final ImmutableMap<String, ImmutableSet<String>> TABLE =
      ImmutableMap.of(
          "java.util.Map",
          ImmutableSet.of(
              "put",
              "putIfAbsent",
              "putAll",
              "computeIfAbsent",
              "computeIfPresent",
              "compute",
              "merge",
              "remove",
              "replace",
              "replaceAll",
              "clear"),
          "com.github.benmanes.caffeine.cache.Cache",
          ImmutableSet.of("get", "getAll", "put", "putAll", "invalidate", "invalidateAll"),
          "com.google.common.cache.Cache",
          ImmutableSet.of(
              "get",
              "getUnchecked",
              "apply",
              "getAll",
              "put",
              "putAll",
              "invalidate",
              "invalidateAll"));

  private static final ImmutableSet<String> VIEWS = ImmutableSet.of("keySet", "values", "entrySet");
  private static final ImmutableSet<String> REMOVALS =
      ImmutableSet.of("remove", "removeAll", "removeIf", "retainAll", "clear");

  private final Types types;
  private final NameTest names =
      new NameTest(
          name ->
              REMOVALS.contains(name)
                  || TABLE.values().stream().anyMatch(methods -> methods.contains(name)));
  private final Map<Symbol, ImmutableSet<String>> methods = new HashMap<>();

  Updates(VisitorState state) {
    this.types = state.getTypes();
  }

  /** Whether a call, or what a method reference names, changes a map, or makes a cache load. */
  boolean isUpdate(ExpressionTree call, MethodSymbol method) {
    if (!names.holds(method.name)) {
      return false;
    }
    return methods(method.owner).contains(method.name.toString()) || view(call, method) != null;
  }

  /** Whether a type is a map or cache. */
  boolean isStore(Symbol type) {
    return !methods(type).isEmpty();
  }

  /** The map that a call changes. */
  @Nullable Term map(MethodInvocationTree call, Scope scope, Inputs inputs) {
    MethodSymbol method = Symbols.method(call);
    MethodInvocationTree view = method == null ? null : view(call, method);
    return inputs.receiver(view == null ? call : view, scope);
  }

  /** {@code map.keySet()}, of which a call removes something; null where it is no such call. */
  private @Nullable MethodInvocationTree view(ExpressionTree call, MethodSymbol method) {
    ExpressionTree receiver =
        call instanceof MethodInvocationTree invocation ? Symbols.receiver(invocation) : null;
    if (receiver == null || !REMOVALS.contains(method.name.toString())) {
      return null;
    }
    MethodSymbol viewed = Symbols.method(Symbols.strip(receiver));
    return viewed != null
            && VIEWS.contains(viewed.name.toString())
            && methods(viewed.owner).contains("clear")
        ? (MethodInvocationTree) Symbols.strip(receiver)
        : null;
  }

  private ImmutableSet<String> methods(Symbol type) {
    return methods.computeIfAbsent(
        type,
        symbol -> {
          if (symbol.type != null && symbol.type.hasTag(TypeTag.CLASS)) {
            for (Type supertype : types.closure(symbol.type)) {
              ImmutableSet<String> row = TABLE.get(supertype.tsym.getQualifiedName().toString());
              if (row != null) {
                return row;
              }
            }
          }
          return ImmutableSet.of();
        });
  }
}
