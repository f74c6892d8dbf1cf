package dev.singleflight.checker.effects;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.MethodTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.site.Reach;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which methods may get what a cache holds: those that ask one, and those above them, as far as the
 * calls show that were read in all files. The cheap question before a method's code is looked at;
 * rather too often yes than not.
 */
final class CacheAskers {
  private final Reach reach;
  private final Apis apis;
  private final Predicate<VarSymbol> isWanted;
  private final int way;
  private final Set<Symbol> askers = new HashSet<>();
  private final Set<Symbol> givers = new HashSet<>();
  private int toldFrom = -1;

  /**
   * @param isWanted whether it is of interest what a field's map holds
   * @param way how many methods may hand it on
   */
  CacheAskers(VisitorState state, Predicate<VarSymbol> isWanted, int way) {
    this.reach = Reach.of(state);
    this.apis = Apis.of(state);
    this.isWanted = isWanted;
    this.way = way;
  }

  /** Whether a member may get it; one that is not a method always may. */
  boolean contain(Member member) {
    return !(member.tree() instanceof MethodTree tree) || askers().contains(Symbols.method(tree));
  }

  /** Whether a method may hand it on to who calls it. */
  boolean give(MethodSymbol method) {
    askers();
    return givers.contains(method);
  }

  private Set<Symbol> askers() {
    if (toldFrom < reach.size()) {
      toldFrom = reach.size();
      spread();
    }
    return askers;
  }

  private void spread() {
    askers.clear();
    givers.clear();
    Set<Symbol> level = first();
    for (int i = 0; i < way; i++) {
      Set<Symbol> above = new LinkedHashSet<>();
      for (Symbol member : level) {
        if (askers.add(member) && gives(member)) {
          givers.add(member);
          above.addAll(reach.callersOfAny(member));
        }
      }
      level = above;
    }
    askers.addAll(level);
  }

  private Set<Symbol> first() {
    Set<Symbol> first = new LinkedHashSet<>(reach.askers());
    for (MethodSymbol method : reach.called()) {
      if (apis.caching(method) != null) {
        first.addAll(reach.callers(method));
      }
    }
    for (VarSymbol field : reach.filled()) {
      if (isWanted.test(field)) {
        first.addAll(reach.lookers(field));
      }
    }
    return first;
  }

  private static boolean gives(Symbol member) {
    return member instanceof MethodSymbol method && !method.getReturnType().isPrimitiveOrVoid();
  }
}
