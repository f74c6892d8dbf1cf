package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.ArrayAccessTree;
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
  private static final double UNKNOWN_UNIT = 0;

  private static final ImmutableMap<String, Double> SECONDS_PER_UNIT =
      ImmutableMap.of(
          "currentTimeMillis", 1e-3,
          "millis", 1e-3,
          "toEpochMilli", 1e-3,
          "getTime", 1e-3,
          "nanoTime", 1e-9,
          "read", 1e-9,
          "getTimeInMillis", 1e-3,
          "toSecondOfDay", 1.0,
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

  private final Inputs inputs;

  Stability(Inputs inputs) {
    this.inputs = inputs;
  }

  /** The call or change in {@code term} that makes it another value each time; or null. */
  @Nullable Term unstablePart(Term term) {
    if (term instanceof Named named) {
      return unstablePart(named.value());
    }
    if (term instanceof Returned returned) {
      return unstablePart(returned.value());
    }
    if (term instanceof Term.Decided decided) {
      return unstablePart(decided.value());
    }
    if (term instanceof Call call) {
      return ofCall(call);
    }
    if (term instanceof New object) {
      return ofObject(object);
    }
    if (!(term instanceof Op op)) {
      return null;
    }
    if (op.kind() == Kind.COUNT) {
      return op;
    }
    if (op.tree() instanceof ArrayAccessTree) {
      return unstablePart(op.operands().get(0)); // one of so many, whichever comes next
    }
    return isBucket(op) || Terms.isComparison(op) ? null : first(op.operands());
  }

  /** An object that its constructor puts the time into is another one each time as well. */
  private @Nullable Term ofObject(New object) {
    if (object.arguments().isEmpty()
        && Atoms.of(object).stream().anyMatch(atom -> atom.nature() == Nature.CLOCK)) {
      return object;
    }
    if (object.fields().isEmpty()) {
      return first(object.arguments());
    }
    return first(inputs.compared(object));
  }

  private @Nullable Term first(List<Term> terms) {
    for (Term term : terms) {
      Term found = unstablePart(term);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Term ofCall(Call call) {
    MethodSymbol method = call.method();
    Nature nature = Functions.natureOf(method);
    if (nature.isUnstable()) {
      return call;
    }
    if (nature == Nature.PART) {
      // a few letters of something random are still random; of a time they may be the day
      Term part = method.name.contentEquals("substring") ? first(Terms.children(call)) : null;
      return part instanceof Call source && Functions.natureOf(source.method()) == Nature.CLOCK
          ? null
          : part;
    }
    if (method.name.contentEquals("get")
        && call.receiver() != null
        && method.owner.getQualifiedName().toString().matches("java\\.util\\.\\w*List")) {
      return unstablePart(call.receiver());
    }
    if (method.getReturnType().hasTag(TypeTag.BOOLEAN)
        || COARSE.matcher(method.name).matches()
        || isCut(call)) {
      return null;
    }
    return first(Terms.children(call));
  }

  /** {@code truncatedTo(MINUTES)}, {@code MINUTES.convert(…)}, a format without seconds. */
  private boolean isCut(Call call) {
    String name = call.method().name.toString();
    for (Term part : Terms.children(call)) {
      if (Terms.value(part) instanceof Field field
          && COARSE_UNITS.contains(field.symbol().name.toString())) {
        return name.matches("truncatedTo|convert|until|between");
      }
    }
    if (name.equals("floorDiv") && call.arguments().size() == 2) {
      return isWide(call.arguments().get(1), unit(call.arguments().get(0)));
    }
    if (!name.equals("format") || !isDateFormat(call.method())) {
      return false;
    }
    Term formatter = formatter(call);
    if (formatter instanceof Field standard) {
      // of another's formatter nothing is known
      return !standard.symbol().owner.name.contentEquals("DateTimeFormatter")
          || DATE_FORMATS.matcher(standard.symbol().name).matches();
    }
    String pattern = formatter == null ? null : datePattern(formatter);
    return pattern == null || !FINE_PATTERN.matcher(pattern).matches();
  }

  private static boolean isDateFormat(MethodSymbol method) {
    String owner = method.owner.getQualifiedName().toString();
    return owner.startsWith("java.time.") || owner.matches(".*\\.\\w*Date\\w*Format(ter)?");
  }

  /** What says how a time is put into words, followed to where it was made. */
  private @Nullable Term formatter(Call call) {
    for (Term part : Terms.children(call)) {
      Type type = typeOf(part);
      if (type != null && Symbols.simpleName(type).matches(".*Format(ter)?")) {
        Term value = Terms.value(part);
        Term definition = value instanceof Field field ? inputs.definition(field) : null;
        return definition == null ? value : Terms.value(definition);
      }
    }
    return null;
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
    if (op.operands().size() != 2) {
      return false;
    }
    Term left = op.operands().get(0);
    Term right = op.operands().get(1);
    if (op.kind() == Kind.DIVIDE) {
      return isWide(right, unit(left));
    }
    return Terms.value(right) instanceof Op cut
        && cut.kind() == Kind.REMAINDER
        && isWide(cut.operands().get(1), unit(cut.operands().get(0)));
  }

  /** Whether so many units of time are a minute at least, or how many is not known. */
  private static boolean isWide(Term divisor, double unit) {
    return !(Terms.value(divisor) instanceof Const known)
        || !(known.value() instanceof Number number)
        || unit == UNKNOWN_UNIT
        || number.doubleValue() * unit >= MINUTE;
  }

  /** How many seconds the unit of a time is. */
  private static double unit(Term time) {
    Term value = Terms.value(time);
    if (value instanceof Call call) {
      return SECONDS_PER_UNIT.getOrDefault(call.method().name.toString(), UNKNOWN_UNIT);
    }
    if (value instanceof Op op && op.kind() == Kind.NARROW) {
      return unit(op.operands().get(0));
    }
    if (value instanceof Op op
        && op.kind() == Kind.DIVIDE
        && Terms.value(op.operands().get(1)) instanceof Const known
        && known.value() instanceof Number number) {
      return number.doubleValue() * unit(op.operands().get(0));
    }
    return UNKNOWN_UNIT;
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
