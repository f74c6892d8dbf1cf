package dev.singleflight.checker.context.nulls;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.source.Symbols;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Records the uses that fail if their value is null: of a member's own values, or of what it is
 * given. Uses whose failure is caught are left out.
 */
final class NullUses {
  private static final int MAX_WORDS = 40;

  private static final Pattern BOXES =
      Pattern.compile("java\\.lang\\.(Integer|Long|Short|Byte|Character|Boolean|Double|Float)");

  private final MemberNulls found;
  private int silent;

  /** How many handlers around here make something else of a {@code NullPointerException}. */
  private int recovering;

  NullUses(MemberNulls found) {
    this.found = found;
  }

  void recovering(boolean recovers, int change) {
    recovering += recovers ? change : 0;
  }

  /** Runs code that only shows what is known after it. */
  void silently(Runnable code) {
    silent++;
    code.run();
    silent--;
  }

  /** Runs a function's code, which runs outside the handlers that it is written in. */
  NullValue unhandled(Supplier<NullValue> code) {
    int outside = recovering;
    recovering = 0;
    try {
      return code.get();
    } finally {
      recovering = outside;
    }
  }

  /** Where a boxed value is put into something primitive. */
  void unboxed(ExpressionTree tree, Type target, NullValue value, NullState state) {
    if (target.isPrimitive()) {
      unboxed(tree, value, state);
    }
  }

  void unboxed(ExpressionTree tree, NullValue value, NullState state) {
    if (BOXES.matcher(Symbols.qualifiedName(Symbols.typeOf(tree))).matches()) {
      use(tree, tree, value, "is unboxed", state);
    }
  }

  /** A use that fails if its value is null; after it the value is known to be there. */
  void use(Tree at, ExpressionTree tree, NullValue value, String use, NullState state) {
    if (value.mayBeNull() || value.parameter() != null) {
      add(
          at,
          value,
          new Dereference(
              at, found.member, source(tree), use, value.path(), value.isShared(), null));
    }
    state.put(NullWords.of(tree), value.checked());
  }

  /** Records a use of a value, as the member's own or as that of whoever gave the parameter. */
  void add(Tree at, NullValue value, Dereference use) {
    if (recovering > 0 || silent > 0) {
      return;
    }
    if (value.mayBeNull()) {
      found.add(use);
    } else if (value.parameter() != null && value.kind() == NullValue.Kind.UNKNOWN) {
      found.use(value.parameter(), value.depth(), use);
    }
  }

  static String source(ExpressionTree tree) {
    String line = Symbols.strip(tree).toString().replaceAll("\\s+", " ");
    return line.length() <= MAX_WORDS ? line : line.substring(0, MAX_WORDS - 1) + "…";
  }
}
