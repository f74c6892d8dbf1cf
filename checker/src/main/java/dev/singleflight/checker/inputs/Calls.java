package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Returned;
import dev.singleflight.checker.inputs.Term.Self;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of calls and of new objects. */
final class Calls {
  private final Inputs inputs;
  private final Applications applications;
  private final Handed handed;

  Calls(Inputs inputs) {
    this.inputs = inputs;
    this.applications = new Applications(inputs);
    this.handed = new Handed(inputs);
  }

  Handed handed() {
    return handed;
  }

  Applications applications() {
    return applications;
  }

  Term call(MethodInvocationTree tree, Scope scope) {
    MethodSymbol method = Symbols.method(tree);
    if (method == null) {
      return Terms.unknown(tree);
    }
    Term receiver = inputs.receiver(tree, scope);
    ImmutableList<Term> arguments = inputs.evaluateAll(tree.getArguments(), scope);
    Term text = Texts.of(method, receiver, arguments, tree);
    if (text != null) {
      return text;
    }
    return call(method, receiver, arguments, tree);
  }

  /** A call with its receiver and arguments known: the method's value where there is source. */
  Term call(
      MethodSymbol method,
      @Nullable Term receiver,
      ImmutableList<Term> arguments,
      ExpressionTree tree) {
    Term applied = applications.call(method, receiver, arguments, tree);
    if (applied != null) {
      return applied;
    }
    Term opaque = Terms.call(method, receiver, arguments, tree);
    if (inputs.apis().match(method) != null || isStub(method)) {
      return opaque;
    }
    MethodSymbol target = inputs.dispatch().target(method, receiver);
    Term value = inputs.summaries().value(target);
    if (value == null || Terms.value(value) instanceof Self) {
      return opaque;
    }
    Term known = applied(Terms.substitute(value, bind(target, arguments), receiver));
    return Terms.size(known) >= Terms.MAX_SIZE ? opaque : new Returned(method, known, tree);
  }

  /** What a helper makes by a function that it was given, once that is known. */
  private Term applied(Term value) {
    if (Terms.value(value) instanceof Term.Call call && call.receiver() != null) {
      Term applied =
          applications.call(call.method(), call.receiver(), call.arguments(), call.tree());
      return applied == null ? value : applied;
    }
    return value;
  }

  /** A holder whose source, a stub of a framework's, gives nothing that is bound to a thread. */
  boolean isStub(MethodSymbol method) {
    if (!Functions.isKnownHolder(method)) {
      return false;
    }
    Term value = inputs.summaries().value(method);
    return value == null
        || inputs.atoms(value).stream().noneMatch(atom -> atom.nature() == Nature.THREAD_BOUND);
  }

  /** Parameters bound to arguments; what a variable-arity parameter holds is combined. */
  static Map<VarSymbol, Term> bind(MethodSymbol method, List<Term> arguments) {
    Map<VarSymbol, Term> bound = new HashMap<>();
    List<VarSymbol> parameters = method.params();
    for (int i = 0; i < parameters.size() && i < arguments.size(); i++) {
      boolean rest =
          method.isVarArgs() && i == parameters.size() - 1 && arguments.size() != parameters.size();
      bound.put(
          parameters.get(i),
          rest
              ? new Term.Op(
                  Kind.COMBINE, ImmutableList.copyOf(arguments.subList(i, arguments.size())), null)
              : arguments.get(i));
    }
    return bound;
  }

  Term creation(NewClassTree tree, Scope scope) {
    ImmutableList<Term> arguments = inputs.evaluateAll(tree.getArguments(), scope);
    MethodSymbol constructor = Symbols.method(tree);
    ClassSymbol type =
        tree.getClassBody() != null && Symbols.of(tree.getClassBody()) instanceof ClassSymbol body
            ? body
            : constructor == null ? null : Symbols.enclosingClass(constructor);
    if (constructor == null || type == null) {
      return Terms.unknown(tree);
    }
    if (tree.getClassBody() != null) {
      // its code sees the variables around it
      return new New(type, arguments, ownFields(tree.getClassBody(), scope), tree, scope);
    }
    return made(constructor, arguments, tree);
  }

