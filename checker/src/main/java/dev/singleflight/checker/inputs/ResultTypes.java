package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Code;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which types a function's results may have, as narrow as its code shows them. */
public final class ResultTypes {
  private static final int MAX_DEPTH = 8;

  private final Types types;
  private final Symtab symtab;
  private final Inputs inputs;
  private int depth;

  public ResultTypes(VisitorState state, Inputs inputs) {
    this.types = state.getTypes();
    this.symtab = state.getSymtab();
    this.inputs = inputs;
  }

  /**
   * A type that a result may have.
   *
   * @param isExact whether it is of that class, and not of one that extends it
   */
  public record Result(Type type, boolean isExact) {}

  /**
   * What calling a function with arguments may give, null left out; empty where not all is known.
   */
  public ImmutableList<Result> of(Term function, ImmutableList<Term> arguments) {
    List<Result> results = new ArrayList<>();
    List<Term> opaque = new ArrayList<>();
    if (depth >= MAX_DEPTH) {
      return ImmutableList.of();
    }
    depth++;
    try {
      boolean known = true;
      for (Body body : inputs.bodies(function, arguments, opaque)) {
        known &= addBody(body, results);
      }
      for (Term hidden : opaque) {
        known &= addHidden(hidden, results);
      }
      return known ? ImmutableList.copyOf(results) : ImmutableList.of();
    } finally {
      depth--;
    }
  }

  /** What the body of a method gives that is coalesced as it stands. */
  public ImmutableList<Result> of(Body body) {
    List<Result> results = new ArrayList<>();
    return addBody(body, results) ? ImmutableList.copyOf(results) : ImmutableList.of();
  }

  private boolean addBody(Body body, List<Result> results) {
    boolean known = true;
    for (ExpressionTree result : Sources.results(body.function())) {
      known &= add(inputs.evaluate(result, body.scope()), Symbols.typeOf(result), results);
    }
    return known;
  }

  /** A method that cannot be seen into still says what it returns. */
  private boolean addHidden(Term hidden, List<Result> results) {
    if (hidden instanceof Call call && call.tree() instanceof MemberReferenceTree) {
      return add(call, call.method().getReturnType(), results);
    }
    Type type = Inputs.typeOf(hidden);
    Type returned = type == null ? null : returned(type);
    return returned != null && add(returned, false, results);
  }

  private @Nullable Type returned(Type functional) {
    try {
      return functional.tsym != null
              && functional.tsym.isInterface()
              && types.isFunctionalInterface(functional)
          ? types.findDescriptorType(functional).getReturnType()
          : null;
    } catch (Symbol.CompletionFailure | Types.FunctionDescriptorLookupError e) {
      return null;
    }
  }

  /** Adds the types of a term; false where it may have others. */
  private boolean add(Term term, @Nullable Type declared, List<Result> results) {
    Term value = Terms.value(term);
    if (value instanceof Const constant) {
      return constant.value() == null || (declared != null && add(declared, true, results));
    }
    if (value instanceof New object) {
      return add(object.type().type, true, results);
    }
    if (value instanceof Op op && op.kind() == Kind.CHOICE) {
      boolean known = true;
      for (Term operand : op.operands()) {
        known &= add(operand, null, results);
      }
      return known || (declared != null && isTelling(declared) && add(declared, false, results));
    }
    if (value instanceof Op op && op.kind() == Kind.CONCAT) {
      return add(symtab.stringType, true, results);
    }
    if (value instanceof Code) {
      return declared != null && add(declared, false, results);
    }
    if (value instanceof Call call && isOfHiddenClass(call.method())) {
      return add(call.method().getReturnType(), true, results);
    }
    Type own = typeOf(value);
    // a number may have been cast, which changes what it is boxed to
    boolean cast = declared != null && declared.isPrimitive();
    Type type = own != null && isTelling(own) && !cast ? own : declared;
    return type != null && add(type, false, results);
  }

  /**
   * Whether a method of the JDK returns an instance of a class that has no name outside of it: of
   * the type that it declares, and of no other that code can name.
   */
  private static boolean isOfHiddenClass(MethodSymbol method) {
    String type = method.owner.getQualifiedName().toString();
    String name = method.name.toString();
    return switch (type) {
      case "java.util.List", "java.util.Set", "java.util.Map" ->
          name.matches("of|copyOf|ofEntries");
      case "java.util.Collections" -> name.matches("(unmodifiable|empty|singleton|nCopies)\\w*");
      case "java.util.stream.Stream" -> name.equals("toList");
      default -> false;
    };
  }

  private static @Nullable Type typeOf(Term value) {
    if (value instanceof Call call) {
      return call.tree() instanceof MethodInvocationTree tree
              && Symbols.method(tree) == call.method()
          ? Symbols.typeOf(tree)
          : call.method().getReturnType();
    }
    return value instanceof Op op && op.tree() instanceof ExpressionTree tree
        ? Symbols.typeOf(tree)
        : Inputs.typeOf(value);
  }

  private boolean add(Type type, boolean isExact, List<Result> results) {
    if (type.hasTag(TypeTag.VOID) || type.hasTag(TypeTag.BOT)) {
      return true;
    }
    Type boxed = type.isPrimitive() ? types.boxedClass(type).type : types.erasure(type);
    if (!isTelling(boxed)) {
      return false;
    }
    results.add(new Result(boxed, isExact || boxed.isFinal()));
    return true;
  }

  /** Not one that anything may be. */
  private boolean isTelling(Type type) {
    return !type.hasTag(TypeTag.TYPEVAR)
        && !type.hasTag(TypeTag.WILDCARD)
        && !type.isErroneous()
        && type.tsym != symtab.objectType.tsym;
  }

  /** Whether a cast of a result to a type can succeed. */
  public boolean mayBe(Result result, Type target) {
    Type to = target.isPrimitive() ? types.boxedClass(target).type : types.erasure(target);
    return result.isExact()
        ? types.isSubtype(result.type(), to)
        : types.isCastable(result.type(), to)
            && !areExclusive(result.type(), to)
            && !areExclusive(to, result.type());
  }

  /** No class can be both, whose {@code remove} would have to return a boolean and a value. */
  private boolean areExclusive(Type one, Type other) {
    return isA(one, "java.util.Collection") && isA(other, "java.util.Map");
  }

  private boolean isA(Type type, String name) {
    return type.hasTag(TypeTag.CLASS)
        && types.closure(type).stream().anyMatch(t -> Symbols.qualifiedName(t).equals(name));
  }

  /** Whether a cast to a type says anything. */
  public boolean isDemand(Type target) {
    return target.isPrimitive() || isTelling(target);
  }

  /** The method's declared result type, where it is one of its own type variables. */
  public static boolean returnsOwnVariable(MethodSymbol method) {
    return method.getReturnType().hasTag(TypeTag.TYPEVAR)
        && method.getTypeParameters().contains(method.getReturnType().tsym);
  }
}
