package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.context.LoadedStores.Loaded;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.effects.StoreAccess;
import dev.singleflight.checker.effects.StoreAccess.Kind;
import dev.singleflight.checker.effects.StorePaths;
import dev.singleflight.checker.effects.Stores;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.source.Conditions;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Program;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What code does about loads under way when it drops what they are going to write. */
public final class Invalidations {
  private static final Context.Key<Invalidations> KEY = new Context.Key<>();
  private static final int MAX_CALLERS = 3;

  /** Methods that drop what nobody needs any more; what a load then writes is no worse. */
  private static final Pattern HOUSEKEEPING =
      Pattern.compile(
          "close|shutdown\\w*|stop|destroy|dispose|tearDown|terminate|finalize|onRemoval|onEviction"
              + "|(evict|purge|remove|drop|expire|clean|sweep|prune|trim|shrink|reap|clear)"
              + "(Up)?(Expired|Stale|Old|Idle|Oldest|Eldest|Lru|Excess|Overflow)?\\w*(Expired|Stale|Old"
              + "|Idle|Oldest|Eldest|Lru|Excess|Overflow)\\w*"
              + "|(cleanUp|cleanup|sweep|prune|trim|shrink|reap|housekeep)\\w*|expireEntries|before\\w*"
              + "|after(Each|All)");

  /** Callbacks in which an entry is dropped because its load failed, or because it is gone. */
  private static final Pattern CALLBACK =
      Pattern.compile(
          "whenComplete(Async)?|handle(Async)?|exceptionally(Async)?|onFailure|addListener"
              + "|addCallback|onErrorResume|doOnError|doFinally|doOnTerminate|removalListener"
              + "|evictionListener|orTimeout|thenRun(Async)?");

  /** What a condition asks when the entry is dropped for its age, or for want of room. */
  private static final Pattern AGE =
      Pattern.compile(
          ".*((?i:expir|\\bttl|\\bstale|isstale|deadline|elapsed|capacity|idle|isvalid|\\bmax)"
              + "|\\b[aA]ge\\b|[a-z]Age\\b|\\bnow\\b|isBefore|isAfter|\\bsize\\(|MAX|LIMIT|TTL|limit"
              + "|[mM]illis|nanoTime).*",
          Pattern.DOTALL);

  private static final Pattern FORGETS =
      Pattern.compile("(forget|invalidate|evict|cancel|discard|abandon|detach|remove|clear)\\w*");

  private final Inputs inputs;
  private final Stores stores;
  private final LoadedStores loaded;
  private final Program program;

  private Invalidations(VisitorState state) {
    this.inputs = Inputs.of(state);
    this.stores = Effects.of(state).stores();
    this.loaded = LoadedStores.of(state);
    this.program = Program.of(state);
  }

  public static Invalidations of(VisitorState state) {
    Invalidations invalidations = state.context.get(KEY);
    if (invalidations == null) {
      invalidations = new Invalidations(state);
      state.context.put(KEY, invalidations);
    }
    Program unused = Program.of(state); // may know more now
    return invalidations;
  }

  /** An entry dropped, and the load that may write it back. */
  public record Drop(StoreAccess access, Loaded store) {}

  /** What a member drops while a load under way can still write it back. */
  public List<Drop> unforgotten(Member member) {
    List<Drop> drops = new ArrayList<>();
    if (loaded.all().isEmpty()) {
      return drops;
    }
    for (StoreAccess access : stores.in(member)) {
      Loaded store = access.kind() == Kind.DROP ? store(access) : null;
      if (store != null
          && !isReportedInCallee(access)
          && !isHousekeeping(access, member)
          && Collections.disjoint(store.asked(), Conditions.variables(member.tree()))
          && !forgets(member, store, MAX_CALLERS, new HashSet<>())) {
        drops.add(new Drop(access, store));
      }
    }
    return drops;
  }

  /** The store that is dropped from, if loads write it. */
  @Nullable Loaded store(StoreAccess access) {
    ImmutableList<Object> path = stores.paths().of(access.store());
    for (Loaded store : loaded.all()) {
      if (StorePaths.isSame(store.path(), path)) {
        return store;
      }
    }
    return null;
  }

