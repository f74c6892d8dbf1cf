package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.ExpressionTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.Named;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Term.Returned;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value is another one each time it is made: the clock, randomness, a counter, a thread's
 * or object's identity. Time cut down to a minute or coarser is not: callers do meet in it.
 */
final class Stability {
  private static final double MINUTE = 60;

  private static final ImmutableMap<String, Double> SECONDS_PER_UNIT =
      ImmutableMap.of(
          "currentTimeMillis", 1e-3,
          "millis", 1e-3,
          "toEpochMilli", 1e-3,
          "getTime", 1e-3,
          "nanoTime", 1e-9,
          "read", 1e-9,
          "getEpochSecond", 1.0,
          "toEpochSecond", 1.0);

  /** What these give of a time is the same for a minute at least. */
  private static final Pattern COARSE =
      Pattern.compile(
          "toLocalDate|toMinutes|toHours|toDays|toEpochDay|getMinute|getHour|getYear|getMonth\\w*"
              + "|getDay\\w*");

  private static final ImmutableSet<String> COARSE_UNITS =
      ImmutableSet.of("MINUTES", "HOURS", "HALF_DAYS", "DAYS", "WEEKS", "MONTHS", "YEARS");

  private static final Pattern DATE_FORMATS = Pattern.compile("(ISO(_LOCAL)?|BASIC_ISO)_DATE");

  /** Letters of a date pattern that stand for seconds or less. */
  private static final Pattern FINE_PATTERN = Pattern.compile(".*[sSnNA].*");

  private Stability() {}

  /** The call or change in {@code term} that makes it another value each time; or null. */
  static @Nullable Term unstablePart(Term term) {
    if (term instanceof Named named) {
      return unstablePart(named.value());
    }
    if (term instanceof Returned returned) {
      return unstablePart(returned.value());
    }
    if (term instanceof Call call) {
      return ofCall(call);
    }
    if (term instanceof New object) {
      boolean now = Atoms.of(object).stream().anyMatch(atom -> atom.nature() == Nature.CLOCK);
      return now && object.arguments().isEmpty() ? object : first(object.arguments());
    }
    if (!(term instanceof Op op)) {
      return null;
    }
    if (op.kind() == Kind.COUNT) {
      return op;
    }
    return isBucket(op) || isComparison(op) ? null : first(op.operands());
  }

  private static @Nullable Term first(List<Term> terms) {
    for (Term term : terms) {
      Term found = unstablePart(term);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Term ofCall(Call call) {
    MethodSymbol method = call.method();
    Nature nature = Functions.natureOf(method);
    if (nature.isUnstable()) {
      return call;
    }
    if (method.getReturnType().hasTag(TypeTag.BOOLEAN)
        || nature == Nature.PART
        || COARSE.matcher(method.name).matches()
        || isCut(call)) {
      return null;
    }
    return first(Terms.children(call));
  }

  /** {@code truncatedTo(MINUTES)}, {@code MINUTES.convert(…)}, a format without seconds. */
  private static boolean isCut(Call call) {
    for (Term part : Terms.children(call)) {
      Term value = Terms.value(part);
      if (value instanceof Field field
          && (COARSE_UNITS.contains(field.symbol().name.toString())
              || DATE_FORMATS.matcher(field.symbol().name).matches())) {
        return call.method().name.toString().matches("truncatedTo|convert|format|until|between");
      }
    }
    if (!call.method().name.contentEquals("format")) {
      return false;
    }
    String pattern = datePattern(call);
    return pattern != null && !FINE_PATTERN.matcher(pattern).matches();
  }

  private static @Nullable String datePattern(Term term) {
    Term value = Terms.value(term);
    if (value instanceof Const known) {
      return known.value() instanceof String pattern ? pattern : null;
    }
    if (value instanceof Call || value instanceof New) {
      for (Term child : Terms.children(value)) {
        String pattern = datePattern(child);
        if (pattern != null) {
          return pattern;
        }
      }
    }
    return null;
  }

  /** {@code now / 60_000}, or {@code now - now % 60_000}. */
  private static boolean isBucket(Op op) {
    if (op.kind() == Kind.DIVIDE && op.operands().size() == 2) {
      return width(op) >= MINUTE;
    }
    return op.operands().size() == 2
        && Terms.value(op.operands().get(1)) instanceof Op cut
        && cut.kind() == Kind.REMAINDER
        && width(cut) >= MINUTE;
  }

  /** How many seconds the divisor of an operation on the clock stands for; 0 if that is unknown. */
  private static double width(Op op) {
    if (op.operands().size() != 2
        || !(Terms.value(op.operands().get(1)) instanceof Const known)
        || !(known.value() instanceof Number divisor)) {
      return 0;
    }
    return divisor.doubleValue() * unit(op.operands().get(0));
  }

  private static double unit(Term time) {
    Term value = Terms.value(time);
    if (value instanceof Call call) {
      return SECONDS_PER_UNIT.getOrDefault(call.method().name.toString(), 0.0);
    }
    return value instanceof Op op && op.kind() == Kind.DIVIDE ? width(op) : 0;
  }

  private static boolean isComparison(Op op) {
    if (op.tree() == null) {
      return false;
    }
    return switch (op.tree().getKind()) {
      case LESS_THAN,
          GREATER_THAN,
          LESS_THAN_EQUAL,
          GREATER_THAN_EQUAL,
          EQUAL_TO,
          NOT_EQUAL_TO,
          CONDITIONAL_AND,
          CONDITIONAL_OR,
          LOGICAL_COMPLEMENT,
          INSTANCE_OF ->
          true;
      default -> false;
    };
  }

  /** The static type of a term's value, where it is known. */
  static @Nullable Type typeOf(Term term) {
    Term value = Terms.value(term);
    if (value instanceof Term.Var variable) {
      return variable.symbol().type;
    }
    if (value instanceof Field field) {
      return field.symbol().type;
    }
    if (value instanceof Call call) {
      return call.tree() instanceof ExpressionTree
          ? Symbols.typeOf(call.tree())
          : call.method().getReturnType();
    }
    if (value instanceof New object) {
      return object.type().type;
    }
    return value instanceof Op op && op.tree() != null ? Symbols.typeOf(op.tree()) : null;
  }
}
