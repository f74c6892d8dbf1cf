package dev.singleflight.checker.inputs;

import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether the keys of two calls can be equal. */
public final class KeySpaces {
  private KeySpaces() {}

  /**
   * Whether two keys are built alike, so that equal values give equal keys. What differs in a
   * constant part, a separator, a type or an enum constant does not meet.
   */
  public static boolean meet(Term one, Term other) {
    Term a = Terms.value(one);
    Term b = Terms.value(other);
    if (Terms.same(a, b)) {
      return true;
    }
    if (a instanceof Op op && op.kind() == Kind.CHOICE) {
      return op.operands().stream().anyMatch(operand -> meet(operand, b));
    }
    if (b instanceof Op op && op.kind() == Kind.CHOICE) {
      return op.operands().stream().anyMatch(operand -> meet(a, operand));
    }
    if (a instanceof Const x && b instanceof Const y) {
      return Objects.equals(x.value(), y.value());
    }
    if (a instanceof New x && b instanceof New y) {
      return x.type() == y.type() && meetAll(x.arguments(), y.arguments());
    }
    if (a instanceof Op x && b instanceof Op y) {
      return x.kind() == y.kind()
          && x.kind() != Kind.UNKNOWN
          && meetAll(Terms.parts(x), Terms.parts(y));
    }
    if (isBuilt(a) || isBuilt(b)) {
      return a instanceof Call x
          && b instanceof Call y
          && x.method() == y.method()
          && meetAll(x.arguments(), y.arguments());
    }
    return isPlain(a) && isPlain(b) && ofOneType(Inputs.typeOf(a), Inputs.typeOf(b));
  }

  private static boolean meetAll(List<Term> one, List<Term> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!meet(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Made of parts that the code shows. */
  private static boolean isBuilt(Term term) {
    return term instanceof New
        || term instanceof Op
        || term instanceof Const
        || (term instanceof Call call && call.receiver() == null && !call.arguments().isEmpty());
  }

  /** A value of which nothing but the type is known: a parameter, an accessor's. */
  private static boolean isPlain(Term term) {
    boolean constant =
        term instanceof Field field
            && (field.symbol().isEnum()
                || (field.symbol().isStatic() && Symbols.isFinal(field.symbol())));
    return !constant && !isBuilt(term);
  }

  private static boolean ofOneType(@Nullable Type one, @Nullable Type other) {
    String name = Symbols.qualifiedName(one);
    return !name.isEmpty()
        && name.equals(Symbols.qualifiedName(other))
        && !name.equals("java.lang.Object")
        && !name.equals("java.util.UUID"); // unique among all things that have one
  }
}
