package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Decided;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What decides which of several values is taken: conditions and switches.
 *
 * <p>Whether something is there at all decides nothing here: {@code tenant == null ? "public" :
 * tenant} is a default, and tells what the tenant itself tells. Between constants it is all that
 * there is to tell.
 */
final class Deciders {
  private static final Pattern PRESENCE =
      Pattern.compile(
          "is(Not|Non)?(Null|Empty|Blank|Present)(OrEmpty|OrBlank)?|nonNull|has(Text|Length)"
              + "|(is)?StringEmpty|nullToEmpty");

  /** What says how something is done, and not what comes of it. */
  private static final Pattern MEANS =
      Pattern.compile(
          ".*(Executor(Service)?|Scheduler|Logger|Timer|Counter|Level)|Duration|TimeUnit"
              + "|ThreadFactory|Priority");

  /** How deep what decides is itself decided before that is not followed: it could double. */
  private static final int MAX_DEPTH = 3;

  private final Inputs inputs;
  private int depth;

  Deciders(Inputs inputs) {
    this.inputs = inputs;
  }

  /** One of {@code values}, which the code takes by {@code conditions}, as they hold in scope. */
  Term choice(List<Term> values, List<ExpressionTree> conditions, @Nullable Tree at, Scope scope) {
    Term choice = Terms.op(Kind.CHOICE, values, at);
    if (values.size() < 2
        || conditions.isEmpty()
        || depth >= MAX_DEPTH
        || values.stream()
            .anyMatch(v -> MEANS.matcher(Symbols.simpleName(Stability.typeOf(v))).matches())) {
      return choice;
    }
    depth++;
    try {
      List<Term> by = new ArrayList<>();
      boolean constants = values.stream().allMatch(Deciders::isSomething);
      Set<Tree> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      for (ExpressionTree condition : conditions) {
        if (seen.add(condition)) {
          collect(inputs.evaluate(condition, scope), condition, constants, by);
        }
      }
      return by.isEmpty() ? choice : new Decided(choice, ImmutableList.copyOf(by));
    } finally {
      depth--;
    }
  }

  /** The values of a function's results, which the conditions around its returns decide between. */
  Term results(List<ExpressionTree> results, List<Term> values, @Nullable Tree at, Scope scope) {
    Member member = scope.member();
    List<ExpressionTree> conditions = new ArrayList<>();
    if (member != null && values.size() > 1) {
      results.forEach(result -> conditions.addAll(member.flow().conditions(result, null)));
    }
    return choice(values, conditions, at, scope);
  }

  /** What decides which of several values a term is, as far as that is on its surface. */
  static ImmutableList<Term> of(Term term) {
    Term at = term;
    while (!(at instanceof Decided decided)) {
      if (at instanceof Term.Named named) {
        at = named.value();
      } else if (at instanceof Term.Returned returned) {
        at = returned.value();
      } else {
        return ImmutableList.of();
      }
    }
    return decided.by();
  }

  /** Adds what a condition asks for, other than whether something is there at all. */
  static void collect(Term condition, Tree at, List<Term> by) {
    collect(condition, at, false, by);
  }

  private static void collect(Term condition, Tree at, boolean presence, List<Term> by) {
    Term value = Terms.value(condition);
    if (value instanceof Op op && isLogical(op)) {
      op.operands().forEach(operand -> collect(operand, at, presence, by));
      return;
    }
    if (value instanceof Const || (isPresence(value) && !presence)) {
      return;
    }
    // which branch of a switch is taken is a part of what is known of its subject
    boolean whole = Terms.isPart(value) || isBoolean(value);
    by.add(whole ? condition : Terms.op(Kind.COMBINE, List.of(condition), at));
  }

  /** Whether a condition is a value of two: which branch is taken tells all of it. */
  static boolean isBoolean(Term condition) {
    Term value = Terms.value(condition);
    Type type = value instanceof Op ? null : Stability.typeOf(value);
    return type != null && type.hasTag(TypeTag.BOOLEAN) && !Terms.isPart(value);
  }

  private static boolean isLogical(Op op) {
    return op.tree() != null
        && switch (op.tree().getKind()) {
          case CONDITIONAL_AND, CONDITIONAL_OR, LOGICAL_COMPLEMENT, AND, OR -> true;
          default -> false;
        };
  }

  /** Asks whether something is there: null checks, empty strings. */
  private static boolean isPresence(Term value) {
    if (value instanceof Call call) {
      return PRESENCE.matcher(call.method().name).matches()
          || (call.method().name.contentEquals("equals")
              && Terms.children(call).stream().anyMatch(Deciders::isNothing));
    }
    return value instanceof Op op
        && Terms.isComparison(op)
        && op.operands().stream().anyMatch(Deciders::isNothing);
  }

  /** A constant, and so no value that another is the default of. */
  private static boolean isSomething(Term term) {
    return Terms.value(term) instanceof Const known && known.value() != null;
  }

  private static boolean isNothing(Term term) {
    if (Terms.value(term) instanceof Call call) {
      return call.method().name.toString().matches("length|size");
    }
    return Terms.value(term) instanceof Const known
        && (known.value() == null || known.value().equals(""));
  }
}
