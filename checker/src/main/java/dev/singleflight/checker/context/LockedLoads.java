package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.RemoteCalls;
import dev.singleflight.checker.effects.Act;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.site.Reach;
import dev.singleflight.checker.site.RemoteReach;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Definition;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hand-made memoizers that ask another process, or wait for a future, while they hold one lock for
 * all keys: they look into a map, load and put under the lock; or look at a field without it, and
 * load it under the lock without looking again.
 */
public final class LockedLoads {
  private static final ImmutableSet<String> LOOKS =
      ImmutableSet.of("get", "containsKey", "getOrDefault", "getIfPresent");

  private final VisitorState state;
  private final HeldLocks locks;
  private final Sources sources;
  private final boolean strict;

  private LockedLoads(VisitorState state) {
    this.state = state;
    this.locks = HeldLocks.of(state);
    this.sources = Sources.of(state);
    this.strict = Options.of(state).strict();
  }

  /**
   * A load under a lock.
   *
   * @param at the call that loads
   * @param store the map or field that is filled
   * @param again whether those who have waited for the lock load once more
   */
  public record LockedLoad(ExpressionTree at, Lock lock, VarSymbol store, Act act, boolean again) {}

  /** Those of a file. */
  public static List<LockedLoad> of(Unit unit, VisitorState state) {
    List<LockedLoad> found = new ArrayList<>();
    if (!Reach.of(state).fillsUnderLock(state.getPath().getCompilationUnit())) {
      return found;
    }
    LockedLoads loads = new LockedLoads(state);
    RemoteReach remote = RemoteReach.of(state);
    Set<Symbol> lookers = new HashSet<>();
    unit.storeCalls().keySet().forEach(member -> lookers.add(Symbols.of(member.tree())));
    for (Member member : unit.lockable()) {
      Symbol symbol = Symbols.of(member.tree());
      if (symbol == null || !mayFill(member, lookers) || !remote.mayAsk(symbol)) {
        continue;
      }
      for (ExpressionTree call : loads.locks.callsUnderLock(member)) {
        LockedLoad load = loads.load(call, member);
        if (load != null) {
          found.add(load);
          break;
        }
      }
    }
    return found;
  }

  /** Whether a member looks into a map, itself or by a helper, or assigns to a field. */
  private static boolean mayFill(Member member, Set<Symbol> lookers) {
    return lookers.contains(Symbols.of(member.tree()))
        || member.invocations().stream().anyMatch(call -> lookers.contains(Symbols.method(call)))
        || member.assignments().stream().anyMatch(LockedLoads::isOfField);
  }

  private static boolean isOfField(ExpressionTree tree) {
    VarSymbol variable =
        tree instanceof AssignmentTree assignment
            ? Symbols.variable(Symbols.strip(assignment.getVariable()))
            : null;
    return variable != null && Symbols.isField(variable);
  }

  private @Nullable LockedLoad load(ExpressionTree call, Member member) {
    Lock lock = sharedLock(call, member);
    if (lock == null) {
      return null;
    }
    Set<VarSymbol> maps = asked(call, member);
    VarSymbol field = lookedAtOutside(call, member);
    if (maps.isEmpty() && field == null) {
      return null;
    }
    List<Act> acts = Effects.of(state).acts().of(call, member);
    Act remote = first(acts, act -> act.kind() == Act.Kind.REMOTE);
    Act waits = remote != null ? remote : first(acts, LockedLoads::isForResult);
    if (waits == null) {
      return null;
    }
    for (VarSymbol map : maps) {
      if ((strict || givesAway(member))
          && (remote != null ? isPut(map, call, acts, member) : isPutItself(map, call, member))) {
        return new LockedLoad(call, lock, map, waits, false);
      }
    }
    return field == null || remote == null ? null : new LockedLoad(call, lock, field, remote, true);
  }

  private static @Nullable Act first(List<Act> acts, Predicate<Act> wanted) {
    return acts.stream()
        .filter(act -> !act.attached() && wanted.test(act))
        .findFirst()
        .orElse(null);
  }

  /** Whether an act waits for what somebody else works out, and not just for time or a signal. */
  private static boolean isForResult(Act act) {
    return act.kind() == Act.Kind.WAIT && RemoteCalls.isResult(act.method());
  }

  /** Whether a member answers who calls it, and does not only put in what it was told of. */
  private static boolean givesAway(Member member) {
    return !(member.tree() instanceof MethodTree method) || !Sources.results(method).isEmpty();
  }

  /** The lock that is one for all keys: this object, a class, or what a field of it holds. */
  private @Nullable Lock sharedLock(ExpressionTree call, Member member) {
    for (Lock lock : locks.at(call, member)) {
      Term term = lock.term() == null ? null : Terms.value(lock.term());
      boolean field =
          term instanceof Term.Field held
              && (held.receiver() == null || Terms.value(held.receiver()) instanceof Term.Self);
      if (field || term instanceof Term.Self || term instanceof Term.Const) {
        return lock;
      }
    }
    return null;
  }

