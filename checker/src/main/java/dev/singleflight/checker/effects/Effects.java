package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Symbols;

/** The second question: what does running this code do? One instance for each javac call. */
public final class Effects {
  private static final Context.Key<Effects> KEY = new Context.Key<>();

  /** Exceptions that say how a caller's own waiting ended. */
  private static final ImmutableSet<String> OWN_FAILURES =
      ImmutableSet.of(
          "ExecutionException",
          "CompletionException",
          "TimeoutException",
          "InterruptedException",
          "CancellationException",
          "RecursiveLoadException");

  private final Callbacks callbacks;
  private final Blocking blocking;
  private final Loads loads;
  private final Mutations mutations;
  private final CachedValues cachedValues;
  private final Stores stores;
  private final Failures failures;
  private final Failures passingFailures;
  private final Casts casts;
  private final Acts acts;

  private Effects(VisitorState state) {
    Inputs inputs = Inputs.of(state);
    this.callbacks = new Callbacks(state);
    this.blocking = new Blocking(state, inputs, callbacks);
    this.loads = new Loads(state, inputs, callbacks);
    this.mutations = new Mutations(state, inputs);
    this.cachedValues = new CachedValues(state, inputs, mutations);
    this.stores = new Stores(state, inputs);
    this.failures = new Failures(state, inputs, new Handlers());
    this.passingFailures = new Failures(state, inputs, new PassingFailures(state));
    this.casts = new Casts(state, inputs);
    this.acts = new Acts(state, inputs, callbacks);
  }

  public static Effects of(VisitorState state) {
    Effects effects = state.context.get(KEY);
    if (effects == null) {
      effects = new Effects(state);
      state.context.put(KEY, effects);
    }
    return effects;
  }

  /** Which functions run at once. */
  public Callbacks callbacks() {
    return callbacks;
  }

  /** Which calls wait for a coalesced load. */
  public Blocking blocking() {
    return blocking;
  }

  /** Which loads code makes, with which keys. */
  public Loads loads() {
    return loads;
  }

  /** What code changes. */
  public Mutations mutations() {
    return mutations;
  }

  /** Who changes what maps and caches that are not ours give to all who ask. */
  public CachedValues cachedValues() {
    return cachedValues;
  }

  /** What code does with caches, maps and flights. */
  public Stores stores() {
    return stores;
  }

  /** What code gives in place of a value when something failed. */
  public Failures failures() {
    return failures;
  }

  /** What code changes in maps and caches, and waits for, while others wait for it. */
  public Acts acts() {
    return acts;
  }

  /** The same, where what failed may work when it is tried again. */
  public Failures passingFailures() {
    return passingFailures;
  }

  /** What code takes a load's value for. */
  public Casts casts() {
    return casts;
  }

  /** Whether an exception that was caught is what a load handed to every caller. */
  public boolean isSharedFailure(Term exception, Member member) {
    if (!(Terms.value(exception) instanceof Term.Var caught)
        || !(member.declaration(caught.symbol()) instanceof VariableTree parameter)
        || !(member.parent(parameter) instanceof CatchTree handler)
        || !(member.parent(handler) instanceof TryTree attempt)
        || OWN_FAILURES.contains(Symbols.simpleName(caught.symbol().type))) {
      return false;
    }
    return member.invocations().stream()
        .anyMatch(
            call ->
                member.isInside(call, attempt.getBlock())
                    && member.function(call) == member.function(attempt)
                    && blocking.passesFailureOn(call, member));
  }
}
