package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources.Use;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways into a coalescing call. */
final class Entries {
  /** A helper that is called from more places than this is followed from these only. */
  private static final int MAX_USES = 50;

  private final Inputs inputs;

  Entries(Inputs inputs) {
    this.inputs = inputs;
  }

  /** The call itself, then each call of the private helper around it, if it is one. */
  List<Entry> of(Site site) {
    Member member = site.member();
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry(site, inputs.scope(member), member, site.tree()));
    MethodSymbol helper = helper(site);
    if (helper == null) {
      return entries;
    }
    for (Use use : inputs.sources().callsOf(helper)) {
      Member caller = inputs.sources().member(use.root(), helper);
      if (caller != null
          && caller != member
          && entries.size() <= MAX_USES
          && use.tree() instanceof MethodInvocationTree call) {
        ImmutableList<Term> arguments =
            inputs.evaluateAll(call.getArguments(), inputs.scope(caller));
        Map<VarSymbol, Term> given = new HashMap<>();
        Calls.bind(helper, arguments)
            .forEach((parameter, term) -> given.put(parameter, new Term.Named(parameter, term)));
        entries.add(new Entry(site, inputs.scope(member).with(given), caller, call));
      }
    }
    return entries;
  }

  /** The private method that a call stands in, where its parameters take part in the call. */
  private @Nullable MethodSymbol helper(Site site) {
    MethodSymbol method =
        site.member().tree() instanceof MethodTree tree ? Symbols.method(tree) : null;
    if (method == null || !Symbols.isPrivate(method) || method.isConstructor()) {
      return null;
    }
    List<Tree> parts = new ArrayList<>(site.keys());
    if (site.loader() != null) {
      parts.add(site.loader());
    }
    for (Tree part : parts) {
      Term value = Terms.value(inputs.key(part, inputs.scope(site.member())));
      if (value instanceof Var variable && method.params().contains(variable.symbol())) {
        return method;
      }
    }
    return isFunctionCalled(method, site) ? method : null;
  }

  /** A parameter that the loader's code calls, as in {@code k -> loader.get()}. */
  private static boolean isFunctionCalled(MethodSymbol method, Site site) {
    return site.loader() != null
        && method.params().stream()
            .anyMatch(
                parameter ->
                    site.member().callsOn(parameter).stream()
                        .anyMatch(call -> site.member().isInside(call, site.loader())));
  }
}
