package dev.singleflight.checker.api;

import com.google.common.collect.ImmutableList;

/**
 * An expression in the language that Spring's annotations, and others after them, write keys in:
 * what it is made of. Operators and functions are told apart no further than that.
 */
public sealed interface Spel {

  /** A constant, or what is the same in all calls of the method: its name, its object. */
  record Constant(String text) implements Spel {}

  /** A parameter of the method, by name or position. */
  record Parameter(int index) implements Spel {}

  /** A variable that the method has no parameter for: it is null whenever the key is made. */
  record Missing(String name) implements Spel {}

  /** What the expression is read on, before something of it is named. */
  record Root() implements Spel {}

  /** All arguments of the call. */
  record Arguments() implements Spel {}

  /** What the method returned. */
  record Result() implements Spel {}

  /** {@code target.name}, or an element of it. */
  record Property(Spel target, String name) implements Spel {}

  /** {@code target.name(arguments)}; the target of a static method is a constant. */
  record Call(Spel target, String name, ImmutableList<Spel> arguments) implements Spel {}

  /** Strings put together by {@code +}, or numbers. */
  record Sum(ImmutableList<Spel> operands) implements Spel {}

  /** Values that all take part in what comes out, each as it is. */
  record All(ImmutableList<Spel> parts) implements Spel {}

  /** Code that is not in sight, such as a bean's, or a language that is not understood. */
  record Unseen() implements Spel {}

  /** What this is made of directly. */
  default ImmutableList<Spel> children() {
    if (this instanceof Property property) {
      return ImmutableList.of(property.target());
    }
    if (this instanceof Call call) {
      return ImmutableList.<Spel>builder().add(call.target()).addAll(call.arguments()).build();
    }
    if (this instanceof Sum sum) {
      return sum.operands();
    }
    return this instanceof All all ? all.parts() : ImmutableList.of();
  }

  /** Whether some part of it is such. */
  default boolean has(Class<? extends Spel> kind) {
    return kind.isInstance(this) || children().stream().anyMatch(child -> child.has(kind));
  }
}
