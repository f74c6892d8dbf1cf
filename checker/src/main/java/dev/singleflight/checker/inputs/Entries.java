package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.site.Unit.Handing;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources.Use;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ways into a coalescing call: itself, and through the methods that wrap it. */
final class Entries {
  /** A helper that is called from more places than this is followed from these only. */
  private static final int MAX_USES = 50;

  private static final int MAX_DEPTH = 6;

  private final Inputs inputs;
  private final Map<MethodSymbol, ImmutableList<Wrapped>> wrappers = new HashMap<>();
  private final Set<MethodSymbol> underWay = new HashSet<>();

  Entries(Inputs inputs) {
    this.inputs = inputs;
  }

  /**
   * A coalescing call that a method wraps.
   *
   * @param scope what is known where it stands, in terms of the method's parameters
   * @param open whether it is wrapped by a method that others may call as well
   */
  private record Wrapped(Site site, Scope scope, boolean open) {}

  /** The call itself, then each call of the private helper around it, and of the helper's own. */
  List<Entry> of(Site site) {
    List<Entry> entries = new ArrayList<>();
    Deque<Entry> inner = new ArrayDeque<>();
    Member member = site.member();
    inner.add(new Entry(site, inputs.scope(member), member, site.tree(), null));
    while (!inner.isEmpty()) {
      Entry entry = inner.remove();
      entries.add(entry);
      MethodSymbol helper = entry.depth() < MAX_DEPTH ? helper(entry) : null;
      if (helper == null) {
        continue;
      }
      for (Use use : inputs.sources().callsOf(helper)) {
        Member caller = inputs.sources().member(use.root(), helper);
        if (caller != null
            && caller != entry.member()
            && entries.size() + inner.size() <= MAX_USES
            && use.tree() instanceof MethodInvocationTree call) {
          Scope scope = given(entry.scope(), helper, call, inputs.scope(caller));
          inner.add(new Entry(site, scope, caller, call, entry));
        }
      }
    }
    return entries;
  }

  /** What is known inside a method, once it is known what a call gives to it. */
  private Scope given(Scope inside, MethodSymbol method, MethodInvocationTree call, Scope outside) {
    Map<VarSymbol, Term> given = new HashMap<>();
    Calls.bind(method, inputs.evaluateAll(call.getArguments(), outside))
        .forEach((parameter, term) -> given.put(parameter, new Term.Named(parameter, term)));
    Term receiver = inputs.receiver(call, outside);
    return inside.map(term -> Terms.substitute(term, given, receiver)).with(given);
  }

  /** The ways into coalescing calls that go through methods which others may call as well. */
  List<Entry> through(Unit unit) {
    List<Entry> entries = new ArrayList<>();
    for (Handing handing : unit.handings()) {
      MethodSymbol called = Symbols.method(handing.call());
      MethodSymbol helper = called == null ? null : inputs.sources().target(called);
      if (helper == null) {
        continue;
      }
      Scope outside = inputs.scope(handing.member());
      for (Wrapped wrapped : wrapped(helper)) {
        if (wrapped.open()) {
          Scope scope = given(wrapped.scope(), helper, handing.call(), outside);
          entries.add(new Entry(wrapped.site(), scope, handing.member(), handing.call(), null));
        }
      }
    }
    return entries;
  }

  /** The coalescing calls that a method's parameters are the key or the loader of. */
  private ImmutableList<Wrapped> wrapped(MethodSymbol helper) {
    ImmutableList<Wrapped> known = wrappers.get(helper);
    if (known != null) {
      return known;
    }
    MethodTree tree = inputs.sources().method(helper);
    Member member = tree == null ? null : inputs.sources().member(tree, helper);
    if (member == null || underWay.size() >= MAX_DEPTH || !underWay.add(helper)) {
      return ImmutableList.of();
    }
    try {
      ImmutableList.Builder<Wrapped> all = ImmutableList.builder();
      for (MethodInvocationTree call : member.invocations()) {
        collect(call, helper, member, all);
      }
      ImmutableList<Wrapped> found = all.build();
      wrappers.put(helper, found);
      return found;
    } finally {
      underWay.remove(helper);
    }
  }

  private void collect(
      MethodInvocationTree call,
      MethodSymbol helper,
      Member member,
      ImmutableList.Builder<Wrapped> all) {
    boolean open = !Symbols.isPrivate(helper);
    MethodSymbol called = Symbols.method(call);
    Api api = inputs.apis().match(called);
    Scope scope = inputs.scope(member);
    if (api != null) {
      Site site = new Site(api, call, member);
      if (api.has(Trait.COALESCES) && takesPart(helper, site, scope)) {
        all.add(new Wrapped(site, scope, open));
      }
    } else if (called != null && handsOn(helper, call, member)) {
      MethodSymbol inner = inputs.sources().target(called);
      for (Wrapped wrapped : wrapped(inner)) {
        Scope known = given(wrapped.scope(), inner, call, scope);
        all.add(new Wrapped(wrapped.site(), known, open || wrapped.open()));
      }
    }
  }

  /** Whether a call is given a function that its method was given, as it is or in another one. */
  private static boolean handsOn(MethodSymbol method, MethodInvocationTree call, Member member) {
    return method.params().stream()
        .filter(parameter -> isFunction(parameter.type))
        .anyMatch(
            parameter ->
                call.getArguments().stream()
                    .anyMatch(
                        argument ->
                            Symbols.variable(Symbols.strip(argument)) == parameter
                                || isCalled(parameter, argument, member)));
  }

  /** The private method that an entry stands in, where its parameters take part in the call. */
  private @Nullable MethodSymbol helper(Entry entry) {
    MethodSymbol method =
        entry.member().tree() instanceof MethodTree tree ? Symbols.method(tree) : null;
    return method != null
            && Symbols.isPrivate(method)
            && !method.isConstructor()
            && takesPart(method, entry.site(), entry.scope())
        ? method
        : null;
  }

  /** Whether a method's parameters are the key or the loader of a call in it. */
  private boolean takesPart(MethodSymbol method, Site site, Scope scope) {
    if (site.api().has(Trait.KEEPS_LOADER) && Symbols.method(site.member().tree()) == method) {
      return true; // where the loader goes only its callers know
    }
    List<Tree> parts = new ArrayList<>(site.keys());
    if (site.loader() != null) {
      parts.add(site.loader());
    }
    for (Tree part : parts) {
      if (isParameter(inputs.key(part, scope), method)) {
        return true;
      }
    }
    // a parameter that the loader's code calls, as in k -> loader.get(), or that it came as
    ExpressionTree loader = site.loader();
    return loader != null
        && (method.params().stream().anyMatch(p -> isCalled(p, loader, site.member()))
            || scope.given().stream()
                .anyMatch(term -> isParameter(term, method) && isFunction(Stability.typeOf(term))));
  }

  private static boolean isFunction(@Nullable Type type) {
    return type != null && type.tsym != null && type.tsym.isInterface();
  }

  private static boolean isParameter(Term term, MethodSymbol method) {
    return Terms.value(term) instanceof Var variable && method.params().contains(variable.symbol());
  }

  private static boolean isCalled(VarSymbol parameter, ExpressionTree code, Member member) {
    return member.callsOn(parameter).stream().anyMatch(call -> member.isInside(call, code));
  }
}
