// Over 400 lines: each kind of term is a few lines of each of the functions over terms.
package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Code;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Decided;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.Named;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Term.Returned;
import dev.singleflight.checker.inputs.Term.Self;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Making, comparing and substituting terms. */
public final class Terms {
  /** Past this a term is not followed further: it would cost more than it tells. */
  static final int MAX_SIZE = 600;

  private Terms() {}

  public static Term unknown(@Nullable Tree tree) {
    return new Op(Kind.UNKNOWN, ImmutableList.of(), tree);
  }

  /** The term without the names of the variables and helpers it came through, and what chose it. */
  public static Term value(Term term) {
    Term value = term;
    while (true) {
      if (value instanceof Named named) {
        value = named.value();
      } else if (value instanceof Returned returned) {
        value = returned.value();
      } else if (value instanceof Decided decided) {
        value = decided.value();
      } else {
        return value;
      }
    }
  }

  /** The field of {@code receiver}, which is what its constructor was given where that is known. */
  static Term field(@Nullable Term receiver, VarSymbol symbol) {
    if (receiver != null && value(receiver) instanceof New object) {
      Term known = object.fields().get(symbol);
      if (known != null) {
        Term part = new Named(symbol, known);
        // read through a variable, it is what that held when it was made
        return receiver instanceof Named holder ? new Named(holder.symbol(), part) : part;
      }
    }
    return new Field(receiver, symbol);
  }

  /** A call that is not followed, but for a record's accessors, which need no source. */
  static Term call(
      MethodSymbol method, @Nullable Term receiver, ImmutableList<Term> arguments, Tree tree) {
    if (receiver != null && arguments.isEmpty() && Symbols.isRecord(method.owner)) {
      VarSymbol component = component(method);
      if (component != null) {
        return field(receiver, component);
      }
    }
    return new Call(method, receiver, arguments, tree);
  }

  private static @Nullable VarSymbol component(MethodSymbol accessor) {
    for (Symbol member : accessor.owner.members().getSymbolsByName(accessor.name)) {
      if (member instanceof VarSymbol field && !field.isStatic() && Symbols.isField(field)) {
        return field;
      }
    }
    return null;
  }

  /** Operands in order; nested operations of the same associative kind become one. */
  static Term op(Kind kind, List<Term> operands, @Nullable Tree tree) {
    if (kind == Kind.CHOICE && operands.size() == 1) {
      return operands.get(0);
    }
    Term boxed = kind == Kind.ELEMENT && operands.size() == 1 ? boxed(operands.get(0)) : null;
    if (boxed != null) {
      return boxed;
    }
    ImmutableList.Builder<Term> flat = ImmutableList.builder();
    for (Term operand : operands) {
      if (kind == Kind.CONCAT && value(operand) instanceof Op inner && inner.kind() == kind) {
        if (operand instanceof Named named) {
          // the name may say what the parts do not: a tenant, say
          inner.operands().forEach(part -> flat.add(new Named(named.symbol(), part)));
        } else {
          flat.addAll(inner.operands());
        }
      } else {
        flat.add(operand);
      }
    }
    return new Op(kind, flat.build(), tree);
  }

  /** The one value in {@code Optional.of(x)} or {@code Stream.of(x)}; null in any other. */
  private static @Nullable Term boxed(Term container) {
    if (value(container) instanceof Op op && op.kind() == Kind.BOX) {
      return op.operands().get(0);
    }
    return value(container) instanceof Call call
            && call.receiver() == null
            && call.arguments().size() == 1
            && !call.method().isVarArgs()
            && call.method().name.toString().matches("of|ofNullable")
            && call.method()
                .owner
                .getQualifiedName()
                .toString()
                .matches("java\\.util\\.(Optional|List|Set|stream\\.Stream)")
        ? call.arguments().get(0)
        : null;
  }

