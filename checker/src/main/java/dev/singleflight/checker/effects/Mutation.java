package dev.singleflight.checker.effects;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.UnaryTree;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.source.Symbols;
import org.jspecify.annotations.Nullable;

/**
 * A change of an object.
 *
 * @param at the code that makes it, or the call by which it does
 * @param object what is changed
 */
public record Mutation(ExpressionTree at, Term object) {

  /** How a message names the change. */
  public String words() {
    ExpressionTree target = target(at);
    return target == null
        ? Symbols.strip(at).toString().replaceAll("\\s+", " ")
        : target + (at instanceof UnaryTree ? "++" : " = …");
  }

  /** What an assignment assigns to; null where {@code tree} is none. */
  static @Nullable ExpressionTree target(ExpressionTree tree) {
    if (tree instanceof AssignmentTree plain) {
      return Symbols.strip(plain.getVariable());
    }
    if (tree instanceof CompoundAssignmentTree compound) {
      return Symbols.strip(compound.getVariable());
    }
    return tree instanceof UnaryTree unary ? Symbols.changed(unary) : null;
  }
}
