package dev.singleflight.checker.api;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multimaps;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Flags;
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
 * Which API a method is: a row of the table, one of a model that a library brings, a method
 * annotated {@code @Coalescing} (matched by its simple name, so that no dependency is forced), or
 * one named by the option {@code CoalescingMethods}.
 */
public final class Apis {
  private static final Context.Key<Apis> KEY = new Context.Key<>();

  /** A hand-made memoizer's last step, {@code map.put(key, loaded)}; no method is matched to it. */
  public static final Api MEMO = BuiltIn.MEMO;

  private final Types types;
  private final ImmutableListMultimap<String, Api> byName;
  private final ImmutableSet<String> packages;
  private final ImmutableSet<String> coalescingMethods;

  /** The classes that the option names, as far as they are there. */
  private final ImmutableMap<String, ClassSymbol> namedClasses;

  private final NameTest names;
  private final NameTest annotations = new NameTest(Annotations.SIMPLE_NAMES::contains);

  /** Annotations that may make a method one that coalesces or caches. */
  private final NameTest roles =
      new NameTest(name -> name.equals("Coalescing") || Annotations.SIMPLE_NAMES.contains(name));

  private final Map<MethodSymbol, Optional<Api>> known = new HashMap<>();
  private final Map<MethodSymbol, ImmutableList<Declaration>> declarations = new HashMap<>();

  private Apis(VisitorState state) {
    this.types = state.getTypes();
    ImmutableList<Api> apis =
        ImmutableList.<Api>builder().addAll(BuiltIn.APIS).addAll(Models.of(state)).build();
    this.byName = Multimaps.index(apis, Api::method);
    this.packages = packages(apis);
    this.coalescingMethods = Options.of(state).coalescingMethods();
    this.namedClasses = classes(coalescingMethods, state);
    this.names =
        new NameTest(
            name ->
                byName.containsKey(name)
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

  /** False for nearly all: by their name, and as nothing of interest is written on them. */
  private boolean mayBeApi(MethodSymbol method) {
    if (names.holds(method.name)) {
      return true;
    }
    for (Attribute.Compound annotation : method.getRawAttributes()) {
      if (roles.holds(annotation.type.tsym.name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code method} is an API for which {@code trait} holds. */
  public boolean is(@Nullable MethodSymbol method, Trait trait) {
    Api api = match(method);
    return api != null && api.has(trait);
  }

  private @Nullable Api find(MethodSymbol method) {
    for (Api api : byName.get(method.name.toString())) {
      if (takesLoader(method, api) && isMemberOf(method, api.type())) {
        return api;
      }
    }
    if (Symbols.hasAnnotation(method, "Coalescing") || isNamed(method)) {
      return declared(method);
    }
    for (Declaration declaration : declarations(method)) {
      if (declaration.role() == CacheAnnotation.Role.CACHES) {
        return cached(method, declaration);
      }
    }
    return null;
  }

  /** Whether an overload has the parameters of a row, with something for a loader at its place. */
  private static boolean takesLoader(MethodSymbol method, Api api) {
    if (api.loader() == Api.NO_LOADER) {
      return api.has(Trait.COALESCES)
          || api.has(Trait.FORGETS)
          || method.params().size() >= api.keys().size();
    }
    if (api.loader() >= method.params().size()) {
      return false;
    }
    Type loader = method.params().get(api.loader()).type;
    return api.loaderType().isEmpty()
        ? isCode(loader)
        : Symbols.simpleName(loader).equals(api.loaderType());
  }

  /** What can be a loader: it is there for others to implement. */
  private static boolean isCode(Type type) {
    return type.tsym instanceof ClassSymbol symbol
        && (symbol.isInterface() || (symbol.flags() & Flags.ABSTRACT) != 0);
  }

  private static ImmutableMap<String, ClassSymbol> classes(
      ImmutableSet<String> methods, VisitorState state) {
    ImmutableMap.Builder<String, ClassSymbol> classes = ImmutableMap.builder();
    for (String method : methods) {
      String name = method.substring(0, method.indexOf('#'));
      if (state.getSymbolFromString(name) instanceof ClassSymbol type) {
        classes.put(name, type);
      }
    }
    return classes.buildKeepingLast();
  }

  /**
   * Whether an option names a method, by its own class, by one that declares it too, or by one that
   * inherits it.
   */
  private boolean isNamed(MethodSymbol method) {
    String suffix = "#" + method.name;
    return coalescingMethods.stream()
            .filter(named -> named.endsWith(suffix))
            .map(named -> named.substring(0, named.length() - suffix.length()))
            .anyMatch(type -> isMemberOf(method, type) || inherits(namedClasses.get(type), method))
        && (method.params().stream().anyMatch(parameter -> isFunctional(parameter.type))
            || !hasOverloadWithLoader(method));
  }

  private boolean inherits(@Nullable ClassSymbol type, MethodSymbol method) {
    return type != null && method.isMemberOf(type, types);
  }

  /** Of overloads with a loader and without, the latter only look. */
  private boolean hasOverloadWithLoader(MethodSymbol method) {
    for (Symbol member : method.owner.members().getSymbolsByName(method.name)) {
      if (member instanceof MethodSymbol overload
          && overload.params().stream().anyMatch(p -> isFunctional(p.type))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a cache annotation is written on something. */
  public boolean isAnnotated(Symbol symbol) {
    for (Attribute.Compound annotation : symbol.getRawAttributes()) {
      if (annotations.holds(annotation.type.tsym.name)) {
        return Annotations.isOn(symbol);
      }
    }
    return false;
  }

  /** What the cache annotations on a method, if any, say of it. */
  public ImmutableList<Declaration> declarations(MethodSymbol method) {
    ImmutableList<Declaration> known = declarations.get(method);
    if (known == null) {
      known = isAnnotated(method) ? Declarations.of(method) : ImmutableList.of();
      declarations.put(method, known);
    }
    return known;
  }

  /** By what a cached method is declared to be one; null for any other. */
  public @Nullable Declaration caching(MethodSymbol method) {
    return declarations(method).stream()
        .filter(declaration -> declaration.role() == CacheAnnotation.Role.CACHES)
        .findFirst()
        .orElse(null);
  }

  /** Packages of the libraries in the table, without the JDK's and ours. */
  public ImmutableSet<String> packages() {
    return packages;
  }

  private static ImmutableSet<String> packages(List<Api> apis) {
    ImmutableSet.Builder<String> packages = ImmutableSet.builder();
    apis.forEach(api -> packages.add(packageOf(api.type())));
    Annotations.ROWS.forEach(row -> packages.add(packageOf(row.type())));
    return packages.build().stream()
        .filter(name -> !name.startsWith("java.") && !name.startsWith("dev.singleflight"))
        .collect(ImmutableSet.toImmutableSet());
  }

  /** By convention: names of packages are in lower case, those of types are not. */
  private static String packageOf(String type) {
    int end = 0;
    while (end < type.length() && !Character.isUpperCase(type.charAt(end))) {
      end++;
    }
    return end == 0 ? "" : type.substring(0, end - 1);
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
        "",
        traits.build());
  }

  /** A method that an annotation caches: its body is the loader. */
  private static Api cached(MethodSymbol method, Declaration declaration) {
    return new Api(
        method.owner.getQualifiedName().toString(),
        method.name.toString(),
        declaration.keys(),
        Api.NO_LOADER,
        "",
        ImmutableSet.of(
            Trait.CACHES,
            Trait.DECLARED,
            Trait.SHARES,
            Trait.EXPIRES,
            isFuture(method.getReturnType()) ? Trait.ASYNC : Trait.BLOCKS));
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
