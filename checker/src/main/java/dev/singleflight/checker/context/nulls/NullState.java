package dev.singleflight.checker.context.nulls;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known at one point of the code, on one way to it: of variables and other expressions,
 * under the words by which the code names them, and of conditions.
 */
final class NullState {
  /** How many ways are told apart before they count as one. */
  private static final int MAX_WAYS = 6;

  /** How much is remembered at once; what is forgotten is not known. */
  private static final int MAX_VALUES = 300;

  private final Map<String, NullValue> values;
  private final Map<String, Boolean> conditions;

  /** What variables were given, by the words for it: what is found out of one holds for both. */
  private final Map<String, String> aliases;

  /** Whether the code does not go on from here: a call that never returns. */
  private boolean ended;

  NullState() {
    this(new HashMap<>(), new HashMap<>(), new HashMap<>());
  }

  private NullState(
      Map<String, NullValue> values, Map<String, Boolean> conditions, Map<String, String> aliases) {
    this.values = values;
    this.conditions = conditions;
    this.aliases = aliases;
  }

  NullState copy() {
    NullState copy =
        new NullState(new HashMap<>(values), new HashMap<>(conditions), new HashMap<>(aliases));
    copy.ended = ended;
    return copy;
  }

  @Nullable NullValue value(@Nullable String words) {
    return words == null ? null : values.get(words);
  }

  void put(@Nullable String words, NullValue value) {
    if (words != null) {
      if (values.size() >= MAX_VALUES) {
        values.clear();
        conditions.clear();
        aliases.clear();
      }
      values.put(words, value);
      String alias = value.kind() == NullValue.Kind.NEVER ? aliases.get(words) : null;
      if (alias != null) {
        values.put(alias, value);
      }
    }
  }

  /** Notes that a variable was given what these words give. */
  void alias(String variable, @Nullable String words) {
    if (words != null && words.contains(".") && !mentions(words, variable)) {
      aliases.put(variable, words);
    }
  }

  @Nullable Boolean condition(String words) {
    return conditions.get(words);
  }

  void assume(String words, boolean holds) {
    conditions.put(words, holds);
  }

  /** Gives a variable a new value: what was known by its name is known no more. */
  void assign(String variable, NullValue value) {
    values.keySet().removeIf(words -> mentions(words, variable));
    conditions.keySet().removeIf(words -> mentions(words, variable));
    aliases.remove(variable);
    aliases.values().removeIf(words -> mentions(words, variable));
    put(variable, value);
  }

  private static boolean mentions(String words, String variable) {
    for (int at = words.indexOf(variable); at >= 0; at = words.indexOf(variable, at + 1)) {
      int end = at + variable.length();
      boolean starts = at == 0 || !isPartOfName(words.charAt(at - 1));
      if (starts && (end == words.length() || !isPartOfName(words.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPartOfName(char c) {
    return Character.isJavaIdentifierPart(c) || c == '"';
  }

  /** What calls answered may be otherwise when they are made again. */
  void forgetAnswers() {
    conditions.keySet().removeIf(words -> words.contains("("));
  }

  /** Takes over what is known on another way. */
  void become(NullState other) {
    values.clear();
    values.putAll(other.values);
    conditions.clear();
    conditions.putAll(other.conditions);
    aliases.clear();
    aliases.putAll(other.aliases);
  }

  void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NullState state
        && values.equals(state.values)
        && conditions.equals(state.conditions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(values, conditions);
  }

  /** Ways that meet: kept apart while they are few, so that what depends on another stays known. */
  static List<NullState> merge(List<NullState> ways) {
    Set<NullState> distinct = new LinkedHashSet<>(ways);
    List<NullState> merged = new ArrayList<>(distinct);
    while (merged.size() > MAX_WAYS) {
      NullState last = merged.remove(merged.size() - 1);
      NullState before = merged.remove(merged.size() - 1);
      merged.add(before.join(last));
    }
    return merged;
  }

  private NullState join(NullState other) {
    NullState joined = new NullState();
    values.forEach(
        (words, value) -> {
          NullValue there = other.values.get(words);
          if (there != null) {
            joined.values.put(words, NullValue.join(value, there));
          }
        });
    aliases.forEach(
        (variable, words) -> {
          if (words.equals(other.aliases.get(variable))) {
            joined.aliases.put(variable, words);
          }
        });
    conditions.forEach(
        (words, holds) -> {
          if (holds.equals(other.conditions.get(words))) {
            joined.conditions.put(words, holds);
          }
        });
    return joined;
  }
}
