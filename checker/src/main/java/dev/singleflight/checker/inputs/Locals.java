package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Fillings.Filling;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.Named;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.source.Definition;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The value of a local variable or parameter at a use. */
final class Locals {
  /** How many definitions are followed into each other before a variable is just a variable. */
  private static final int MAX_DEPTH = 100;

  private final Inputs inputs;
  private final Fillings fillings;
  private final Set<VarSymbol> underWay = new HashSet<>();
  private final Set<Definition> definitionsUnderWay = new HashSet<>();

  Locals(Inputs inputs) {
    this.inputs = inputs;
    this.fillings = new Fillings(inputs);
  }

  Term local(VarSymbol variable, Tree use, Scope scope) {
    Term bound = scope.bound(variable);
    if (bound != null) {
      return bound;
    }
    Term known = scope.known().get(variable);
    if (known != null) {
      return known;
    }
    Member member = scope.member();
    if (member == null) {
      return new Var(variable);
    }
    List<Definition> definitions = member.flow().reaching(variable, use);
    Term value =
        definitions.isEmpty()
            ? parameter(variable, member, scope)
            : new Named(
                variable,
                filled(defined(definitions, variable, use, member, scope), variable, use, scope));
    if (Terms.size(value) >= Terms.MAX_SIZE) {
      value = new Var(variable);
    }
    if (definitions.equals(member.definitions(variable))
        && definitions.size() <= 1
        && !member.flow().isAsGiven(variable, use)
        && !Fillings.mayBe(variable, member)) {
      scope.known().put(variable, value);
    }
    return value;
  }

  /**
   * What one definition gives. A variable may be made of what it was before, {@code key = key +
   * id}; of what a loop gave it in an earlier round nothing more is known.
   */
  private Term value(Definition definition, VarSymbol variable, Scope scope) {
    Term known = scope.defined().get(definition);
    if (known != null) {
      return known;
    }
    if (definitionsUnderWay.size() >= MAX_DEPTH || !definitionsUnderWay.add(definition)) {
      return new Var(variable);
    }
    try {
      Term value = inputs.evaluate(definition.value(), scope);
      scope.defined().put(definition, value);
      return value;
    } finally {
      definitionsUnderWay.remove(definition);
    }
  }

  private Term defined(
      List<Definition> definitions, VarSymbol variable, Tree use, Member member, Scope scope) {
    List<Term> values = new ArrayList<>();
    if (member.flow().isAsGiven(variable, use)) {
      values.add(parameter(variable, member, scope));
    }
    boolean combined = false;
    List<Term> sometimes = new ArrayList<>();
    List<ExpressionTree> conditions = new ArrayList<>();
    for (Definition definition : definitions) {
      Term value = value(definition, variable, scope);
      switch (definition.kind()) {
        case VALUE -> values.add(value);
        case COMBINED -> {
          combined = true;
          sometimes.addAll(
              add(
                  List.of(value),
                  member.flow().conditions(definition.at(), use),
                  values,
                  conditions));
        }
        case ELEMENT, COMPONENT ->
            values.add(Terms.op(Kind.ELEMENT, ImmutableList.of(value), definition.at()));
      }
    }
    Tree at = definitions.get(definitions.size() - 1).at();
    if (combined) {
      return combined(values, sometimes, conditions, at, scope);
    }
    if (values.size() > 1) {
      definitions.forEach(d -> conditions.addAll(member.flow().conditions(d.at(), use)));
    }
    return inputs.deciders().choice(values, conditions, at, scope);
  }

  /** Adds parts, and gives those of them that only come under conditions. */
  private static List<Term> add(
      List<Term> parts,
      List<ExpressionTree> by,
      List<Term> values,
      List<ExpressionTree> conditions) {
    values.addAll(parts);
    conditions.addAll(by);
    return by.isEmpty() ? List.of() : parts;
  }

  /** What is put together step by step, some steps under conditions. */
  private Term combined(
      List<Term> values,
      List<Term> sometimes,
      List<ExpressionTree> conditions,
      @Nullable Tree at,
      Scope scope) {
    Term all = Terms.op(Kind.COMBINE, values, at);
    if (sometimes.isEmpty()) {
      return all;
    }
    List<Term> always = new ArrayList<>(values);
    sometimes.forEach(always::remove);
    return inputs
        .deciders()
        .choice(List.of(Terms.op(Kind.COMBINE, always, at), all), conditions, at, scope);
  }

  /** A value that is filled step by step holds all that its methods were given before the use. */
  private Term filled(Term value, VarSymbol variable, Tree use, Scope scope) {
    Member member = scope.member();
    if (member == null || !Fillings.mayBe(variable, member) || !underWay.add(variable)) {
      return value;
    }
    try {
      return filled(value, variable, use, member, scope);
    } finally {
      underWay.remove(variable);
    }
  }

