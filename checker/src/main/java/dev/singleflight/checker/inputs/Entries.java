package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.site.Unit.Handing;
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
  private final Map<MethodSymbol, ImmutableList<Site>> wrappers = new HashMap<>();

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
        entries.add(entry(site, helper, call, caller));
      }
    }
    return entries;
  }

  private Entry entry(Site site, MethodSymbol helper, MethodInvocationTree call, Member caller) {
    ImmutableList<Term> arguments = inputs.evaluateAll(call.getArguments(), inputs.scope(caller));
    Map<VarSymbol, Term> given = new HashMap<>();
    Calls.bind(helper, arguments)
        .forEach((parameter, term) -> given.put(parameter, new Term.Named(parameter, term)));
    return new Entry(site, inputs.scope(site.member()).with(given), caller, call);
  }

  /** The ways into coalescing calls that go through methods which others may call as well. */
  List<Entry> through(Unit unit) {
    List<Entry> entries = new ArrayList<>();
    for (Handing handing : unit.handings()) {
      MethodSymbol called = Symbols.method(handing.call());
      MethodSymbol helper = called == null ? null : inputs.sources().target(called);
      if (helper != null && !Symbols.isPrivate(helper)) {
        for (Site site : wrapped(helper)) {
          entries.add(entry(site, helper, handing.call(), handing.member()));
        }
      }
    }
    return entries;
  }

  /** The coalescing calls of a method that are given its parameters for a key or loader. */
  private ImmutableList<Site> wrapped(MethodSymbol helper) {
    ImmutableList<Site> known = wrappers.get(helper);
    if (known != null) {
      return known;
    }
    MethodTree tree = inputs.sources().method(helper);
    Member member = tree == null ? null : inputs.sources().member(tree, helper);
    ImmutableList.Builder<Site> sites = ImmutableList.builder();
    if (member != null) {
      for (MethodInvocationTree call : member.invocations()) {
        Api api = inputs.apis().match(Symbols.method(call));
        if (api != null && api.has(Trait.COALESCES)) {
          Site site = new Site(api, call, member);
          if (takesPart(helper, site)) {
            sites.add(site);
          }
        }
      }
    }
    ImmutableList<Site> found = sites.build();
    wrappers.put(helper, found);
    return found;
  }

  /** The private method that a call stands in, where its parameters take part in the call. */
  private @Nullable MethodSymbol helper(Site site) {
    MethodSymbol method =
        site.member().tree() instanceof MethodTree tree ? Symbols.method(tree) : null;
    return method != null
            && Symbols.isPrivate(method)
            && !method.isConstructor()
            && takesPart(method, site)
        ? method
        : null;
  }

  /** Whether a method's parameters are the key or the loader of a call in it. */
  private boolean takesPart(MethodSymbol method, Site site) {
    if (site.api().has(Trait.KEEPS_LOADER)) {
      return true; // where the loader goes only its callers know
    }
    List<Tree> parts = new ArrayList<>(site.keys());
    if (site.loader() != null) {
      parts.add(site.loader());
    }
    for (Tree part : parts) {
      Term value = Terms.value(inputs.key(part, inputs.scope(site.member())));
      if (value instanceof Var variable && method.params().contains(variable.symbol())) {
        return true;
      }
    }
    return isFunctionCalled(method, site);
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
