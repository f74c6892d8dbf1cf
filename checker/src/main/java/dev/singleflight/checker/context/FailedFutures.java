package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.effects.StoreAccess;
import dev.singleflight.checker.effects.StoreAccess.Kind;
import dev.singleflight.checker.effects.StorePaths;
import dev.singleflight.checker.effects.Stores;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.site.CacheUses;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Program;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Futures of coalesced loads that stay in a map when they have failed. */
public final class FailedFutures {
  private static final Context.Key<FailedFutures> KEY = new Context.Key<>();

  private static final Pattern CALLBACK =
      Pattern.compile(
          "whenComplete(Async)?|handle(Async)?|exceptionally(Async|Compose)?|onFailure|addListener"
              + "|addCallback|doOnError|doFinally");

  /** Gives a future that has ended, or of what a failure was turned into. */
  private static final Pattern ENDED =
      Pattern.compile(
          "(completed|failed|immediate|succeeded|just|empty|value|of)\\w*|handle(Async)?|exceptionally\\w*");

  private static final Pattern FUTURE =
      Pattern.compile("\\w*(Future|CompletionStage|Promise|Mono|Uni|Single)");

  private final Apis apis;
  private final Inputs inputs;
  private final Stores stores;
  private final LoadedStores loaded;
  private final Program program;

  private FailedFutures(VisitorState state) {
    this.apis = Apis.of(state);
    this.inputs = Inputs.of(state);
    this.stores = Effects.of(state).stores();
    this.loaded = LoadedStores.of(state);
    this.program = Program.of(state);
  }

  public static FailedFutures of(VisitorState state) {
    FailedFutures futures = state.context.get(KEY);
    if (futures == null) {
      futures = new FailedFutures(state);
      state.context.put(KEY, futures);
    }
    Program unused = Program.of(state); // may know more now
    return futures;
  }

  /**
   * A future that stays.
   *
   * @param put what puts it into the map
   * @param early the clean-up that is attached before the entry exists; null where there is none
   */
  public record Stuck(StoreAccess put, @Nullable Tree early) {}

  /** The futures that a member puts into a map that keeps them when they fail. */
  public List<Stuck> in(Member member) {
    List<Stuck> stuck = new ArrayList<>();
    for (StoreAccess access : stores.in(member)) {
      if (access.isThroughCall() || !isKept(access)) {
        continue;
      }
      boolean loads = keepsFuture(access, member);
      Stuck found = loads || putsStarted(access, member) ? stuck(access, member) : null;
      // of a future that is no load's, only the clean-up tells that its failure is to go away
      if (found != null && (loads || found.early() != null)) {
        stuck.add(found);
      }
    }
    return stuck;
  }

  /** Whether futures are put into a map that outlives the code. */
  private boolean isKept(StoreAccess access) {
    return (access.kind() == Kind.PUT || access.kind() == Kind.COMPUTE)
        && isOfFutures(access)
        && stores.paths().isKept(access.store());
  }

  private boolean putsStarted(StoreAccess access, Member member) {
    return access.kind() == Kind.PUT
        && access.values().stream().anyMatch(value -> isStarted(value, member));
  }

  private boolean keepsFuture(StoreAccess access, Member member) {
    for (ExpressionTree value : access.values()) {
      if (loaded.sites(member).stream().anyMatch(s -> member.isInside(s.tree(), value))) {
        return true;
      }
      Term.Call load =
          access.kind() == Kind.PUT
              ? stores.coalesced(inputs.evaluate(value, inputs.scope(member)))
              : null;
      Api api = load == null ? null : apis.match(load.method());
      if (api != null && api.has(Trait.ASYNC)) {
        return true;
      }
      if (access.kind() == Kind.COMPUTE && value instanceof MemberReferenceTree reference) {
        MethodSymbol method = Symbols.method(reference);
        boolean loads =
            program.members().stream()
                .anyMatch(m -> Program.method(m) == method && !loaded.sites(m).isEmpty());
        if (loads) {
          return true;
        }
      }
      boolean fails =
          access.kind() == Kind.COMPUTE
              ? Sources.results(value).stream().anyMatch(r -> isStarted(r, member))
                  || (value instanceof MemberReferenceTree && isAsync(Symbols.method(value)))
              : isFailedHere(value, member);
      if (fails) {
        return true;
      }
    }
    return false;
  }

  /** The future of something that has been started, and may fail. */
  private boolean isStarted(ExpressionTree future, Member member) {
    Term value = Terms.value(inputs.evaluate(future, inputs.scope(member)));
    if (value instanceof Term.Op op && op.kind() == Term.Kind.COMBINE && !op.operands().isEmpty()) {
      value = Terms.value(op.operands().get(0)); // callbacks were attached to it
    }
    return value instanceof Term.Call call && isAsync(call.method());
  }

  private static boolean isAsync(@Nullable MethodSymbol method) {
    return method != null
        && FUTURE.matcher(Symbols.simpleName(method.getReturnType())).matches()
        && !ENDED.matcher(method.name).matches();
  }

