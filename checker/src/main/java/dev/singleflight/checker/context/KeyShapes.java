package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.api.Declaration;
import dev.singleflight.checker.api.Spel;
import dev.singleflight.checker.context.CachedMethods.Cached;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the keys that two methods of one cache are kept by can be equal. */
final class KeyShapes {
  /** Stores that keep keys as text know no difference between 1 and "1". */
  private static final ImmutableSet<String> SCALARS =
      ImmutableSet.of(
          "java.lang.String",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Short",
          "java.lang.Character",
          "java.lang.Byte",
          "java.util.UUID",
          "java.lang.CharSequence");

  /** Caches keep what these hold, or will. */
  private static final ImmutableSet<String> HOLDERS =
      ImmutableSet.of(
          "java.util.Optional",
          "java.util.concurrent.CompletableFuture",
          "java.util.concurrent.CompletionStage",
          "reactor.core.publisher.Mono",
          "io.smallrye.mutiny.Uni");

  /** Anything may be one of these. */
  private static final ImmutableSet<String> ANY =
      ImmutableSet.of(
          "java.lang.Object", "java.io.Serializable", "java.lang.Comparable", "java.lang.Number");

  private final Inputs inputs;
  private final Types types;
  private final Symtab symtab;

  KeyShapes(VisitorState state) {
    this.inputs = Inputs.of(state);
    this.types = state.getTypes();
    this.symtab = state.getSymtab();
  }

  /** Whether no key of one can be a key of the other, as sure as that can be told. */
  boolean differ(Cached one, Cached other, boolean strict) {
    if (!one.declaration().isKeyKnown() || !other.declaration().isKeyKnown()) {
      return false;
    }
    if (prefixesDiffer(one.declaration().key(), other.declaration().key())) {
      return true;
    }
    ImmutableList<Type> first = parts(one);
    ImmutableList<Type> second = parts(other);
    return first != null
        && second != null
        && (first.size() != second.size()
            || (first.size() == 1 && differ(first.get(0), second.get(0), strict)));
  }

  /** Whether the keys of two are known, and of one kind. */
  boolean mayBeEqual(Cached one, Cached other) {
    return one.declaration().isKeyKnown()
        && other.declaration().isKeyKnown()
        && !differ(one, other, true);
  }

  /** The types of what makes up a key: none, one, or those of a default key; null if unknown. */
  private @Nullable ImmutableList<Type> parts(Cached cached) {
    Spel key = cached.declaration().key();
    ImmutableList<Term> terms = inputs.key(cached.declaration(), cached.tree());
    if (isList(cached.declaration(), key) || key.has(Spel.Missing.class)) {
      return null;
    }
    if (key instanceof Spel.Sum) {
      return prefix(key) == null ? null : ImmutableList.of(symtab.stringType);
    }
    ImmutableList.Builder<Type> parts = ImmutableList.builder();
    for (Term term : terms) {
      Type type =
          key instanceof Spel.Result ? cached.method().getReturnType() : Inputs.typeOf(term);
      if (type == null || key instanceof Spel.Constant || isProperty(key, term)) {
        return null;
      }
      parts.add(types.erasure(types.boxedTypeOrType(type)));
    }
    return parts.build();
  }

  /** Parts that an expression puts together, rather than parameters that are the key each. */
  private static boolean isList(Declaration declaration, Spel key) {
    return key instanceof Spel.All
        && !declaration.isDefaultKey()
        && key.children().stream().anyMatch(part -> !(part instanceof Spel.Parameter));
  }

  /** A property that could not be found is said by what it is of. */
  private static boolean isProperty(Spel key, Term term) {
    return (key instanceof Spel.Property || key instanceof Spel.Call) && term instanceof Term.Var;
  }

  private boolean differ(Type one, Type other, boolean strict) {
    String first = Symbols.qualifiedName(one);
    String second = Symbols.qualifiedName(other);
    if (first.isEmpty() || second.isEmpty() || ANY.contains(first) || ANY.contains(second)) {
      return false;
    }
    if (types.isSubtype(one, other) || types.isSubtype(other, one)) {
      return false;
    }
    boolean interfaces = one.tsym.isInterface() && other.tsym.isInterface();
    boolean scalars = isScalar(one) && isScalar(other);
    return !interfaces && (strict || !scalars);
  }

  private static boolean isScalar(Type type) {
    return SCALARS.contains(Symbols.qualifiedName(type)) || type.tsym.isEnum();
  }

  /** {@code 'user:' + #id} beside {@code 'usr:' + #id}, or beside {@code #id} as it is. */
  private static boolean prefixesDiffer(Spel one, Spel other) {
    String first = prefix(one);
    String second = prefix(other);
    if (first == null || second == null) {
      return (first != null && isBare(other)) || (second != null && isBare(one));
    }
    return !first.startsWith(second) && !second.startsWith(first);
  }

  private static @Nullable String prefix(Spel key) {
    return key instanceof Spel.Sum sum
            && sum.operands().get(0) instanceof Spel.Constant constant
            && !constant.text().isBlank()
        ? constant.text()
        : null;
  }

  /** A property, of which nobody says that it is a key already. */
  private static boolean isBare(Spel key) {
    return key instanceof Spel.Property property
        && !property.name().toLowerCase(Locale.ROOT).contains("key");
  }

  /** Whether calls of two methods have equal keys: they ask by the same, or by nothing. */
  boolean areEqual(Cached one, Cached other) {
    Declaration first = one.declaration();
    Declaration second = other.declaration();
    if (!first.isKeyKnown() || !second.isKeyKnown() || isConditional(first, second)) {
      return false;
    }
    if (!first.keyText().equals(second.keyText())) {
      return false;
    }
    Spel key = first.key();
    boolean names = key instanceof Spel.Constant constant && constant.text().startsWith("method");
    return !names && !hasMethodName(key) && parameters(one).equals(parameters(other));
  }

  private static boolean hasMethodName(Spel key) {
    return (key instanceof Spel.Constant constant
            && constant.text().matches("method|methodName|targetClass|class"))
        || key.children().stream().anyMatch(KeyShapes::hasMethodName);
  }

  /** What decides that one of two is used, and not the other, may be in a condition. */
  private static boolean isConditional(Declaration one, Declaration other) {
    return !one.attribute("condition").isEmpty() || !other.attribute("condition").isEmpty();
  }

  private static String parameters(Cached cached) {
    return cached.declaration().keys().stream()
        .map(i -> cached.method().params().get(i))
        .map(KeyShapes::words)
        .collect(Collectors.joining(", "));
  }

  private static String words(VarSymbol parameter) {
    return parameter.type + " " + parameter.name;
  }

  /** Whether two methods give what could be given for each other. */
  boolean isSameResult(Cached one, Cached other) {
    Type first = kept(one);
    Type second = kept(other);
    return types.isSubtype(first, second)
        || types.isSubtype(second, first)
        || Objects.equals(first.tsym, second.tsym)
        || (first.tsym.isInterface() && second.tsym.isInterface());
  }

  /** What is kept of what a method returns: what is in an optional or a future. */
  private Type kept(Cached cached) {
    Type type = types.boxedTypeOrType(cached.method().getReturnType());
    boolean holds = HOLDERS.contains(Symbols.qualifiedName(type));
    List<Type> held = type.getTypeArguments();
    return types.erasure(holds && held.size() == 1 ? held.get(0) : type);
  }
}