  private Term filled(Term value, VarSymbol variable, Tree use, Member member, Scope scope) {
    int position = ASTHelpers.getStartPosition(use);
    List<Term> added = new ArrayList<>();
    List<Term> sometimes = new ArrayList<>();
    List<ExpressionTree> conditions = new ArrayList<>();
    Map<VarSymbol, Term> fields = new LinkedHashMap<>();
    boolean all = true;
    for (MethodInvocationTree call : member.callsOn(variable)) {
      if (call.getArguments().isEmpty()
          || ASTHelpers.getStartPosition(call) >= position
          || !Fillings.isStatement(call, member)) {
        continue;
      }
      List<Term> arguments = inputs.evaluateAll(call.getArguments(), scope);
      List<Term> parts = isDirect(call, variable) ? arguments : inner(arguments, call);
      sometimes.addAll(add(parts, member.flow().conditions(call, use), added, conditions));
      VarSymbol field = value instanceof New object ? property(object, Symbols.method(call)) : null;
      if (field != null && arguments.size() == 1) {
        fields.put(field, arguments.get(0));
      } else {
        all = false;
      }
    }
    for (Filling filling : fillings.before(use, variable, member, scope)) {
      sometimes.addAll(
          add(filling.parts(), member.flow().conditions(filling.at(), use), added, conditions));
      all = false;
    }
    if (added.isEmpty()) {
      return value;
    }
    if (all && value instanceof New object) {
      Map<VarSymbol, Term> known = new LinkedHashMap<>(object.fields());
      known.putAll(fields);
      return new New(
          object.type(),
          ImmutableList.<Term>builder().addAll(object.arguments()).addAll(added).build(),
          ImmutableMap.copyOf(known),
          object.tree(),
          object.around());
    }
    added.add(0, value);
    return combined(added, sometimes, conditions, use, scope);
  }

  /** Whether a call is made on the variable itself, and not on what another call of it gives. */
  private static boolean isDirect(MethodInvocationTree call, VarSymbol variable) {
    ExpressionTree receiver = Symbols.receiver(call);
    return receiver != null && Symbols.variable(Symbols.strip(receiver)) == variable;
  }

  /** What is put into something inside the variable's value, and not into that itself. */
  private static List<Term> inner(List<Term> arguments, MethodInvocationTree call) {
    return List.of(
        Terms.op(
            Kind.COMBINE,
            ImmutableList.<Term>builder().add(new Const(null)).addAll(arguments).build(),
            call));
  }

  /** The field that a setter of {@code object} sets, by its name. */
  private static @Nullable VarSymbol property(New object, @Nullable MethodSymbol setter) {
    if (setter == null || !setter.name.toString().startsWith("set")) {
      return null;
    }
    String property = Symbols.property("get" + setter.name.toString().substring(3));
    for (Symbol member : object.type().members().getSymbols()) {
      if (member instanceof VarSymbol field && field.name.contentEquals(property)) {
        return field;
      }
    }
    return null;
  }

  /** A parameter: of a method it is what it is, of a lambda what the lambda is called with. */
  private Term parameter(VarSymbol variable, Member member, Scope scope) {
    if (!underWay.add(variable)) {
      return new Var(variable);
    }
    try {
      return given(variable, member, scope);
    } finally {
      underWay.remove(variable);
    }
  }

  private Term given(VarSymbol variable, Member member, Scope scope) {
    Tree declaration = member.declaration(variable);
    if (declaration == null
        || !(member.parent(declaration) instanceof LambdaExpressionTree lambda)) {
      return new Var(variable);
    }
    Term given = null;
    Tree taker = taker(lambda, member);
    if (taker instanceof MethodInvocationTree call) {
      given = inputs.calls().given(call, lambda, variable, scope);
    } else if (taker instanceof VariableTree holder && Symbols.variable(holder) != null) {
      VarSymbol function = Symbols.variable(holder);
      int position = lambda.getParameters().indexOf(declaration);
      given =
          function == null || Symbols.isField(function)
              ? null
              : inputs.calls().handed().byUses(function, position, scope, declaration);
    }
    Term value = given == null ? new Var(variable) : new Named(variable, given);
    if (taker instanceof VariableTree && inputs.calls().handed().isWhole()) {
      scope.known().put(variable, value);
    }
    return value;
  }

  /** The call that is given a lambda, or the variable that holds it. */
  private static @Nullable Tree taker(LambdaExpressionTree lambda, Member member) {
    Tree at = member.parent(lambda);
    while (at instanceof ParenthesizedTree || at instanceof TypeCastTree) {
      at = member.parent(at);
    }
    return at;
  }
}