  /** What the fields of an anonymous class are set to where it stands. */
  private ImmutableMap<VarSymbol, Term> ownFields(ClassTree body, Scope scope) {
    Map<VarSymbol, Term> fields = new HashMap<>();
    for (Tree member : body.getMembers()) {
      if (member instanceof VariableTree variable && variable.getInitializer() != null) {
        set(variable, variable.getInitializer(), scope, fields);
      } else if (member instanceof BlockTree initializer) {
        for (StatementTree statement : initializer.getStatements()) {
          if (statement instanceof ExpressionStatementTree expression
              && expression.getExpression() instanceof AssignmentTree assignment) {
            set(assignment.getVariable(), assignment.getExpression(), scope, fields);
          }
        }
      }
    }
    return ImmutableMap.copyOf(fields);
  }

  private void set(Tree target, ExpressionTree value, Scope scope, Map<VarSymbol, Term> fields) {
    VarSymbol field = Symbols.variable(target);
    if (field != null && Symbols.isField(field) && !field.isStatic()) {
      fields.put(field, inputs.evaluate(value, scope));
    }
  }

  /** The object that a constructor makes. */
  Term made(MethodSymbol constructor, ImmutableList<Term> arguments, Tree tree) {
    Map<VarSymbol, Term> fields = new HashMap<>();
    Map<VarSymbol, Term> bound = bind(constructor, arguments);
    inputs
        .summaries()
        .fieldsSetBy(constructor)
        .forEach((field, value) -> fields.put(field, Terms.substitute(value, bound, null)));
    return new New(
        Symbols.enclosingClass(constructor), arguments, ImmutableMap.copyOf(fields), tree, null);
  }

  /** What the callee of {@code call} gives to {@code parameter} of the lambda it was handed. */
  @Nullable Term given(
      MethodInvocationTree call, LambdaExpressionTree lambda, VarSymbol parameter, Scope scope) {
    int position = position(lambda, parameter);
    return position < 0
        ? null
        : given(call, lambda, position, lambda.getParameters().get(position), scope);
  }

  /** What the callee of {@code call} gives to the function it was handed, at a position. */
  @Nullable Term given(
      MethodInvocationTree call, ExpressionTree function, int position, Tree at, Scope scope) {
    MethodSymbol method = Symbols.method(call);
    if (method == null) {
      return null;
    }
    Api api = inputs.apis().match(method);
    if (api != null) {
      int key = api.keys().isEmpty() ? -1 : api.keys().asList().get(0);
      return position == 0 && key >= 0 && key < call.getArguments().size()
          ? inputs.evaluate(call.getArguments().get(key), scope)
          : null;
    }
    MethodSymbol target = inputs.sources().target(method);
    Term known = handed.byMethod(target, index(call, function), position);
    if (known != null) {
      return Terms.substitute(
          known,
          bind(target, inputs.evaluateAll(call.getArguments(), scope)),
          inputs.receiver(call, scope));
    }
    ExpressionTree receiver = Symbols.receiver(call);
    if (receiver == null || method.isStatic() || !isContainer(Symbols.enclosingClass(method))) {
      return null;
    }
    if (position > 0 && method.owner.name.toString().startsWith("Complet")) {
      return null; // what a future failed with, or what another gave
    }
    Term container = inputs.evaluate(receiver, scope);
    return Terms.op(Kind.ELEMENT, List.of(container), at);
  }

  private static int index(MethodInvocationTree call, ExpressionTree function) {
    for (int i = 0; i < call.getArguments().size(); i++) {
      if (Symbols.strip(call.getArguments().get(i)) == Symbols.strip(function)) {
        return i;
      }
    }
    return -1;
  }

  private static int position(LambdaExpressionTree lambda, VarSymbol parameter) {
    for (int i = 0; i < lambda.getParameters().size(); i++) {
      if (Symbols.variable(lambda.getParameters().get(i)) == parameter) {
        return i;
      }
    }
    return -1;
  }

  /** Types that hand what they hold to the functions they are given. */
  private static boolean isContainer(ClassSymbol type) {
    String name = type.getQualifiedName().toString();
    return (name.startsWith("java.util.") && !name.startsWith("java.util.concurrent."))
        || name.equals("java.lang.Iterable")
        || name.equals("java.util.concurrent.ConcurrentMap")
        || name.equals("java.util.concurrent.ConcurrentHashMap")
        || name.equals("java.util.concurrent.CompletableFuture")
        || name.equals("java.util.concurrent.CompletionStage")
        || name.startsWith("reactor.core.publisher.");
  }
}
