package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.source.Member;
import org.jspecify.annotations.Nullable;

/**
 * Something that some code does with a store, or with a group's flights.
 *
 * @param store the cache, map or field; for {@link Kind#FORGET} the group, for {@link Kind#WRITE}
 *     what the data is written to
 * @param key the entry's key; null where there is none or there are many
 * @param values what is put, as expressions of the code that this is told of
 * @param at where that code does it, or the call by which it does
 * @param origin the operation itself, in {@code member}
 */
public record StoreAccess(
    Kind kind,
    @Nullable Term store,
    @Nullable Term key,
    ImmutableList<ExpressionTree> values,
    ExpressionTree at,
    ExpressionTree origin,
    Member member,
    ImmutableList<String> way) {

  /** What is done. */
  public enum Kind {
    READ,
    /** A value is put whatever was there. */
    PUT,
    /** A function makes the value while the store holds the entry. */
    COMPUTE,
    /** A value replaces what is there, if anything is. */
    REPLACE,
    /** An entry is dropped, or all are. */
    DROP,
    /** An entry is dropped if it has a given value. */
    DROP_SAME,
    /** An entry is dropped from a store that keeps loads that are under way out of itself. */
    DROP_EXACT,
    /** A flight is forgotten, or all are. */
    FORGET,
    /** Data is written to where it is kept for good. */
    WRITE,
  }

  /** Whether the code does it by calling another method. */
  public boolean isThroughCall() {
    return at != origin;
  }

  /** Whether the arguments say that it is one entry. */
  public boolean isOfOne() {
    return key != null;
  }

  /** The tree that a finding stands at. */
  public Tree place() {
    return at;
  }
}