  private boolean isReportedInCallee(StoreAccess access) {
    if (!access.isThroughCall()) {
      return false;
    }
    for (StoreAccess direct : stores.in(access.member())) {
      if (direct.origin() == access.origin() && !direct.isThroughCall()) {
        return store(direct) != null;
      }
    }
    return false;
  }

  private boolean isHousekeeping(StoreAccess access, Member member) {
    return isHousekeeping(access.at(), member)
        || (access.isThroughCall() && isHousekeeping(access.origin(), access.member()));
  }

  private boolean isHousekeeping(ExpressionTree at, Member member) {
    if (isHousekeeping(member) || loaded.isInLoader(at, member)) {
      return true;
    }
    for (Tree child = at, up = at; up != null; child = up, up = member.parent(up)) {
      MethodSymbol method = up instanceof MethodInvocationTree ? Symbols.method(up) : null;
      boolean callback =
          method != null
              && (child instanceof LambdaExpressionTree || child == at)
              && up != at
              && CALLBACK.matcher(method.name).matches();
      boolean listener =
          up instanceof ClassTree type
              && Symbols.of(type) instanceof Symbol.ClassSymbol symbol
              && symbol.getInterfaces().stream()
                  .anyMatch(i -> Symbols.simpleName(i).matches("\\w*(Removal|Eviction)Listener"));
      if (up instanceof CatchTree || callback || listener) {
        return true;
      }
    }
    boolean aged =
        at instanceof MethodInvocationTree call
            && call.getArguments().stream()
                .anyMatch(a -> Symbols.strip(a) instanceof LambdaExpressionTree && isAge(a));
    return aged
        || Conditions.of(at, member.tree(), member).stream().anyMatch(c -> isAge(c.expression()));
  }

  private static boolean isAge(Tree condition) {
    return AGE.matcher(condition.toString()).matches();
  }

  private static boolean isHousekeeping(Member member) {
    MethodSymbol method = Program.method(member);
    return method == null
        || method.isConstructor()
        || HOUSEKEEPING.matcher(method.name).matches()
        || Symbols.hasAnnotation(method, "PreDestroy")
        || Symbols.hasAnnotation(method, "Scheduled")
        || Symbols.hasAnnotation(method, "Test")
        || member.type().getInterfaces().stream()
            .anyMatch(i -> Symbols.simpleName(i).matches("\\w*(Removal|Eviction)Listener"));
  }

  /** Whether the flights of the load are forgotten too: in the member, or by all its callers. */
  private boolean forgets(Member member, Loaded store, int depth, Set<Member> seen) {
    if (!seen.add(member)) {
      return false;
    }
    ImmutableList<Object> group = stores.paths().of(store.group());
    for (StoreAccess access : stores.in(member)) {
      boolean forgets = access.kind() == Kind.FORGET || access.kind() == Kind.DROP_EXACT;
      if (forgets && mayBe(group, stores.paths().of(access.store()))) {
        return true;
      }
    }
    if (group != null && !store.site().api().type().equals("dev.singleflight.SingleflightGroup")) {
      for (MethodInvocationTree call : member.invocations()) {
        MethodSymbol method = Symbols.method(call);
        if (method != null
            && FORGETS.matcher(method.name).matches()
            && StorePaths.isSame(
                group, stores.paths().of(inputs.receiver(call, inputs.scope(member))))) {
          return true;
        }
      }
    }
    MethodSymbol method = Program.method(member);
    List<Program.Call> callers = method == null ? List.of() : program.callers(method);
    return depth > 0
        && !callers.isEmpty()
        && callers.stream().allMatch(c -> forgets(c.member(), store, depth - 1, seen));
  }

  private static boolean mayBe(
      @Nullable ImmutableList<Object> group, @Nullable ImmutableList<Object> other) {
    return group == null
        || other == null
        || StorePaths.isSame(group, other)
        || StorePaths.isSame(other, group);
  }
}
