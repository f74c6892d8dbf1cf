package dev.singleflight.checker.effects;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a value given in place of a failed one is made up: a constant, something empty, the
 * exception; and not another value that was loaded, from a replica or an older copy.
 */
final class Constants {
  private static final int MAX_DEPTH = 12;
  private static final Pattern LOADS =
      Pattern.compile(
          "(load|fetch|read|find|query|select|request|call|lookup|compute|resolve|parse|retry|stale"
              + "|cached|last|previous|now|current|poll|take|retrieve|download|search)([A-Z]\\w*)?");

  /** What tells the time; beside a failure it only says when that was. */
  private static final Pattern CLOCK =
      Pattern.compile("now|instant|millis|currentTimeMillis|nanoTime|read|(plus|minus)\\w*");

  private final Inputs inputs;

  Constants(Inputs inputs) {
    this.inputs = inputs;
  }

  /** Whether a fallback has been made up. */
  boolean isMadeUp(ExpressionTree value, Member member) {
    return isMadeUp(inputs.evaluate(value, inputs.scope(member)), member, 0);
  }

  /** Whether a value says nothing: null, empty, a constant; what a variable is before it is set. */
  boolean isEmpty(ExpressionTree value, Member member) {
    if (Symbols.strip(value) instanceof NewClassTree made && !made.getArguments().isEmpty()) {
      return false;
    }
    Term term = Terms.value(inputs.evaluate(value, inputs.scope(member)));
    return term instanceof Term.Const
        || (term instanceof Term.New object && object.arguments().isEmpty())
        || (term instanceof Term.Call call
            && call.receiver() == null
            && call.arguments().isEmpty()
            && call.method().name.toString().matches("empty\\w*|of|none|absent"))
        || (term instanceof Term.Field field
            && field.symbol().isStatic()
            && Symbols.isFinal(field.symbol()));
  }

  /** Methods that are named for standing in, whoever has them. */
  private static final Pattern STAND_INS =
      Pattern.compile("(?i)\\w*(fallback|default|placeholder|empty|none|unavailable)\\w*");

  private boolean isMadeUp(Term term, Member member, int depth) {
    Term value = Terms.value(term);
    if (depth > MAX_DEPTH) {
      return false;
    }
    if (value instanceof Term.Const) {
      return true;
    }
    if (value instanceof Term.Field field) {
      return Symbols.isFinal(field.symbol())
          && (field.receiver() == null || Terms.value(field.receiver()) instanceof Term.Self);
    }
    if (value instanceof Term.Var variable) {
      return isGiven(variable.symbol(), member);
    }
    if (value instanceof Term.New object) {
      return object.arguments().stream().allMatch(a -> isPart(a, member, depth));
    }
    if (value instanceof Term.Call call) {
      if (LOADS.matcher(call.method().name).matches()) {
        return false;
      }
      Term receiver = call.receiver();
      if (receiver != null
          && call.arguments().isEmpty()
          && STAND_INS.matcher(call.method().name).matches()) {
        return true;
      }
      if (receiver != null
          && Terms.value(receiver) instanceof Term.Var source
          && !isGiven(source.symbol(), member)
          && !Symbols.qualifiedName(source.symbol().type).startsWith("java.")) {
        return false; // asked for it, and it may have loaded it
      }
      boolean own =
          receiver == null
              || (isPart(receiver, member, depth)
                  && !(Terms.value(receiver) instanceof Term.Field)
                  && !(Terms.value(receiver) instanceof Term.Self));
      return own && call.arguments().stream().allMatch(a -> isPart(a, member, depth));
    }
    if (value instanceof Term.Op op) {
      return switch (op.kind()) {
        case CONCAT, CHOICE, BOX, COMBINE ->
            op.operands().stream().allMatch(o -> isPart(o, member, depth));
        case ELEMENT, COUNT, DIVIDE, REMAINDER, NARROW, UNKNOWN -> false;
      };
    }
    return false;
  }

  private boolean isPart(Term term, Member member, int depth) {
    return isMadeUp(term, member, depth + 1)
        || Terms.value(term) instanceof Term.Var
        || (Terms.value(term) instanceof Term.Call call
            && (call.method().owner.getQualifiedName().toString().startsWith("java.time.")
                || CLOCK.matcher(call.method().name).matches()))
        || Terms.value(term) instanceof Term.Code;
  }

  /** What a handler or a method is given: the exception, a default. */
  private static boolean isGiven(VarSymbol variable, Member member) {
    Tree parent = parent(variable, member);
    return parent instanceof CatchTree
        || parent instanceof LambdaExpressionTree
        || variable
            .name
            .toString()
            .matches("(?i).*(default|fallback|empty|placeholder|error|ex).*");
  }

  private static @Nullable Tree parent(VarSymbol variable, Member member) {
    Tree declaration = member.declaration(variable);
    return declaration == null ? null : member.parent(declaration);
  }
}
