package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableMap;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Term.Self;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What methods return, and what constructors set, in terms of their own parameters: once each. */
final class Summaries {
  /** How deep helpers call helpers before their values count as unknown. */
  private static final int MAX_DEPTH = 8;

  private final Inputs inputs;
  private final Map<MethodSymbol, Optional<Term>> returned = new HashMap<>();
  private final Map<MethodSymbol, ImmutableMap<VarSymbol, Term>> fields = new HashMap<>();
  private final Set<MethodSymbol> underWay = new HashSet<>();

  Summaries(Inputs inputs) {
    this.inputs = inputs;
  }

  /** The value a method returns; null where there is no source, or nothing is returned. */
  @Nullable Term value(MethodSymbol method) {
    Optional<Term> known = returned.get(method);
    if (known != null) {
      return known.orElse(null);
    }
    MethodTree tree = inputs.sources().method(method);
    Member member = tree == null ? null : inputs.sources().member(tree, method);
    if (tree == null || member == null || underWay.size() >= MAX_DEPTH || !underWay.add(method)) {
      return null;
    }
    try {
      Scope scope = Scope.of(member, new Self(Symbols.enclosingClass(method)));
      List<ExpressionTree> results = Sources.results(tree);
      List<Term> values = inputs.evaluateAll(results, scope);
      Term value =
          values.isEmpty() ? null : inputs.deciders().results(results, values, tree, scope);
      returned.put(method, Optional.ofNullable(value));
      return value;
    } finally {
      underWay.remove(method);
    }
  }

  /** What a constructor gives to the fields of its object, in terms of its parameters. */
  ImmutableMap<VarSymbol, Term> fieldsSetBy(MethodSymbol constructor) {
    ImmutableMap<VarSymbol, Term> known = fields.get(constructor);
    if (known != null) {
      return known;
    }
    if (!underWay.add(constructor)) {
      return ImmutableMap.of();
    }
    try {
      ImmutableMap<VarSymbol, Term> set = ImmutableMap.copyOf(computeFields(constructor));
      fields.put(constructor, set);
      return set;
    } finally {
      underWay.remove(constructor);
    }
  }

  private Map<VarSymbol, Term> computeFields(MethodSymbol constructor) {
    Map<VarSymbol, Term> set = new HashMap<>();
    if (constructor.owner instanceof ClassSymbol type && Symbols.isRecord(type)) {
      components(type, constructor, set);
    }
    MethodTree tree = inputs.sources().method(constructor);
    Member member = tree == null ? null : inputs.sources().member(tree, constructor);
    BlockTree body = tree == null ? null : tree.getBody();
    if (body == null || member == null) {
      return set;
    }
    Scope scope = Scope.of(member, new Self(Symbols.enclosingClass(constructor)));
    for (StatementTree statement : body.getStatements()) {
      if (!(statement instanceof ExpressionStatementTree expression)) {
        continue;
      }
      if (expression.getExpression() instanceof AssignmentTree assignment) {
        VarSymbol field = Symbols.variable(Symbols.strip(assignment.getVariable()));
        if (field != null && Symbols.isField(field) && !field.isStatic()) {
          set.put(field, inputs.evaluate(assignment.getExpression(), scope));
        }
      } else if (expression.getExpression() instanceof MethodInvocationTree call) {
        MethodSymbol other = Symbols.method(call);
        if (other != null && other.isConstructor()) {
          Map<VarSymbol, Term> bound =
              Calls.bind(other, inputs.evaluateAll(call.getArguments(), scope));
          fieldsSetBy(other)
              .forEach((field, value) -> set.put(field, Terms.substitute(value, bound, null)));
        }
      }
    }
    return set;
  }

  /** A record's canonical constructor sets its components, in order, from its parameters. */
  private static void components(
      ClassSymbol type, MethodSymbol constructor, Map<VarSymbol, Term> set) {
    List<VarSymbol> components = new ArrayList<>();
    type.getRecordComponents()
        .forEach(
            component ->
                type.members()
                    .getSymbolsByName(component.name)
                    .forEach(
                        member -> {
                          if (member instanceof VarSymbol field && Symbols.isField(field)) {
                            components.add(field);
                          }
                        }));
    List<VarSymbol> parameters = constructor.params();
    if (components.size() != parameters.size()) {
      return;
    }
    for (int i = 0; i < components.size(); i++) {
      if (components.get(i).type.tsym != parameters.get(i).type.tsym) {
        return;
      }
    }
    for (int i = 0; i < components.size(); i++) {
      set.put(components.get(i), new Var(parameters.get(i)));
    }
  }
}
