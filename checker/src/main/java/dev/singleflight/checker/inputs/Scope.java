package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.source.Definition;
import dev.singleflight.checker.source.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where an expression is evaluated: the member it stands in, what is known of its parameters, and
 * what {@code this} is.
 */
public final class Scope {
  private final @Nullable Member member;
  private final ImmutableMap<VarSymbol, Term> bound;
  private final @Nullable Term self;

  /** Values of variables with one definition: without it, chains of locals would cost 2^n. */
  private final Map<VarSymbol, Term> known = new HashMap<>();

  private final Map<Definition, Term> defined = new HashMap<>();

  private Scope(@Nullable Member member, ImmutableMap<VarSymbol, Term> bound, @Nullable Term self) {
    this.member = member;
    this.bound = bound;
    this.self = self;
  }

  /** A member of which nothing but its own code is known. */
  public static Scope of(@Nullable Member member, @Nullable Term self) {
    return new Scope(member, ImmutableMap.of(), self);
  }

  /** The same place with further variables known. */
  public Scope with(Map<VarSymbol, Term> more) {
    if (more.isEmpty()) {
      return this;
    }
    Map<VarSymbol, Term> all = new HashMap<>(bound);
    all.putAll(more);
    return new Scope(member, ImmutableMap.copyOf(all), self);
  }

  /** The same variables, seen by an object's own code. */
  Scope withSelf(Term object) {
    return new Scope(member, bound, object);
  }

  Scope map(UnaryOperator<Term> function) {
    Map<VarSymbol, Term> mapped = new HashMap<>();
    bound.forEach((symbol, term) -> mapped.put(symbol, function.apply(term)));
    return new Scope(
        member, ImmutableMap.copyOf(mapped), self == null ? null : function.apply(self));
  }

  public @Nullable Member member() {
    return member;
  }

  public @Nullable Term self() {
    return self;
  }

  /** What is known of variables: the values of parameters, mostly. */
  ImmutableCollection<Term> given() {
    return bound.values();
  }

  /** All that is known here, {@code this} too: what a term that has this scope is made of. */
  Iterable<Term> held() {
    return self == null ? bound.values() : Iterables.concat(bound.values(), List.of(self));
  }

  @Nullable Term bound(VarSymbol variable) {
    return bound.get(variable);
  }

  Map<VarSymbol, Term> known() {
    return known;
  }

  /** Values of definitions of variables that have more than one. */
  Map<Definition, Term> defined() {
    return defined;
  }
}
