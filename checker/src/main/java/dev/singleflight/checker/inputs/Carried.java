package dev.singleflight.checker.inputs;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.sun.tools.javac.code.Symbol;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Decided;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.Named;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Term.Returned;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a key carries however it turns out: {@code strict ? tenant + id : id} does not carry the
 * tenant, unless the loader is bound to go the same way.
 */
final class Carried {
  private static final int MAX_WAYS = 8;

  private final Inputs inputs;
  private final Entry entry;
  private final List<Read> reads;

  Carried(Inputs inputs, Entry entry, List<Read> reads) {
    this.inputs = inputs;
    this.entry = entry;
    this.reads = reads;
  }

  ImmutableSet<Atom> by(Term key) {
    ImmutableSet<Atom> all = inputs.atoms(key);
    ImmutableList<Term> ways = ways(key);
    if (ways.size() < 2 || ways.size() > MAX_WAYS) {
      return all;
    }
    List<ImmutableSet<Atom>> each = ways.stream().map(inputs::atoms).toList();
    Set<Atom> always = new LinkedHashSet<>();
    for (Atom atom : all) {
      boolean carried =
          each.stream().allMatch(way -> way.stream().anyMatch(known -> known.covers(atom)));
      if (carried || atom.loss() == Atom.Loss.PART) {
        always.add(atom); // what decides is told by what comes of it
      }
    }
    return ImmutableSet.copyOf(always);
  }

  /** What a key may turn out to be, where neither the code around nor the loader goes along. */
  private ImmutableList<Term> ways(Term term) {
    if (term instanceof Named named) {
      return ways(named.value()).stream()
          .map(way -> (Term) new Named(named.symbol(), way))
          .collect(ImmutableList.toImmutableList());
    }
    if (term instanceof Returned returned) {
      return ways(returned.value());
    }
    if (term instanceof Decided decided) {
      return decided.value() instanceof Op choice && isOneSided(decided)
          ? choice.operands()
          : ImmutableList.of(term);
    }
    if (term instanceof Call call
        && call.receiver() != null
        && call.arguments().isEmpty()
        && Functions.natureOf(call.method()) == Nature.TRANSPARENT) {
      return ways(call.receiver()); // in other words
    }
    if (!(term instanceof Op op) || (op.kind() != Kind.CONCAT && op.kind() != Kind.COMBINE)) {
      return ImmutableList.of(term);
    }
    for (int i = 0; i < op.operands().size(); i++) {
      ImmutableList<Term> ways = ways(op.operands().get(i));
      if (ways.size() > 1) {
        List<Term> all = new ArrayList<>();
        for (Term way : ways) {
          List<Term> operands = new ArrayList<>(op.operands());
          operands.set(i, way);
          all.add(Terms.op(op.kind(), operands, op.tree()));
        }
        return ImmutableList.copyOf(all);
      }
    }
    return ImmutableList.of(term);
  }

  /** Whether two callers may differ in a choice of the key's while the loader does the same. */
  private boolean isOneSided(Decided decided) {
    return decided.by().stream()
        .flatMap(by -> inputs.atoms(by).stream())
        .noneMatch(atom -> atom.isConfiguration() || isRead(atom) || decidesElsewhere(atom));
  }

  private boolean isRead(Atom atom) {
    return reads.stream()
        .flatMap(read -> inputs.atoms(read.term()).stream())
        .anyMatch(read -> read.covers(atom) || read.isReadWhere(atom));
  }

  /** Whether other conditions ask for it too: the call may stand where they hold. */
  private boolean decidesElsewhere(Atom atom) {
    Set<Symbol> names = new LinkedHashSet<>(atom.trail());
    names.add(atom.root());
    return entry.site().member().forksOn(names) + entry.member().forksOn(names)
        > (entry.member() == entry.site().member() ? 2 : 1);
  }
}