  /** Whether two terms are bound to have equal values, each time they are evaluated together. */
  public static boolean same(@Nullable Term left, @Nullable Term right) {
    if (left == null || right == null) {
      return left == right;
    }
    Term a = value(left);
    Term b = value(right);
    if (a instanceof Call x && b instanceof Call y) {
      return (x.method() == y.method() || (isListOf(x.method()) && isListOf(y.method())))
          && !Functions.isVolatile(x.method())
          && same(x.receiver(), y.receiver())
          && sameAll(x.arguments(), y.arguments());
    }
    if (a instanceof Field x && b instanceof Field y) {
      return x.symbol() == y.symbol() && same(x.receiver(), y.receiver());
    }
    if (a instanceof New x && b instanceof New y) {
      return x.type() == y.type()
          && !x.arguments().isEmpty()
          && sameAll(x.arguments(), y.arguments());
    }
    if (a instanceof Op x && b instanceof Op y) {
      return x.kind() == y.kind()
          && x.kind() != Kind.UNKNOWN
          && x.kind() != Kind.COUNT
          && sameOperator(x, y)
          && sameAll(parts(x), parts(y));
    }
    Term onlyA = onlyText(a);
    if (onlyA != null) {
      return same(onlyA, b);
    }
    Term onlyB = onlyText(b);
    if (onlyB != null) {
      return same(a, onlyB);
    }
    if (a instanceof New x) {
      return isMadeOf(x, b);
    }
    if (b instanceof New y) {
      return isMadeOf(y, a);
    }
    if (a instanceof Code x && b instanceof Code y) {
      return x.tree() == y.tree();
    }
    if (a instanceof Const x && b instanceof Const y) {
      return Objects.equals(x.value(), y.value());
    }
    return (a instanceof Var || a instanceof Self) && a.equals(b);
  }

  /** The string that a concatenation adds nothing to; null where it is not one. */
  private static @Nullable Term onlyText(Term term) {
    if (!(term instanceof Op op) || op.kind() != Kind.CONCAT) {
      return null;
    }
    ImmutableList<Term> parts = parts(op);
    return parts.size() == 1
            && (parts.get(0) instanceof Const
                || Symbols.qualifiedName(Stability.typeOf(parts.get(0))).equals("java.lang.String"))
        ? parts.get(0)
        : null;
  }

  /** {@code new Ref(r.tenant(), r.id())} is equal to {@code r}: all that is in it comes from it. */
  private static boolean isMadeOf(New made, Term other) {
    Type type = Stability.typeOf(other);
    if (type == null || type.tsym != made.type()) {
      return false;
    }
    int fields = 0;
    for (Symbol member : made.type().members().getSymbols()) {
      if (member instanceof VarSymbol field && !field.isStatic()) {
        fields++;
        if (!same(made.fields().get(field), new Field(other, field))) {
          return false;
        }
      }
    }
    return fields > 0 && KeyTypes.hasEquals(made.type());
  }

  /** {@code List.of} and {@code Arrays.asList} of equal elements are equal. */
  private static boolean isListOf(MethodSymbol method) {
    String owner = method.owner.getQualifiedName().toString();
    return (owner.equals("java.util.List") && method.name.contentEquals("of"))
        || (owner.equals("java.util.Arrays") && method.name.contentEquals("asList"));
  }

  private static boolean sameOperator(Op x, Op y) {
    return switch (x.kind()) {
      case CONCAT -> true;
      case ELEMENT, CHOICE -> x.tree() == y.tree();
      default -> x.tree() != null && y.tree() != null && x.tree().getKind() == y.tree().getKind();
    };
  }

  /** The parts of a concatenation with neighbouring constants joined and empty ones left out. */
  static ImmutableList<Term> parts(Op op) {
    if (op.kind() != Kind.CONCAT) {
      return op.operands();
    }
    ImmutableList.Builder<Term> parts = ImmutableList.builder();
    StringBuilder constant = new StringBuilder();
    for (Term operand : op.operands()) {
      if (value(operand) instanceof Const known && known.value() != null) {
        constant.append(known.value());
        continue;
      }
      if (constant.length() > 0) {
        parts.add(new Const(constant.toString()));
        constant.setLength(0);
      }
      parts.add(operand);
    }
    if (constant.length() > 0) {
      parts.add(new Const(constant.toString()));
    }
    return parts.build();
  }

