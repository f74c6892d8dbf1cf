package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.ExpressionTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Strings put together by calls. */
final class Texts {
  private static final ImmutableSet<String> WORDINGS =
      ImmutableSet.of("java.lang.String", "java.lang.Integer", "java.lang.Long", "java.util.UUID");

  private Texts() {}

  /** Strings put together, however it is spelled; null where the call is no such thing. */
  static @Nullable Term of(
      MethodSymbol method,
      @Nullable Term receiver,
      ImmutableList<Term> arguments,
      ExpressionTree tree) {
    String owner = method.owner.getQualifiedName().toString();
    if (owner.equals("java.text.MessageFormat") && method.isStatic() && !arguments.isEmpty()) {
      return Formats.message(arguments.get(0), arguments.subList(1, arguments.size()), tree);
    }
    if (method.name.contentEquals("toString")) {
      Term opaque = Terms.call(method, receiver, arguments, tree);
      Term said = unworded(opaque);
      return said == opaque
          ? receiver == null ? null : built(receiver, tree)
          : Terms.op(Kind.CONCAT, List.of(said), tree);
    }
    if (!owner.equals("java.lang.String")) {
      return null;
    }
    switch (method.name.toString()) {
      case "concat" -> {
        return receiver == null
            ? null
            : Terms.op(Kind.CONCAT, List.of(receiver, unworded(arguments.get(0))), tree);
      }
      case "join" -> {
        return joined(arguments, tree);
      }
      case "valueOf" -> {
        return arguments.size() == 1 ? Terms.op(Kind.CONCAT, arguments, tree) : null;
      }
      case "formatted" -> {
        return receiver == null ? null : Formats.format(receiver, arguments, tree);
      }
      case "format" -> {
        boolean localised =
            Symbols.qualifiedName(method.params().get(0).type).equals("java.util.Locale");
        int at = localised ? 1 : 0;
        return arguments.size() <= at
            ? null
            : Formats.format(arguments.get(at), arguments.subList(at + 1, arguments.size()), tree);
      }
      default -> {
        return null;
      }
    }
  }

  /** {@code String.join(":", a, b)}, where what is joined is there to be seen. */
  private static @Nullable Term joined(ImmutableList<Term> arguments, ExpressionTree tree) {
    ImmutableList.Builder<Term> operands = ImmutableList.builder();
    for (int i = 1; i < arguments.size(); i++) {
      if (!isText(arguments.get(i))) {
        return null; // a collection of strings
      }
      if (i > 1) {
        operands.add(arguments.get(0));
      }
      operands.add(unworded(arguments.get(i)));
    }
    return arguments.size() < 2 ? null : Terms.op(Kind.CONCAT, operands.build(), tree);
  }

  /** {@code new StringBuilder(a).append(b).toString()}, in one chain. */
  private static @Nullable Term built(Term builder, ExpressionTree tree) {
    Deque<Term> parts = new ArrayDeque<>();
    Term at = Terms.value(builder);
    while (at instanceof Call call
        && call.method().name.contentEquals("append")
        && call.receiver() != null
        && call.arguments().size() == 1) {
      parts.addFirst(unworded(call.arguments().get(0)));
      at = Terms.value(call.receiver());
    }
    if (!(at instanceof New made)
        || !made.type()
            .getQualifiedName()
            .toString()
            .matches("java\\.lang\\.String(Builder|Buffer)")
        || made.arguments().size() > 1) {
      return null;
    }
    // the one other thing that it may be given is how long it will get
    if (!made.arguments().isEmpty() && isText(made.arguments().get(0))) {
      parts.addFirst(made.arguments().get(0));
    }
    return parts.isEmpty() ? null : Terms.op(Kind.CONCAT, List.copyOf(parts), tree);
  }

  private static boolean isText(Term term) {
    return (Terms.value(term) instanceof Const known && known.value() instanceof String)
        || Symbols.qualifiedName(Stability.typeOf(term)).equals("java.lang.String");
  }

  /** What a concatenation adds for a term: {@code id.toString()} gives the same as {@code id}. */
  static Term unworded(Term term) {
    if (Terms.value(term) instanceof Call call
        && call.method().name.contentEquals("toString")
        && WORDINGS.contains(call.method().owner.getQualifiedName().toString())) {
      if (call.receiver() != null) {
        return call.receiver();
      }
      if (call.arguments().size() == 1) {
        return call.arguments().get(0);
      }
    }
    return term;
  }
}
