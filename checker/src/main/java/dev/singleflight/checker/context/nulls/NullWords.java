package dev.singleflight.checker.context.nulls;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words by which code names a value: the same words, the same value, until it is changed. */
final class NullWords {
  private static final int MAX_DEPTH = 6;

  private NullWords() {}

  /** The words for an expression; null for one that is new each time. */
  static @Nullable String of(ExpressionTree tree) {
    return of(tree, 0);
  }

  private static @Nullable String of(ExpressionTree tree, int depth) {
    ExpressionTree plain = Symbols.strip(tree);
    if (depth > MAX_DEPTH) {
      return null;
    }
    if (plain instanceof AssignmentTree assignment) {
      return of(assignment.getVariable(), depth);
    }
    if (plain instanceof IdentifierTree name) {
      Symbol symbol = Symbols.of(name);
      boolean own =
          symbol instanceof VarSymbol field && Symbols.isField(field) && !field.isStatic();
      return own ? "this." + name : name.toString();
    }
    if (plain instanceof MemberSelectTree select) {
      String object = of(select.getExpression(), depth + 1);
      return object == null ? null : object + "." + select.getIdentifier();
    }
    if (plain instanceof MethodInvocationTree call) {
      String object = receiver(call, depth);
      String arguments = arguments(call, depth);
      return object == null || arguments == null
          ? null
          : object + "." + name(call) + "(" + arguments + ")";
    }
    boolean value = plain instanceof LiteralTree || plain instanceof ArrayAccessTree;
    return value || (plain instanceof BinaryTree && depth > 0 && depth < MAX_DEPTH)
        ? text(plain)
        : null;
  }

  private static @Nullable String text(ExpressionTree tree) {
    if (tree instanceof BinaryTree binary
        && (Symbols.strip(binary.getLeftOperand()) instanceof BinaryTree left
            && Symbols.strip(left.getLeftOperand()) instanceof BinaryTree)) {
      return null; // long ones are not written twice
    }
    return tree.toString();
  }

  private static @Nullable String receiver(MethodInvocationTree call, int depth) {
    ExpressionTree receiver = Symbols.receiver(call);
    return receiver == null ? "this" : of(receiver, depth + 1);
  }

  /** The words for what a call is made on. */
  static @Nullable String receiver(MethodInvocationTree call) {
    return receiver(call, 0);
  }

  /** The words for a call's arguments; null where some have none. */
  static @Nullable String arguments(MethodInvocationTree call) {
    return arguments(call, 0);
  }

  private static @Nullable String arguments(MethodInvocationTree call, int depth) {
    List<? extends ExpressionTree> arguments = call.getArguments();
    StringBuilder words = new StringBuilder();
    for (ExpressionTree argument : arguments) {
      String one = of(argument, depth + 1);
      if (one == null) {
        return null;
      }
      words.append(words.length() == 0 ? "" : ", ").append(one);
    }
    return words.toString();
  }

  static String name(MethodInvocationTree call) {
    return call.getMethodSelect() instanceof MemberSelectTree select
        ? select.getIdentifier().toString()
        : call.getMethodSelect().toString();
  }

  /** Whatever is asked of an object. */
  static String anyOf(String object) {
    return object + ".*";
  }

  /** Whatever an object is asked with the same arguments. */
  static String anyWith(String object, String arguments) {
    return object + ".?(" + arguments + ")";
  }
}
