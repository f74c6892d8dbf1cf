package dev.singleflight.checker.source;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;

/**
 * One place that gives a local variable its value.
 *
 * @param at the tree that does it
 * @param kind how {@code value} becomes the variable's value
 * @param value what the variable is made from
 */
public record Definition(Tree at, Kind kind, ExpressionTree value) {

  /** How a definition's expression becomes the variable's value. */
  public enum Kind {
    /** The value itself: an initialiser, an assignment, a resource, a pattern's subject. */
    VALUE,
    /** One element of it: a for-each loop. */
    ELEMENT,
    /** Combined with what the variable held before: {@code +=}. */
    COMBINED,
    /** One component of it: a record pattern. */
    COMPONENT,
  }
}
