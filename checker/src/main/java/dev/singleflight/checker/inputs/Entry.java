package dev.singleflight.checker.inputs;

import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A way into a coalescing call: the call itself, or a call of the private helper that it stands in
 * and that is given its key, its loader or its group.
 *
 * @param scope what is known where the coalescing call stands
 * @param member the member that {@code at} stands in
 * @param at the coalescing call, or that of the helper
 * @param inner the way into the helper that this one extends; null for the outermost of open ones
 */
public record Entry(Site site, Scope scope, Member member, Tree at, @Nullable Entry inner) {

  /** Whether the coalescing call is entered through a helper. */
  public boolean isThroughHelper() {
    return at != site.tree();
  }

  /** Whether one of these is this entry, or on its way: what is wrong there is wrong here too. */
  public boolean isBehind(Set<Entry> others) {
    for (Entry at = this; at != null; at = at.inner) {
      if (others.contains(at)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this entry goes on to another. */
  boolean extendsTo(Entry other) {
    for (Entry at = other.inner; at != null; at = at.inner) {
      if (at.equals(this)) {
        return true;
      }
    }
    return false;
  }

  /** How many helpers are between this entry and the coalescing call. */
  int depth() {
    return inner == null ? 0 : inner.depth() + 1;
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