  /** A future that is made to fail by the code that puts it. */
  private static boolean isFailedHere(ExpressionTree value, Member member) {
    VarSymbol future = Symbols.variable(Symbols.strip(value));
    return future != null
        && member.callsOn(future).stream()
            .map(Symbols::method)
            .anyMatch(m -> m != null && m.name.contentEquals("completeExceptionally"));
  }

  /** A map or cache whose values are futures; Caffeine's own drops those that fail. */
  private static boolean isOfFutures(StoreAccess access) {
    Type type = Stores.storeType(access);
    if (type == null || Symbols.simpleName(type).contains("Async")) {
      return false;
    }
    List<Type> arguments = type.getTypeArguments();
    return !arguments.isEmpty()
        && FUTURE.matcher(Symbols.simpleName(arguments.get(arguments.size() - 1))).matches();
  }

  private @Nullable Stuck stuck(StoreAccess put, Member member) {
    ImmutableList<Object> path = stores.paths().of(put.store());
    if (path == null || isNeverAsked(path)) {
      return null;
    }
    Tree early = null;
    for (Member other : program.members()) {
      if (Symbols.outermostClass(other.type()) != Symbols.outermostClass(member.type())) {
        continue;
      }
      if (asksForFailure(other) && (other == member || accesses(other, path))) {
        return null;
      }
      for (StoreAccess access : stores.in(other)) {
        boolean drops =
            (access.kind() == Kind.DROP
                    || access.kind() == Kind.DROP_SAME
                    || access.kind() == Kind.REPLACE)
                && isOf(access, path);
        if (drops && other == member && isInFinally(access.at(), other)) {
          return null; // it is there only while the method runs
        }
        Tree attached = drops ? attachment(access.at(), other) : null;
        if (attached == null || (other != member && puts(other, path))) {
          continue; // another's clean-up is of what that other has put
        }
        if (other != member || !isEarly(attached, put, member)) {
          return null;
        }
        if (put.kind() == Kind.COMPUTE) {
          return null; // it changes the map that computes: that is a recursion
        }
        early = attached;
      }
    }
    return new Stuck(put, early);
  }

  /** Whether a map only remembers what was started: no later caller is given what it holds. */
  private boolean isNeverAsked(ImmutableList<Object> path) {
    return StorePaths.last(path) instanceof VarSymbol map
        && CacheUses.onlyFills(map, program.members());
  }

  private boolean puts(Member member, ImmutableList<Object> path) {
    return stores.in(member).stream()
        .anyMatch(
            access ->
                (access.kind() == Kind.PUT || access.kind() == Kind.COMPUTE) && isOf(access, path));
  }

  private boolean accesses(Member member, ImmutableList<Object> path) {
    return stores.in(member).stream().anyMatch(access -> isOf(access, path));
  }

  private boolean isOf(StoreAccess access, ImmutableList<Object> path) {
    return StorePaths.isSame(path, stores.paths().of(access.store()));
  }

  private static boolean asksForFailure(Member member) {
    return member.invocations().stream()
        .map(Symbols::method)
        .anyMatch(
            method ->
                method != null
                    && method
                        .name
                        .toString()
                        .matches("isCompletedExceptionally|exceptionNow|state"));
  }

  private static boolean isInFinally(Tree drop, Member member) {
    for (Tree child = drop, at = member.parent(drop);
        at != null && child != member.function(drop);
        child = at, at = member.parent(at)) {
      if (at instanceof TryTree attempt && attempt.getFinallyBlock() == child) {
        return true;
      }
    }
    return false;
  }

  /** The handler or callback in which an entry is dropped; null where it is dropped anyway. */
  private static @Nullable Tree attachment(Tree drop, Member member) {
    for (Tree child = drop, at = member.parent(drop);
        at != null;
        child = at, at = member.parent(at)) {
      MethodSymbol method = at instanceof MethodInvocationTree ? Symbols.method(at) : null;
      boolean callback =
          method != null
              && (child instanceof LambdaExpressionTree
                  || child instanceof MemberReferenceTree
                  || child == drop)
              && CALLBACK.matcher(method.name).matches();
      if (callback || at instanceof CatchTree) {
        return at;
      }
    }
    return null;
  }

  /** Whether a clean-up may run before what it cleans up is there: then it finds nothing. */
  private static boolean isEarly(Tree attached, StoreAccess put, Member member) {
    if (!(attached instanceof MethodInvocationTree call)) {
      return false;
    }
    MethodSymbol method = Symbols.method(call);
    boolean async = method != null && method.name.toString().endsWith("Async");
    for (ExpressionTree value : put.values()) {
      if (member.isInside(attached, value)) {
        return put.kind() == Kind.PUT || !async; // a map holds the entry while it computes it
      }
    }
    return put.kind() == Kind.PUT
        && ASTHelpers.getStartPosition(attached) < ASTHelpers.getStartPosition(put.at())
        && !member.isInside(put.at(), attached);
  }
}