  /**
   * The maps without whose entry a call would not be made: what a condition around it asks, itself
   * or by what a variable was given before.
   */
  private Set<VarSymbol> asked(ExpressionTree call, Member member) {
    Set<VarSymbol> maps = new LinkedHashSet<>();
    for (Conditions.Condition condition : Conditions.of(call, member.tree(), member)) {
      maps.addAll(looked(condition.expression(), member));
      for (VarSymbol variable : Conditions.variables(condition.expression())) {
        for (Definition definition : member.definitions(variable)) {
          maps.addAll(looked(definition.value(), member));
        }
      }
    }
    return maps;
  }

  /** The maps that an expression looks into: itself, or by a method of its own class. */
  private Set<VarSymbol> looked(ExpressionTree expression, Member member) {
    Set<VarSymbol> maps = new LinkedHashSet<>();
    for (MethodInvocationTree call : member.invocations()) {
      if (!member.isInside(call, expression)) {
        continue;
      }
      VarSymbol map = lookedInto(call);
      MethodSymbol callee = Symbols.method(call);
      if (map != null) {
        maps.add(map);
      } else if (callee != null && Symbols.isPrivate(callee)) {
        MethodTree source = sources.method(callee);
        Member helper = source == null ? null : sources.member(source, callee);
        if (helper != null) {
          for (MethodInvocationTree inner : helper.invocations()) {
            VarSymbol looked = lookedInto(inner);
            if (looked != null) {
              maps.add(looked);
            }
          }
        }
      }
    }
    return maps;
  }

  private @Nullable VarSymbol lookedInto(MethodInvocationTree call) {
    MethodSymbol method = Symbols.method(call);
    ExpressionTree receiver = Symbols.receiver(call);
    VarSymbol map = receiver == null ? null : Symbols.variable(Symbols.strip(receiver));
    return map != null
            && method != null
            && Symbols.isField(map)
            && LOOKS.contains(method.name.toString())
            && Effects.of(state).acts().isStore(method)
        ? map
        : null;
  }

  /** Whether what is loaded is put into a map: by the call that loads, or behind it. */
  private boolean isPut(VarSymbol map, ExpressionTree call, List<Act> acts, Member member) {
    if (acts.stream().anyMatch(act -> isPut(map, act))) {
      return true;
    }
    for (MethodInvocationTree other : member.invocations()) {
      ExpressionTree receiver = Symbols.receiver(other);
      MethodSymbol method = Symbols.method(other);
      if (receiver != null
          && method != null
          && Symbols.variable(Symbols.strip(receiver)) == map
          && method.name.toString().startsWith("put")
          && (member.isInside(call, other) || member.flow().mayFollow(call, other))
          && locks.at(other, member).equals(locks.at(call, member))) {
        return true;
      }
    }
    return false;
  }

  /** Whether what a call gives is what is put into a map: much else is waited for on the way. */
  private static boolean isPutItself(VarSymbol map, ExpressionTree call, Member member) {
    for (MethodInvocationTree put : member.invocations()) {
      ExpressionTree receiver = Symbols.receiver(put);
      MethodSymbol method = Symbols.method(put);
      if (receiver != null
          && method != null
          && Symbols.variable(Symbols.strip(receiver)) == map
          && method.name.toString().startsWith("put")
          && (member.isInside(call, put)
              || put.getArguments().stream()
                  .flatMap(argument -> Conditions.variables(argument).stream())
                  .flatMap(variable -> member.definitions(variable).stream())
                  .anyMatch(given -> member.isInside(call, given.value())))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPut(VarSymbol map, Act act) {
    return act.kind() == Act.Kind.UPDATE
        && act.method().name.toString().startsWith("put")
        && act.object() != null
        && Terms.value(act.object()) instanceof Term.Field field
        && field.symbol() == map;
  }

  /** The field that decided, before the lock was taken and not since, that a load is needed. */
  private @Nullable VarSymbol lookedAtOutside(ExpressionTree call, Member member) {
    Tree locked = member.parent(call);
    while (locked != null && !(locked instanceof SynchronizedTree)) {
      locked = member.parent(locked);
    }
    if (locked == null) {
      return null;
    }
    Set<VarSymbol> outside = new LinkedHashSet<>();
    Set<VarSymbol> inside = new LinkedHashSet<>();
    for (Conditions.Condition condition : Conditions.of(call, member.tree(), member)) {
      (member.isInside(condition.at(), locked) ? inside : outside)
          .addAll(Conditions.variables(condition.expression()));
    }
    int start = ASTHelpers.getStartPosition(call);
    for (VarSymbol field : outside) {
      if (Symbols.isField(field)
          && !inside.contains(field)
          && isAssigned(field, start, locked, member)) {
        return inside.isEmpty() ? field : null;
      }
    }
    return null;
  }

  private static boolean isAssigned(VarSymbol field, int after, Tree in, Member member) {
    return member.assignments().stream()
        .anyMatch(
            tree ->
                tree instanceof AssignmentTree assignment
                    && Symbols.variable(Symbols.strip(assignment.getVariable())) == field
                    && ASTHelpers.getStartPosition(assignment.getExpression()) >= after
                    && member.isInside(assignment, in));
  }
}
