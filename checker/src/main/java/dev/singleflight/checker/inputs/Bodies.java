package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodTree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.tree.JCTree.JCMemberReference;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Code;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Term.Self;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources.FieldWrite;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which code a functional value runs: a lambda, a method reference, an object with one method. */
final class Bodies {
  private static final int MAX_DEPTH = 8;

  private final Inputs inputs;

  Bodies(Inputs inputs) {
    this.inputs = inputs;
  }

  /**
   * The code that calling {@code functional} with {@code arguments} runs.
   *
   * @param opaque takes the calls whose code cannot be seen
   */
  List<Body> of(Term functional, ImmutableList<Term> arguments, List<Term> opaque) {
    List<Body> bodies = new ArrayList<>();
    collect(functional, arguments, bodies, opaque, 0);
    return bodies;
  }

  private void collect(
      Term functional,
      ImmutableList<Term> arguments,
      List<Body> bodies,
      List<Term> opaque,
      int depth) {
    Term value = Terms.value(functional);
    if (depth > MAX_DEPTH) {
      return;
    }
    if (value instanceof Code code && code.tree() instanceof LambdaExpressionTree lambda) {
      Map<VarSymbol, Term> bound = new HashMap<>();
      for (int i = 0; i < lambda.getParameters().size() && i < arguments.size(); i++) {
        VarSymbol parameter = Symbols.variable(lambda.getParameters().get(i));
        if (parameter != null) {
          bound.put(parameter, new Term.Named(parameter, arguments.get(i)));
        }
      }
      bodies.add(new Body(lambda, code.scope().with(bound)));
    } else if (value instanceof Code code && code.tree() instanceof MemberReferenceTree reference) {
      reference(reference, code.scope(), arguments, bodies, opaque, depth);
    } else if (value instanceof New object) {
      object(object, arguments, bodies, opaque);
    } else if (value instanceof Op op && op.kind() == Kind.CHOICE) {
      op.operands().forEach(o -> collect(o, arguments, bodies, opaque, depth + 1));
    } else if (value instanceof Field field) {
      Term definition = definition(field);
      if (definition != null) {
        collect(definition, arguments, bodies, opaque, depth + 1);
      } else {
        opaque.add(functional);
      }
    } else if (value instanceof Call call) {
      // a wrapper: whatever it adds, it runs the function it was given
      opaque.add(functional);
      for (Term argument : call.arguments()) {
        if (Terms.value(argument) instanceof Code) {
          collect(argument, arguments, bodies, opaque, depth + 1);
        }
      }
    } else {
      opaque.add(functional);
    }
  }

  /** What a field always holds; null where that is not one value that the source shows. */
  @Nullable Term definition(Field field) {
    List<FieldWrite> writes = inputs.sources().writes(field.symbol());
    return writes.size() == 1 ? written(writes.get(0), field) : null;
  }

  /** All that the source shows a field to be given; nothing where some of it cannot be told. */
  ImmutableList<Term> definitions(Field field) {
    ImmutableList.Builder<Term> all = ImmutableList.builder();
    for (FieldWrite write : inputs.sources().writes(field.symbol())) {
      Term written = written(write, field);
      if (written == null) {
        return ImmutableList.of();
      }
      all.add(written);
    }
    return all.build();
  }

  private @Nullable Term written(FieldWrite write, Field field) {
    Member member = inputs.sources().member(write.root(), field.symbol());
    Term self = field.receiver();
    return member == null
        ? null
        : inputs.evaluate(
            write.value(),
            Scope.of(
                member, self == null ? new Self(Symbols.enclosingClass(field.symbol())) : self));
  }

  private void reference(
      MemberReferenceTree tree,
      Scope scope,
      ImmutableList<Term> arguments,
      List<Body> bodies,
      List<Term> opaque,
      int depth) {
    MethodSymbol named = Symbols.method(tree);
    if (named == null) {
      return;
    }
    MethodSymbol method = inputs.sources().target(named);
    ImmutableList<Term> given = arguments;
    Term receiver = null;
    switch (((JCMemberReference) tree).kind) {
      case UNBOUND -> {
        if (given.isEmpty()) {
          return;
        }
        receiver = given.get(0);
        given = given.subList(1, given.size());
      }
      case BOUND, SUPER -> receiver = inputs.evaluate(tree.getQualifierExpression(), scope);
      default -> {}
    }
    given = named(given.subList(0, Math.min(given.size(), method.params().size())), method);
    MethodTree source = inputs.sources().method(method);
    Member member = source == null ? null : inputs.sources().member(source, method);
    if (source != null && member != null) {
      Term self = receiver != null ? receiver : new Self(Symbols.enclosingClass(method));
      bodies.add(new Body(source, Scope.of(member, self).with(Calls.bind(method, given))));
    } else if (receiver != null && Terms.value(receiver) instanceof Code) {
      collect(receiver, arguments, bodies, opaque, depth + 1); // supplier::get
    } else {
      opaque.add(Terms.call(method, receiver, given, tree)); // which one it is may depend on more
      if (receiver != null && (method.flags() & Flags.ABSTRACT) != 0 && isFunction(receiver)) {
        collect(receiver, arguments, bodies, opaque, depth + 1);
      }
    }
  }

  /** Whether something is one of some functions that the source shows, and nothing else. */
  private boolean isFunction(Term receiver) {
    Term value = Terms.value(receiver);
    if (value instanceof Op op && op.kind() == Kind.CHOICE) {
      return op.operands().stream().allMatch(operand -> Terms.value(operand) instanceof Code);
    }
    Term definition = value instanceof Field field ? definition(field) : null;
    return value instanceof Code || (definition != null && isFunction(definition));
  }

  /** What a function is given, under the names that its parameters give it. */
  private static ImmutableList<Term> named(ImmutableList<Term> given, MethodSymbol method) {
    ImmutableList.Builder<Term> named = ImmutableList.builder();
    for (int i = 0; i < given.size(); i++) {
      boolean known = i < method.params().size();
      named.add(known ? new Term.Named(method.params().get(i), given.get(i)) : given.get(i));
    }
    return named.build();
  }

  /** An object with one method that is called: an anonymous class, or a named one. */
  private void object(
      New object, ImmutableList<Term> arguments, List<Body> bodies, List<Term> opaque) {
    ClassTree tree = inputs.sources().classTree(object.type());
    MethodSymbol method = tree == null ? null : functional(object.type());
    MethodTree source = method == null ? null : inputs.sources().method(method);
    Member member =
        source == null || method == null ? null : inputs.sources().member(source, method);
    if (method == null || source == null || member == null) {
      opaque.add(object);
      return;
    }
    Scope scope =
        object.around() != null ? object.around().withSelf(object) : Scope.of(member, object);
    bodies.add(new Body(source, scope.with(Calls.bind(method, named(arguments, method)))));
  }

  /** The method of {@code type} that implements the one abstract method of its interface. */
  private @Nullable MethodSymbol functional(ClassSymbol type) {
    MethodSymbol only = null;
    for (Symbol member : type.members().getSymbols()) {
      if (member instanceof MethodSymbol method
          && !method.isConstructor()
          && !method.isStatic()
          && !Symbols.isPrivate(method)
          && inputs.dispatch().implementsAbstract(method)) {
        if (only != null) {
          return null;
        }
        only = method;
      }
    }
    return only;
  }
}
