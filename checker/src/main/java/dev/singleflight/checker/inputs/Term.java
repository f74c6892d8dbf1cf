package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import org.jspecify.annotations.Nullable;

/**
 * A value as an expression over what the analysed code cannot see into: parameters, fields,
 * constants and methods without source. Locals, helpers and constructors have been followed.
 */
public sealed interface Term {

  /** A compile-time constant, {@code null} or a class literal. */
  record Const(@Nullable Object value) implements Term {}

  /** A parameter, or a local variable whose definition cannot be followed. */
  record Var(VarSymbol symbol) implements Term {}

  /** {@code this}, inside {@code type}. */
  record Self(ClassSymbol type) implements Term {}

  /** A field; the receiver is null where it is static. */
  record Field(@Nullable Term receiver, VarSymbol symbol) implements Term {}

  /** {@code value}, held by a variable: kept for what the name says, equal to the value itself. */
  record Named(VarSymbol symbol, Term value) implements Term {}

  /** A call that was not followed; the receiver is null where it is static. */
  record Call(
      MethodSymbol method, @Nullable Term receiver, ImmutableList<Term> arguments, Tree tree)
      implements Term {}

  /** {@code value}, returned by a helper that was followed. */
  record Returned(MethodSymbol method, Term value, Tree tree) implements Term {}

  /**
   * {@code value}, one of several, and what decides which: conditions, the subjects of switches.
   *
   * @param by each a comparison, or a test of something; what asks only for presence is left out
   */
  record Decided(Term value, ImmutableList<Term> by) implements Term {}

  /**
   * A new object; what its fields were given is known where its constructor could be followed.
   *
   * @param around where an anonymous class stands, whose code sees the variables there
   */
  record New(
      ClassSymbol type,
      ImmutableList<Term> arguments,
      ImmutableMap<VarSymbol, Term> fields,
      Tree tree,
      @Nullable Scope around)
      implements Term {}

  /** A lambda or method reference, with what the variables around it are bound to. */
  record Code(Tree tree, Scope scope) implements Term {}

  /** Values combined into one. */
  record Op(Kind kind, ImmutableList<Term> operands, @Nullable Tree tree) implements Term {}

  /** How an {@link Op} combines its operands. */
  enum Kind {
    /** Strings put together. */
    CONCAT,
    /** One of them; which one the code decides. */
    CHOICE,
    /** Arithmetic, comparison, an array, an object filled step by step. */
    COMBINE,
    /** An element of a collection, array, optional or future, or what a callback is given. */
    ELEMENT,
    /** In a new future, optional or stream of what a function made of an element. */
    BOX,
    /** A field that this very expression changes: {@code ++calls}. */
    COUNT,
    /** Division or remainder. */
    DIVIDE,
    REMAINDER,
    /** A cast to a type that cannot hold every value. */
    NARROW,
    /** Nothing is known. */
    UNKNOWN,
  }
}
