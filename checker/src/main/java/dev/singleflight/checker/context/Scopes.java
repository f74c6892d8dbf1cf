package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableSet;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How often a framework makes the objects of a class, by its annotations. */
final class Scopes {
  private static final ImmutableSet<String> REQUEST =
      ImmutableSet.of("RequestScope", "RequestScoped", "Prototype");

  /** What a class may carry that says nothing about who makes its objects. */
  private static final ImmutableSet<String> PLAIN =
      ImmutableSet.of(
          "SuppressWarnings",
          "Deprecated",
          "FunctionalInterface",
          "ThreadSafe",
          "NotThreadSafe",
          "Immutable",
          "NullMarked",
          "Generated",
          "CheckReturnValue",
          "Path",
          "Consumes",
          "Tag");

  private Scopes() {}

  /** Whether each request has an object of its own. */
  static boolean isPerRequest(ClassSymbol type, Sources sources) {
    return isRequestScoped(type) || isResource(type, sources);
  }

  /** Whether a class or factory method is annotated to make one for each request or injection. */
  static boolean isRequestScoped(Symbol symbol) {
    for (Attribute.Compound annotation : symbol.getRawAttributes()) {
      String name = annotation.type.tsym.name.toString();
      if (REQUEST.contains(name)) {
        return true;
      }
      if (name.equals("Scope")) {
        String value = annotation.values.toString().toLowerCase(Locale.ROOT);
        return value.contains("request") || value.contains("prototype");
      }
    }
    return false;
  }

  /** A JAX-RS resource, which the container makes for each request unless told otherwise. */
  private static boolean isResource(ClassSymbol type, Sources sources) {
    if (!Symbols.hasAnnotation(type, "Path") || type.isInterface() || isMadeByFramework(type)) {
      return false;
    }
    List<Sources.Creation> creations = sources.creations(type);
    return creations != null
        && creations.isEmpty()
        && constructors(type).stream()
            .allMatch(c -> c.params().isEmpty() || Symbols.hasAnnotation(c, "Inject"));
  }

  /** Whether a framework may make objects of a class, and keep them. */
  static boolean isMadeByFramework(ClassSymbol type) {
    return type.getRawAttributes().stream()
        .anyMatch(annotation -> !PLAIN.contains(annotation.type.tsym.name.toString()));
  }

  static boolean isInjected(ClassSymbol type) {
    return constructors(type).stream().anyMatch(c -> !c.getRawAttributes().isEmpty());
  }

  private static List<MethodSymbol> constructors(@Nullable ClassSymbol type) {
    return type == null
        ? List.of()
        : com.google.common.collect.ImmutableList.copyOf(type.members().getSymbols()).stream()
            .filter(m -> m instanceof MethodSymbol)
            .map(m -> (MethodSymbol) m)
            .filter(MethodSymbol::isConstructor)
            .toList();
  }
}
