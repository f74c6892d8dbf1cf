package dev.singleflight.checker.inputs;

import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;

/**
 * A way into a coalescing call: the call itself, or a call of the private helper that it stands in
 * and that is given its key, its loader or its group.
 *
 * @param scope what is known where the coalescing call stands
 * @param member the member that {@code at} stands in
 * @param at the coalescing call, or that of the helper
 */
public record Entry(Site site, Scope scope, Member member, Tree at) {

  /** Whether the coalescing call is entered through a helper. */
  public boolean isThroughHelper() {
    return at != site.tree();
  }

  /** Whether a variable holds the same element, in the code around the entry, as at the entry. */
  boolean isInLoopOf(VarSymbol variable) {
    Tree declaration = member.declaration(variable);
    Tree loop = declaration == null ? null : member.parent(declaration);
    return loop != null && member.isInside(at, loop);
  }

  /** Whether a local variable or parameter is one that the code around the entry declares. */
  boolean isAround(VarSymbol variable) {
    Tree declaration = member.declaration(variable);
    return declaration != null && member.isInside(at, member.function(declaration));
  }
}
