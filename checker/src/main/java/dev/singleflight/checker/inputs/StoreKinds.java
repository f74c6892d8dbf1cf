package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What map or cache a value is, which its declared type often does not say: {@code Map<K, V> users
 * = new ConcurrentHashMap<>()}. One instance for each javac call.
 */
public final class StoreKinds {
  private static final Context.Key<StoreKinds> KEY = new Context.Key<>();
  private static final int MAX_DEPTH = 6;

  /** What a map does while one of its mapping functions runs. */
  public enum Kind {
    /** A {@code ConcurrentHashMap}, or a {@code ConcurrentMap} of which no more is known. */
    CONCURRENT,
    /** A {@code HashMap}, or another one that notices when it is changed meanwhile. */
    HASH,
    CAFFEINE,
    GUAVA,
    /** Known to be none of these. */
    OTHER,
    /** A {@code Map}, and no more is known. */
    UNKNOWN
  }

  /** The types that decide, the most special first. */
  private static final ImmutableMap<String, Kind> TYPES =
      ImmutableMap.<String, Kind>builder()
          .put("com.github.benmanes.caffeine.cache.Cache", Kind.CAFFEINE)
          .put("com.google.common.cache.Cache", Kind.GUAVA)
          .put("java.util.concurrent.ConcurrentHashMap", Kind.CONCURRENT)
          .put("java.util.HashMap", Kind.HASH)
          .put("java.util.TreeMap", Kind.HASH)
          .buildOrThrow();

  /** What makes maps without naming their class. */
  private static final ImmutableMap<String, Kind> MAKERS =
      ImmutableMap.<String, Kind>builder()
          .put("newConcurrentMap", Kind.CONCURRENT)
          .put("newHashMap", Kind.HASH)
          .put("newHashMapWithExpectedSize", Kind.HASH)
          .put("newLinkedHashMap", Kind.HASH)
          .put("newLinkedHashMapWithExpectedSize", Kind.HASH)
          .put("newTreeMap", Kind.HASH)
          .buildOrThrow();

  private final Types types;
  private final Inputs inputs;

  private StoreKinds(VisitorState state) {
    this.types = state.getTypes();
    this.inputs = Inputs.of(state);
  }

  public static StoreKinds of(VisitorState state) {
    StoreKinds kinds = state.context.get(KEY);
    if (kinds == null) {
      kinds = new StoreKinds(state);
      state.context.put(KEY, kinds);
    }
    return kinds;
  }

  /** What a map or cache is: by what it was made as, where the source shows that, or its type. */
  public Kind of(@Nullable Term store) {
    return of(store, 0);
  }

  /**
   * The map or cache itself, under its first name: of {@code cache.asMap()} it is the cache, of
   * {@code Collections.synchronizedMap(map)} the map.
   */
  public @Nullable Term origin(@Nullable Term store) {
    Term value = inputs.origin(store);
    for (int i = 0; i < MAX_DEPTH && value instanceof Call call; i++) {
      Term behind = behind(call);
      if (behind == null) {
        break;
      }
      value = inputs.origin(behind);
    }
    return value;
  }

  /** Whether two are one map, as far as the source shows. */
  public boolean isSame(@Nullable Term one, @Nullable Term other) {
    return isSameObject(origin(one), origin(other));
  }

  private static boolean isSameObject(@Nullable Term one, @Nullable Term other) {
    if (one instanceof Field x && other instanceof Field y) {
      // a field of this object is told by itself, whatever class `this` was seen from
      return x.symbol() == y.symbol()
          && ((isSelf(x.receiver()) && isSelf(y.receiver()))
              || isSameObject(x.receiver(), y.receiver()));
    }
    if (one instanceof New x && other instanceof New y) {
      return x.tree() == y.tree();
    }
    return one == null ? other == null : other != null && Terms.same(one, other);
  }

  private static boolean isSelf(@Nullable Term receiver) {
    return receiver != null && Terms.value(receiver) instanceof Term.Self;
  }

  private static @Nullable Term behind(Call call) {
    String name = call.method().name.toString();
    if (name.equals("asMap") && call.arguments().isEmpty()) {
      return call.receiver();
    }
    return name.equals("synchronizedMap") && call.arguments().size() == 1
        ? call.arguments().get(0)
        : null;
  }

  private Kind of(@Nullable Term store, int depth) {
    Term value = inputs.origin(store);
    if (value == null || depth > MAX_DEPTH) {
      return Kind.UNKNOWN;
    }
    if (value instanceof Call call) {
      Term behind = behind(call);
      if (behind != null) {
        return of(behind, depth + 1);
      }
      Kind made = MAKERS.get(call.method().name.toString());
      if (made != null
          && call.method()
              .owner
              .getQualifiedName()
              .contentEquals("com.google.common.collect.Maps")) {
        return made;
      }
    }
    if (value instanceof Op choice && choice.kind() == Term.Kind.CHOICE) {
      // one that is known tells enough, whatever the map is in other cases
      return choice.operands().stream()
          .map(operand -> of(operand, depth + 1))
          .filter(kind -> kind != Kind.OTHER && kind != Kind.UNKNOWN)
          .findFirst()
          .orElse(Kind.UNKNOWN);
    }
    if (value instanceof New made) {
      Kind known = known(made.type().type);
      return known == Kind.UNKNOWN ? Kind.OTHER : known;
    }
    if (value instanceof Field field) {
      Kind defined = defined(inputs.definitions(field), depth);
      if (defined != Kind.UNKNOWN) {
        return defined;
      }
    }
    return ofType(value instanceof Term.Self self ? self.type().type : Inputs.typeOf(value));
  }

  /** What all that a field is given is; unknown where they differ. */
  private Kind defined(List<Term> definitions, int depth) {
    Kind all = Kind.UNKNOWN;
    for (Term definition : definitions) {
      if (Terms.value(definition) instanceof Term.Const known && known.value() == null) {
        continue;
      }
      Kind one = of(definition, depth + 1);
      if (all != Kind.UNKNOWN && one != all) {
        return Kind.UNKNOWN;
      }
      all = one;
    }
    return all;
  }

  private Kind ofType(@Nullable Type type) {
    Kind known = known(type);
    if (known != Kind.UNKNOWN) {
      return known;
    }
    return switch (Symbols.qualifiedName(type)) {
      case "java.util.concurrent.ConcurrentMap" -> Kind.CONCURRENT;
      case "java.util.Map",
          "java.util.SortedMap",
          "java.util.NavigableMap",
          "java.util.AbstractMap" ->
          Kind.UNKNOWN;
      default -> Kind.OTHER;
    };
  }

  private Kind known(@Nullable Type type) {
    if (type != null && type.hasTag(TypeTag.CLASS)) {
      for (Type supertype : types.closure(type)) {
        Kind kind = TYPES.get(supertype.tsym.getQualifiedName().toString());
        if (kind != null) {
          return kind;
        }
      }
    }
    return Kind.UNKNOWN;
  }
}
