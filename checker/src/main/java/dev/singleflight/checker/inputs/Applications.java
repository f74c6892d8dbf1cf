package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.inputs.Term.Code;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that functions give when they are called, or handed to an optional or a stream. */
final class Applications {
  /** How deep functions call functions before their values count as unknown. */
  private static final int MAX_DEPTH = 8;

  /** What these make of their receiver is what the function makes of its elements. */
  private static final ImmutableSet<String> MAPPINGS =
      ImmutableSet.of(
          "map",
          "mapToObj",
          "mapToInt",
          "mapToLong",
          "flatMap",
          "thenApply",
          "thenApplyAsync",
          "thenCompose",
          "thenComposeAsync");

  private final Inputs inputs;
  private int depth;

  Applications(Inputs inputs) {
    this.inputs = inputs;
  }

  /** The value of a call that runs functions which the source shows; null for any other. */
  @Nullable Term call(
      MethodSymbol method, @Nullable Term receiver, ImmutableList<Term> arguments, Tree tree) {
    if (receiver == null || method.isStatic()) {
      return null;
    }
    Term function = function(method, receiver);
    if (function != null) {
      return apply(function, arguments, tree);
    }
    if (arguments.stream().noneMatch(Applications::isCode)
        || !handsOn(Symbols.enclosingClass(method))) {
      return null;
    }
    String name = method.name.toString();
    Term element = Terms.op(Kind.ELEMENT, ImmutableList.of(receiver), tree);
    if (MAPPINGS.contains(name)) {
      Term mapped = apply(arguments.get(0), ImmutableList.of(element), tree);
      if (mapped == null) {
        return null;
      }
      boolean boxed = name.equals("flatMap") || name.startsWith("thenCompose");
      Term inside = boxed ? Terms.op(Kind.ELEMENT, ImmutableList.of(mapped), tree) : mapped;
      return Terms.op(Kind.BOX, ImmutableList.of(inside), tree);
    }
    ImmutableList.Builder<Term> values = ImmutableList.builder();
    for (Term argument : arguments) {
      Term value = isCode(argument) ? apply(argument, ImmutableList.of(element), tree) : argument;
      // what orElseThrow throws is no part of what it gives
      if (value != null && !name.equals("orElseThrow")) {
        values.add(value);
      }
    }
    return Terms.call(method, receiver, values.build(), tree);
  }

  /** The value that a function of the source gives for arguments; null where that is unknown. */
  private @Nullable Term apply(Term function, ImmutableList<Term> arguments, Tree tree) {
    if (depth >= MAX_DEPTH) {
      return null;
    }
    depth++;
    try {
      Term made = made(function, arguments, tree);
      if (made != null) {
        return made;
      }
      List<Term> results = new ArrayList<>();
      List<Body> bodies = inputs.bodies(function, arguments, results);
      // an object whose code is not known, an iterator say, is not what it gives
      results.removeIf(Term.New.class::isInstance);
      for (Body body : bodies) {
        List<ExpressionTree> returned = Sources.results(body.function());
        if (!returned.isEmpty()) {
          List<Term> values = inputs.evaluateAll(returned, body.scope());
          results.add(inputs.deciders().results(returned, values, tree, body.scope()));
        }
      }
      Term value = results.isEmpty() ? null : Terms.op(Kind.CHOICE, results, tree);
      return value == null || Terms.size(value) >= Terms.MAX_SIZE ? null : value;
    } finally {
      depth--;
    }
  }

  /** The function that a call of {@code method} runs: its receiver, or what a final field holds. */
  @Nullable Term function(MethodSymbol method, Term receiver) {
    if ((method.flags() & Flags.ABSTRACT) == 0) {
      return null;
    }
    if (isCode(receiver) || isObjectWithCode(receiver)) {
      return receiver;
    }
    if (Terms.value(receiver) instanceof Field field && Symbols.isFinal(field.symbol())) {
      Term definition = inputs.definition(field);
      return definition != null && (isCode(definition) || isObjectWithCode(definition))
          ? definition
          : null;
    }
    return null;
  }

  private @Nullable Term made(Term function, ImmutableList<Term> arguments, Tree tree) {
    MethodSymbol constructor =
        Terms.value(function) instanceof Code code
                && code.tree() instanceof MemberReferenceTree reference
            ? Symbols.method(reference)
            : null;
    return constructor == null || !constructor.isConstructor()
        ? null
        : inputs.calls().made(constructor, arguments, tree);
  }

  /** An anonymous class's object, or that of a named one in the sources. */
  private boolean isObjectWithCode(Term term) {
    return Terms.value(term) instanceof Term.New object
        && inputs.sources().classTree(object.type()) != null;
  }

  static boolean isCode(Term term) {
    return Terms.value(term) instanceof Code;
  }

  /** Types that give what the functions they are handed make of what they hold. */
  private static boolean handsOn(ClassSymbol type) {
    String name = type.getQualifiedName().toString();
    return name.startsWith("java.util.Optional")
        || name.startsWith("java.util.stream.")
        || name.equals("java.util.concurrent.CompletableFuture")
        || name.equals("java.util.concurrent.CompletionStage");
  }
}
