package dev.singleflight.checker.inputs;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether there is anything that the key of somebody's cache may omit. */
final class Omittable {
  /** How deep helpers are looked into for a thread's own before anything else is. */
  private static final int MAX_HELPERS = 2;

  private final Inputs inputs;
  private final PerCaller perCaller;
  private final Tenants tenants;
  private final boolean strict;

  Omittable(Inputs inputs, PerCaller perCaller, Tenants tenants, boolean strict) {
    this.inputs = inputs;
    this.perCaller = perCaller;
    this.tenants = tenants;
    this.strict = strict;
  }

  /**
   * The cheap question before what is loaded is followed through the program: whether the method is
   * given something that may be missing from the key, or asks for what its thread is bound to. Of a
   * single value that the key holds a part of nothing is believed by default.
   */
  boolean mayOmit(Site site, Kept kept) {
    MethodSymbol method = Symbols.method(site.member().tree());
    if (method == null || kept.isStatic() || isGiven(site.loader(), method)) {
      return true;
    }
    Set<Symbol> keys = new LinkedHashSet<>();
    for (Tree key : site.keys()) {
      keys.add(Symbols.variable(key instanceof ExpressionTree value ? Symbols.strip(value) : key));
    }
    Set<Symbol> parts = new LinkedHashSet<>();
    if (!strict) {
      inputs.atoms(inputs.key(site)).forEach(atom -> parts.add(atom.root()));
    }
    return method.params().stream()
            .anyMatch(
                parameter ->
                    !keys.contains(parameter)
                        && !(parts.contains(parameter) && Values.isSingle(parameter.type))
                        && maySay(parameter, kept))
        || site.member().invocations().stream()
            .anyMatch(call -> asksThread(Symbols.method(call), 1));
  }

  /** Whether a loader is one that the method was given: what it captures its callers know. */
  private static boolean isGiven(@Nullable ExpressionTree loader, MethodSymbol method) {
    VarSymbol variable = loader == null ? null : Symbols.variable(Symbols.strip(loader));
    return variable != null && method.params().contains(variable);
  }

  private boolean maySay(VarSymbol parameter, Kept kept) {
    return Values.is(parameter.type)
        || perCaller.mayBe(parameter)
        || tenants.mayBe(parameter)
        || Promises.mayBe(parameter)
        || (kept.isCache()
            && !(Values.isTool(parameter.type)
                || parameter.type.tsym.isInterface()
                || Symbols.simpleName(parameter.type).endsWith("Context")));
  }

  /** Whether a method, or one that it calls in its own code, asks what is bound to a thread. */
  private boolean asksThread(@Nullable MethodSymbol method, int depth) {
    if (method == null || Functions.natureOf(method) == Nature.THREAD_BOUND) {
      return method != null;
    }
    MethodTree tree = depth > MAX_HELPERS ? null : inputs.sources().method(method);
    Member member = tree == null ? null : inputs.sources().member(tree, method);
    return member != null
        && member.invocations().stream()
            .anyMatch(call -> asksThread(Symbols.method(call), depth + 1));
  }
}
