package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.source.Member;

/**
 * What stands in for a value that could not be loaded.
 *
 * @param at where the code gives it
 * @param member the member that this is in
 * @param words the fallback as the source has it
 * @param isNull whether it is null
 * @param marks variables that tell a failure from a value: asked about, they keep it apart
 * @param way what it passes on its way, the nearest last
 */
public record Fallback(
    Tree at,
    Member member,
    String words,
    boolean isNull,
    ImmutableSet<VarSymbol> marks,
    ImmutableList<String> way) {

  Fallback through(String step) {
    return way.size() >= 6
        ? this
        : new Fallback(
            at,
            member,
            words,
            isNull,
            marks,
            ImmutableList.<String>builder().addAll(way).add(step).build());
  }

  /** Whether it is an optional with nothing in it. */
  boolean isEmpty() {
    return words.matches("([\\w.]*\\.)?Optional\\w*\\.(<.*>)?(empty|absent)\\(\\)");
  }

  /** Wrapped in something that is not null. */
  Fallback wrapped() {
    return new Fallback(at, member, words, false, marks, way);
  }
}
