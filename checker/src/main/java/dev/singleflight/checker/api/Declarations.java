package dev.singleflight.checker.api;

import com.google.common.base.Splitter;
import com.google.common.collect.ContiguousSet;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.singleflight.checker.api.CacheAnnotation.Role;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the annotations of a method say of its cache. */
final class Declarations {
  private final MethodSymbol method;
  private final Attribute.@Nullable Compound defaults;
  private final List<Declaration> found = new ArrayList<>();

  private Declarations(MethodSymbol method) {
    this.method = method;
    this.defaults = Annotations.defaults(method.owner);
  }

  static ImmutableList<Declaration> of(MethodSymbol method) {
    if (!Annotations.isOn(method)) {
      return ImmutableList.of();
    }
    Declarations declarations = new Declarations(method);
    method.getRawAttributes().forEach(declarations::read);
    return ImmutableList.copyOf(declarations.found);
  }

  private void read(Attribute.Compound annotation) {
    CacheAnnotation row = Annotations.row(annotation);
    if (row != null) {
      found.add(declaration(row, annotation));
    } else if (Annotations.isContainer(annotation)) {
      for (var pair : annotation.values) {
        if (pair.snd instanceof Attribute.Array array) {
          for (Attribute element : array.values) {
            if (element instanceof Attribute.Compound inner) {
              read(inner);
            }
          }
        }
      }
    }
  }

  private Declaration declaration(CacheAnnotation row, Attribute.Compound annotation) {
    String text = keyText(row, annotation);
    Spel key = key(row, annotation, text);
    ImmutableSet<Integer> keys =
        key.has(Spel.Unseen.class)
            ? ImmutableSet.of()
            : whole(key).stream()
                .filter(i -> isComparedAsIs(i, row, key, text.isEmpty()))
                .collect(ImmutableSet.toImmutableSet());
    return new Declaration(row, annotation, caches(row, annotation), key, text, keys);
  }

  private ImmutableSet<String> caches(CacheAnnotation row, Attribute.Compound annotation) {
    ImmutableSet<String> own = caches(row.names(), annotation);
    if (!own.isEmpty() || defaults == null) {
      return own;
    }
    return caches(row.names(), defaults);
  }

  private static ImmutableSet<String> caches(
      ImmutableSet<String> attributes, Attribute.Compound annotation) {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    attributes.forEach(
        name -> names.addAll(Declaration.texts(Declaration.value(annotation, name))));
    return names.build();
  }

  private String keyText(CacheAnnotation row, Attribute.Compound annotation) {
    return switch (row.keys()) {
      case EXPRESSION ->
          Declaration.texts(Declaration.value(annotation, "key")).stream().findFirst().orElse("");
      case NAMED ->
          String.join(", ", Declaration.texts(Declaration.value(annotation, "parameters")));
      case MARKED -> String.join(", ", marked());
    };
  }

  private List<String> marked() {
    return method.params().stream()
        .filter(parameter -> Symbols.hasAnnotation(parameter, "CacheKey"))
        .map(parameter -> parameter.name.toString())
        .toList();
  }

  private Spel key(CacheAnnotation row, Attribute.Compound annotation, String text) {
    if (row.unseen().stream().anyMatch(name -> isGiven(annotation, name))) {
      return new Spel.Unseen();
    }
    List<String> names = method.params().stream().map(p -> p.name.toString()).toList();
    if (text.isEmpty()) {
      // an expression of the annotation goes before a generator of the class
      boolean generated =
          defaults != null && row.unseen().stream().anyMatch(name -> isGiven(defaults, name));
      return generated || row.role() == Role.EVICTS_ALL ? new Spel.Unseen() : allParameters();
    }
    return row.keys() == CacheAnnotation.Keys.EXPRESSION
        ? SpelParser.parse(text, names)
        : named(text, names);
  }

  private static boolean isGiven(Attribute.Compound annotation, String attribute) {
    Attribute value = Declaration.value(annotation, attribute);
    return value != null && !Declaration.text(value).isEmpty();
  }

  /** What JCache puts into the cache is no part of the key. */
  private Spel allParameters() {
    ImmutableList.Builder<Spel> all = ImmutableList.builder();
    for (VarSymbol parameter : method.params()) {
      if (!Symbols.hasAnnotation(parameter, "CacheValue")) {
        all.add(new Spel.Parameter(method.params().indexOf(parameter)));
      }
    }
    return new Spel.All(all.build());
  }

  private static Spel named(String text, List<String> names) {
    ImmutableList.Builder<Spel> parts = ImmutableList.builder();
    for (String name : Splitter.on(", ").split(text)) {
      int index = names.indexOf(name);
      parts.add(index < 0 ? new Spel.Missing(name) : new Spel.Parameter(index));
    }
    return new Spel.All(parts.build());
  }

  /**
   * Whether a parameter's own equals decides. What puts several into one key, or all that there
   * are, looks into arrays; JetCache writes all that is no plain value as text.
   */
  private boolean isComparedAsIs(int index, CacheAnnotation row, Spel key, boolean isDefault) {
    Type type = method.params().get(index).type;
    if (row.type().startsWith("com.alicp.")) {
      return type.isPrimitive() || Symbols.qualifiedName(type).startsWith("java.lang.");
    }
    boolean raw =
        row.type().startsWith("io.quarkus.")
            ? whole(key).size() == 1
            : row.keys() == CacheAnnotation.Keys.EXPRESSION && !isDefault;
    return raw || !type.hasTag(TypeTag.ARRAY);
  }

  /** The parameters that are in a key as they are: put into a string, they are no more. */
  private ImmutableSet<Integer> whole(Spel key) {
    ImmutableSet.Builder<Integer> whole = ImmutableSet.builder();
    if (key instanceof Spel.Parameter parameter) {
      whole.add(parameter.index());
    } else if (key instanceof Spel.Arguments) {
      whole.addAll(ContiguousSet.closedOpen(0, method.params().size()));
    } else if (key instanceof Spel.All) {
      key.children().forEach(child -> whole.addAll(whole(child)));
    }
    return whole.build();
  }
}
