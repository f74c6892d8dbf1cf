package dev.singleflight.checker.api;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multimaps;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.source.NameTest;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which API a method is: a row of the table, a method annotated {@code @Coalescing} (matched by its
 * simple name, so that no dependency is forced), or one named by the option {@code
 * CoalescingMethods}.
 */
public final class Apis {
  private static final Context.Key<Apis> KEY = new Context.Key<>();
  private static final ImmutableListMultimap<String, Api> BY_NAME =
      Multimaps.index(BuiltIn.APIS, Api::method);

  /** A hand-made memoizer's last step, {@code map.put(key, loaded)}; no method is matched to it. */
  public static final Api MEMO = BuiltIn.MEMO;

  private final Types types;
  private final ImmutableSet<String> coalescingMethods;
  private final NameTest names;
  private final Map<MethodSymbol, Optional<Api>> known = new HashMap<>();

  private Apis(VisitorState state) {
    this.types = state.getTypes();
    this.coalescingMethods = Options.of(state).coalescingMethods();
    this.names =
        new NameTest(
            name ->
                BY_NAME.containsKey(name)
                    || coalescingMethods.stream().anyMatch(method -> method.endsWith("#" + name)));
  }

  public static Apis of(VisitorState state) {
    Apis apis = state.context.get(KEY);
    if (apis == null) {
      apis = new Apis(state);
      state.context.put(KEY, apis);
    }
    return apis;
  }

  /** The API that {@code method} is, or null. */
  public @Nullable Api match(@Nullable MethodSymbol method) {
    if (method == null || !mayBeApi(method)) {
      return null;
    }
    return known.computeIfAbsent(method, m -> Optional.ofNullable(find(m))).orElse(null);
  }

  /** False for nearly all: by their name, and as nothing is written on them. */
  private boolean mayBeApi(MethodSymbol method) {
    return !method.getRawAttributes().isEmpty() || names.holds(method.name);
  }

  /** Whether {@code method} is an API for which {@code trait} holds. */
  public boolean is(@Nullable MethodSymbol method, Trait trait) {
    Api api = match(method);
    return api != null && api.has(trait);
  }

  private @Nullable Api find(MethodSymbol method) {
    for (Api api : BY_NAME.get(method.name.toString())) {
      if (api.loader() < method.params().size() && isMemberOf(method, api.type())) {
        return api;
      }
    }
    boolean named = coalescingMethods.contains(method.owner.getQualifiedName() + "#" + method.name);
    return named || Symbols.hasAnnotation(method, "Coalescing") ? declared(method) : null;
  }

  private boolean isMemberOf(MethodSymbol method, String type) {
    for (Type supertype : types.closure(method.owner.type)) {
      if (supertype.tsym.getQualifiedName().contentEquals(type)) {
        return true;
      }
    }
    return false;
  }

  /** A user's own method: its parameters say what they are, by annotation or by their type. */
  private Api declared(MethodSymbol method) {
    List<VarSymbol> parameters = method.params();
    ImmutableSet.Builder<Integer> annotated = ImmutableSet.builder();
    int loader = Api.NO_LOADER;
    for (int i = 0; i < parameters.size(); i++) {
      VarSymbol parameter = parameters.get(i);
      if (Symbols.hasAnnotation(parameter, "Key")) {
        annotated.add(i);
      } else if (Symbols.hasAnnotation(parameter, "LoaderArgument")
          || (loader == Api.NO_LOADER && isFunctional(parameter.type))) {
        loader = i;
      }
    }
    ImmutableSet<Integer> keys = annotated.build();
    if (keys.isEmpty() && loader == Api.NO_LOADER) {
      keys = ContiguousSet.closedOpen(0, parameters.size()); // coalesced as it stands: all of them
    } else if (keys.isEmpty() && loader != 0) {
      keys = ImmutableSet.of(0);
    }
    ImmutableSet.Builder<Trait> traits = ImmutableSet.<Trait>builder().add(Trait.COALESCES);
    traits.add(isFuture(method.getReturnType()) ? Trait.ASYNC : Trait.BLOCKS);
    if (loader == Api.NO_LOADER) {
      traits.add(Trait.DECLARED);
    }
    return new Api(
        method.owner.getQualifiedName().toString(),
        method.name.toString(),
        keys,
        loader,
        traits.build());
  }

  private boolean isFunctional(Type type) {
    Symbol symbol = type.tsym;
    if (!(symbol instanceof ClassSymbol) || !symbol.isInterface()) {
      return false;
    }
    try {
      return types.isFunctionalInterface(type);
    } catch (Symbol.CompletionFailure e) {
      return false;
    }
  }

  private static boolean isFuture(Type type) {
    String name = Symbols.qualifiedName(type);
    return name.equals("java.util.concurrent.CompletableFuture")
        || name.equals("java.util.concurrent.CompletionStage")
        || name.equals("java.util.concurrent.Future")
        || name.equals("com.google.common.util.concurrent.ListenableFuture");
  }

  /**
   * Whether a method is the one by which a cache loads a single entry, for which it holds that
   * entry's lock; entries loaded in bulk, or again, it loads without.
   */
  public static boolean isCacheLoaderMethod(MethodSymbol method, VisitorState state) {
    if (!method.name.contentEquals("load")) {
      return false;
    }
    for (MethodSymbol overridden : ASTHelpers.findSuperMethods(method, state.getTypes())) {
      String owner = overridden.owner.getQualifiedName().toString();
      if (owner.equals("com.github.benmanes.caffeine.cache.CacheLoader")
          || owner.equals("com.google.common.cache.CacheLoader")) {
        return true;
      }
    }
    return false;
  }
}
