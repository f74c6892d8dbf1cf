package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ExpressionTree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** By what somebody else's map or cache finds its keys, and how long it lives. */
final class KeyedMaps {
  private static final Pattern OTHER_EQUALITY =
      Pattern.compile(
          ".*(IdentityHashMap|WeakHashMap|SortedMap|NavigableMap|TreeMap|SkipListMap|EnumMap"
              + "|ReferenceHashMap|ReferenceMap|IdentityMap)|.*\\.(Sorted|Navigable|Tree|Identity)\\w*");

  private static final Pattern OTHER_EQUALITY_MADE =
      Pattern.compile("weakKeys|\\w*[iI]dentity\\w*|\\w*[wW]eak\\w*|comparator|newTreeMap");

  private final Inputs inputs;
  private final Map<VarSymbol, Boolean> otherEquality = new HashMap<>();

  KeyedMaps(Inputs inputs) {
    this.inputs = inputs;
  }

  /** Whether a map goes by identity, or by an order of its own. */
  boolean isOtherwiseEqual(@Nullable ExpressionTree receiver, @Nullable Term group) {
    Type type = receiver == null ? null : Symbols.typeOf(receiver);
    if (type != null && OTHER_EQUALITY.matcher(Symbols.qualifiedName(type)).matches()) {
      return true;
    }
    Term value = group == null ? null : Terms.value(group);
    if (!(value instanceof Field field)) {
      return value != null && goesByOther(value, 0);
    }
    return otherEquality.computeIfAbsent(
        field.symbol(),
        symbol -> inputs.definitions(field).stream().anyMatch(made -> goesByOther(made, 0)));
  }

  private static boolean goesByOther(Term made, int depth) {
    Term value = Terms.value(made);
    if (depth > 12) {
      return false;
    }
    return (value instanceof New object
            && OTHER_EQUALITY.matcher(object.type().getQualifiedName()).matches())
        || (value instanceof Call call && OTHER_EQUALITY_MADE.matcher(call.method().name).matches())
        || Terms.children(value).stream().anyMatch(child -> goesByOther(child, depth + 1));
  }

  /** Whether a map is known to go by equals and hashCode. */
  boolean isPlainHash(@Nullable Term group) {
    Term value = group == null ? null : Terms.value(group);
    ImmutableList<Term> made =
        value instanceof Field field
            ? inputs.definitions(field)
            : value == null ? ImmutableList.of() : ImmutableList.of(value);
    return made.stream()
        .map(Terms::value)
        .anyMatch(
            term ->
                term instanceof New object
                    ? object.type().name.toString().matches("(Linked|Concurrent)?Hash(Map|table)")
                    : term instanceof Call call
                        && call.method().name.contentEquals("build")
                        && call.method().owner.name.toString().matches("Caffeine|CacheBuilder"));
  }

  /**
   * Whether a map outlives the call, and more than one pass by the name of its object: one that a
   * method made, or was given, may be its own.
   */
  static boolean outlivesCall(@Nullable Term group) {
    Term map = group == null ? null : Terms.value(group);
    return map instanceof Call || (map instanceof Field field && !Kept.isBrief(field.symbol()));
  }

  /** Whether a map goes with an object that by its name lives for one pass. */
  static boolean isBrief(@Nullable Term group) {
    return group != null
        && Terms.value(group) instanceof Field field
        && Kept.isBrief(field.symbol());
  }
}
