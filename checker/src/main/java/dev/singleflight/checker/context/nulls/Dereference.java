package dev.singleflight.checker.context.nulls;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.Tree;
import dev.singleflight.checker.source.Member;
import org.jspecify.annotations.Nullable;

/**
 * A use of a value that may be null and that fails if it is.
 *
 * @param at where it stands, in code of {@code member}
 * @param value the value as the source names it
 * @param use what is done with it, as the end of a sentence
 * @param path where the null comes from, nearest first
 * @param isShared whether the value is what a coalesced load gives to all of its callers
 * @param inner the use itself, where {@code at} calls the method it stands in; null where it is
 *     that
 */
public record Dereference(
    Tree at,
    Member member,
    String value,
    String use,
    ImmutableList<String> path,
    boolean isShared,
    @Nullable Dereference inner) {

  /** Why the value may be null, in brackets; nothing where its own words say so. */
  public String why() {
    return path.isEmpty() || (path.size() == 1 && path.get(0).equals(value))
        ? ""
        : " (" + String.join(" → ", path) + ")";
  }

  /** How deep the use is in methods that {@code at} calls. */
  int depth() {
    return inner == null ? 0 : inner.depth() + 1;
  }
}