  private static boolean sameAll(List<Term> left, List<Term> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!same(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The term with what is now known of its parameters and of {@code this}. */
  static Term substitute(Term term, Map<VarSymbol, Term> bound, @Nullable Term self) {
    if (term instanceof Const) {
      return term;
    }
    if (term instanceof Var variable) {
      return bound.getOrDefault(variable.symbol(), term);
    }
    if (term instanceof Self) {
      return self == null ? term : self;
    }
    if (term instanceof Field field) {
      return field.receiver() == null
          ? field
          : field(substitute(field.receiver(), bound, self), field.symbol());
    }
    if (term instanceof Named named) {
      return new Named(named.symbol(), substitute(named.value(), bound, self));
    }
    if (term instanceof Returned returned) {
      return new Returned(
          returned.method(), substitute(returned.value(), bound, self), returned.tree());
    }
    if (term instanceof Decided decided) {
      return new Decided(
          substitute(decided.value(), bound, self), substituteAll(decided.by(), bound, self));
    }
    if (term instanceof Call call) {
      return call(
          call.method(),
          call.receiver() == null ? null : substitute(call.receiver(), bound, self),
          substituteAll(call.arguments(), bound, self),
          call.tree());
    }
    if (term instanceof New object) {
      ImmutableMap.Builder<VarSymbol, Term> fields = ImmutableMap.builder();
      object.fields().forEach((k, v) -> fields.put(k, substitute(v, bound, self)));
      return new New(
          object.type(),
          substituteAll(object.arguments(), bound, self),
          fields.buildOrThrow(),
          object.tree(),
          object.around() == null
              ? null
              : object.around().map(t -> substitute(t, bound, self)).with(bound));
    }
    if (term instanceof Code code) {
      return new Code(code.tree(), code.scope().map(t -> substitute(t, bound, self)).with(bound));
    }
    Op op = (Op) term;
    ImmutableList<Term> operands = substituteAll(op.operands(), bound, self);
    @SuppressWarnings("ReferenceEquality") // the same list means that nothing was filled in
    boolean same = operands == op.operands();
    return same ? op : op(op.kind(), operands, op.tree());
  }

  /** Whether an operation only says whether something holds of its operands. */
  static boolean isComparison(Op op) {
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

  /** Whether a term tells only a part of what it is made of: a length, whether something holds. */
  static boolean isPart(Term term) {
    return (term instanceof Op op && isComparison(op))
        || (term instanceof Call call && Functions.natureOf(call.method()) == Nature.PART);
  }

  private static ImmutableList<Term> substituteAll(
      ImmutableList<Term> terms, Map<VarSymbol, Term> bound, @Nullable Term self) {
    if (terms.isEmpty()) {
      return terms;
    }
    ImmutableList.Builder<Term> all = ImmutableList.builderWithExpectedSize(terms.size());
    boolean same = true;
    for (Term term : terms) {
      Term known = substitute(term, bound, self);
      same &= known == term;
      all.add(known);
    }
    return same ? terms : all.build();
  }

  /** The term; unknown where it has grown too large to go on with. */
  static Term bounded(Term term) {
    return size(term) >= MAX_SIZE ? unknown(null) : term;
  }

  /** How many nodes a term has, counted up to {@link #MAX_SIZE}. */
  static int size(Term term) {
    return size(term, MAX_SIZE);
  }

  private static int size(Term term, int budget) {
    int size = 1;
    for (Term child : held(term)) {
      if (size >= budget) {
        break;
      }
      size += size(child, budget - size);
    }
    return size;
  }

  /** What there is to walk in a term: what it is made of, and what its fields or its code know. */
  private static Iterable<Term> held(Term term) {
    if (term instanceof New object) {
      return Iterables.concat(
          object.arguments(),
          object.fields().values(),
          object.around() == null ? ImmutableList.of() : object.around().held());
    }
    return term instanceof Code code ? code.scope().held() : children(term);
  }

  /** The terms that a term is directly made of. */
  public static ImmutableList<Term> children(Term term) {
    if (term instanceof Named named) {
      return ImmutableList.of(named.value());
    }
    if (term instanceof Returned returned) {
      return ImmutableList.of(returned.value());
    }
    if (term instanceof Decided decided) {
      return ImmutableList.<Term>builder().add(decided.value()).addAll(decided.by()).build();
    }
    if (term instanceof Field field) {
      return field.receiver() == null ? ImmutableList.of() : ImmutableList.of(field.receiver());
    }
    if (term instanceof Call call) {
      return call.receiver() == null
          ? call.arguments()
          : ImmutableList.<Term>builder().add(call.receiver()).addAll(call.arguments()).build();
    }
    if (term instanceof New object) {
      return object.arguments();
    }
    return term instanceof Op op ? op.operands() : ImmutableList.of();
  }
}
