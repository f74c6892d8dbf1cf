package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.context.LockOperations.Kind;
import dev.singleflight.checker.context.LockOperations.Operation;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What methods do to the locks of those who call them: take or release one, hold one around a
 * function they are given. Each method is walked once for it, without any caller in mind.
 */
final class LockSummaries {
  private static final int MAX_DEPTH = 24;

  /** Helpers that may take or release a lock for their caller are named so. */
  private static final Pattern HELPERS =
      Pattern.compile(
          "(lock|acquire|release|enter|leave|exit|exclusive|close|open|begin|end|guard|mutex|^<init>)",
          Pattern.CASE_INSENSITIVE);

  private static final Summary NOTHING = new Summary(ImmutableList.of(), ImmutableSetMultimap.of());

  private final HeldLocks held;
  private final Inputs inputs;
  private final Sources sources;
  private final Map<MethodSymbol, Summary> summaries = new HashMap<>();
  private final Set<MethodSymbol> underWay = new HashSet<>();

  LockSummaries(HeldLocks held, Inputs inputs, Sources sources) {
    this.held = held;
    this.inputs = inputs;
    this.sources = sources;
  }

  /**
   * @param left locks that the method took and keeps, or releases, for its caller
   * @param around the locks it holds where it calls a parameter
   */
  private record Summary(
      ImmutableList<Operation> left, ImmutableSetMultimap<VarSymbol, Lock> around) {}

  /** What a call, or a constructor call, leaves behind. */
  List<Operation> effectOf(ExpressionTree call, Scope scope, boolean whateverName) {
    MethodSymbol method = Symbols.method(call);
    if (method == null || !(whateverName || HELPERS.matcher(method.name).find())) {
      return List.of();
    }
    List<Operation> known = new ArrayList<>();
    for (Operation operation : of(method).left()) {
      Lock lock = inCall(operation.lock(), method, call, scope);
      if (lock != null) {
        known.add(new Operation(operation.kind(), lock));
      }
    }
    return known;
  }

  /** The locks that the callee of {@code call} holds where it calls one of its parameters. */
  Set<Lock> around(MethodInvocationTree call, int position, Scope scope) {
    MethodSymbol method = Symbols.method(call);
    Set<Lock> locks = new LinkedHashSet<>();
    if (method == null || position < 0 || position >= method.params().size()) {
      return locks;
    }
    for (Lock lock : of(method).around().get(method.params().get(position))) {
      Lock known = inCall(lock, method, call, scope);
      if (known != null) {
        locks.add(known);
      }
    }
    return locks;
  }

  private @Nullable Lock inCall(Lock lock, MethodSymbol method, ExpressionTree call, Scope scope) {
    if (lock.term() == null) {
      return lock;
    }
    boolean creation = call instanceof NewClassTree;
    List<? extends ExpressionTree> arguments =
        call instanceof NewClassTree made
            ? made.getArguments()
            : ((MethodInvocationTree) call).getArguments();
    Term receiver =
        creation
            ? inputs.evaluate(call, scope)
            : inputs.receiver((MethodInvocationTree) call, scope);
    return held.operations().inCall(lock, method, inputs.evaluateAll(arguments, scope), receiver);
  }

  private Summary of(MethodSymbol method) {
    Summary known = summaries.get(method);
    if (known != null) {
      return known;
    }
    MethodTree tree = sources.method(method);
    Member member = tree == null ? null : sources.member(tree, method);
    if (tree == null || member == null || underWay.size() >= MAX_DEPTH || !underWay.add(method)) {
      return NOTHING;
    }
    try {
      Summary summary = compute(method, tree, inputs.scope(member));
      summaries.put(method, summary);
      return summary;
    } finally {
      underWay.remove(method);
    }
  }

  private Summary compute(MethodSymbol method, Tree tree, Scope scope) {
    SetMultimap<VarSymbol, Lock> around = LinkedHashMultimap.create();
    Set<Lock> own = held.ownMonitor(method);
    LockWalk walk =
        new LockWalk(held, scope, own, (call, locks) -> record(call, locks, scope, method, around));
    walk.scan(Sources.body(tree), null);
    ImmutableList.Builder<Operation> left = ImmutableList.builder();
    walk.releasedForCaller().forEach(lock -> left.add(new Operation(Kind.RELEASE, lock)));
    for (Lock lock : walk.now()) {
      if (!own.contains(lock)) {
        left.add(new Operation(Kind.TAKE, lock));
      }
    }
    return new Summary(left.build(), ImmutableSetMultimap.copyOf(around));
  }

  /** Notes the locks held where a method calls its parameter, itself or through another wrapper. */
  private void record(
      ExpressionTree call,
      Set<Lock> locks,
      Scope scope,
      MethodSymbol method,
      SetMultimap<VarSymbol, Lock> around) {
    if (!(call instanceof MethodInvocationTree invocation)) {
      return;
    }
    ExpressionTree receiver = Symbols.receiver(invocation);
    VarSymbol called = receiver == null ? null : parameter(receiver, method);
    if (called != null) {
      around.putAll(called, locks);
    }
    for (ExpressionTree argument : invocation.getArguments()) {
      VarSymbol passed = parameter(argument, method);
      if (passed != null) {
        around.putAll(passed, held.inside(invocation, argument, locks, scope));
      }
    }
  }

  private static @Nullable VarSymbol parameter(ExpressionTree tree, MethodSymbol method) {
    VarSymbol variable =
        Symbols.strip(tree) instanceof IdentifierTree name ? Symbols.variable(name) : null;
    return variable != null && method.params().contains(variable) ? variable : null;
  }
}
