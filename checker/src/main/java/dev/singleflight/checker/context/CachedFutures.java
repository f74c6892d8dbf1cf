package dev.singleflight.checker.context;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.site.CacheUses;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Definition;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Futures of loads that others' maps and caches keep when they have failed. */
public final class CachedFutures {
  private static final Context.Key<CachedFutures> KEY = new Context.Key<>();

  private static final Pattern FUTURE =
      Pattern.compile(
          "CompletableFuture|CompletionStage|Future|FutureTask|ListenableFuture|RunnableFuture");

  /** Gives a future that has ended, or of what a failure was turned into. */
  private static final Pattern ENDED =
      Pattern.compile(
          "(completed|failed|immediate|succeeded|just|empty|value|of)\\w*|handle(Async)?"
              + "|exceptionally\\w*|get\\w*|join|new\\w*|create\\w*|register\\w*|add\\w*|wait\\w*");

  private static final Pattern ASKS = Pattern.compile("is(Done|Completed\\w*|Failed|Cancelled)");

  private static final Pattern STARTS =
      Pattern.compile("supplyAsync|runAsync|submit|schedule|callAsync");

  private final Inputs inputs;
  private final CacheLives lives;

  private CachedFutures(VisitorState state) {
    this.inputs = Inputs.of(state);
    this.lives = CacheLives.of(state);
  }

  public static CachedFutures of(VisitorState state) {
    CachedFutures futures = state.context.get(KEY);
    if (futures == null) {
      futures = new CachedFutures(state);
      state.context.put(KEY, futures);
    }
    return futures;
  }

  /** Whether a cache or map keeps the future of a load that has failed, and nothing drops it. */
  public boolean keeps(Site site, Unit unit) {
    if (!isOfFutures(site) || !starts(site)) {
      return false;
    }
    VarSymbol field = lives.field(site);
    return field != null
        && isHandedOut(site)
        && !lives.expires(site)
        && CacheUses.onlyGrows(field, unit.members()); // a removal may be for the failure
  }

  /**
   * Whether who asks for the entry is given it, and does not only see to it that there is one, or
   * that it is replaced when it is done.
   */
  private static boolean isHandedOut(Site site) {
    Member member = site.member();
    boolean gives =
        site.api().has(Trait.VALUE)
            ? !(member.tree() instanceof MethodTree method) || !Sources.results(method).isEmpty()
            : !(member.parent(site.tree()) instanceof ExpressionStatementTree);
    return gives
        && member.invocations().stream()
            .map(Symbols::method)
            .noneMatch(asked -> asked != null && ASKS.matcher(asked.name).matches());
  }

  /** Caffeine's own futures it drops itself when they fail. */
  private static boolean isOfFutures(Site site) {
    ExpressionTree group = site.group();
    Type type = group == null ? null : Symbols.typeOf(group);
    if (type == null || Symbols.simpleName(type).contains("Async")) {
      return false;
    }
    List<Type> arguments = type.getTypeArguments();
    return !arguments.isEmpty()
        && FUTURE.matcher(Symbols.simpleName(arguments.get(arguments.size() - 1))).matches();
  }

  private boolean starts(Site site) {
    ExpressionTree value = site.loader();
    if (value == null) {
      return false;
    }
    if (site.api().has(Trait.VALUE)) {
      return isStarted(value, site.member());
    }
    for (Body body : inputs.loader(site)) {
      Member member = body.scope().member();
      if (member != null
          && Sources.results(body.function()).stream().anyMatch(r -> isStarted(r, member))) {
        return true;
      }
    }
    return false;
  }

  /** The future of something that has been started, or of a task. */
  private boolean isStarted(ExpressionTree future, Member member) {
    ExpressionTree plain = Symbols.strip(future);
    if (plain instanceof MethodInvocationTree call) {
      return isAsync(Symbols.method(call), call);
    }
    if (plain instanceof NewClassTree task) {
      return Symbols.simpleName(Symbols.typeOf(task)).equals("FutureTask")
          && !task.getArguments().isEmpty();
    }
    VarSymbol variable = Symbols.variable(plain);
    if (variable == null || Symbols.isField(variable)) {
      return false;
    }
    for (Definition definition : member.flow().reaching(variable, plain)) {
      if (definition.kind() == Definition.Kind.VALUE
          && definition.value() != future
          && isStarted(definition.value(), member)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAsync(@Nullable MethodSymbol method, MethodInvocationTree call) {
    if (method == null
        || !FUTURE.matcher(Symbols.simpleName(method.getReturnType())).matches()
        || ENDED.matcher(method.name).matches()) {
      return false;
    }
    if (STARTS.matcher(method.name).matches()) {
      return true;
    }
    ExpressionTree receiver = Symbols.receiver(call);
    if (receiver != null
        && Symbols.strip(receiver) instanceof MethodInvocationTree started
        && FUTURE.matcher(Symbols.simpleName(Symbols.typeOf(started))).matches()) {
      return isAsync(Symbols.method(started), started); // behind the callbacks
    }
    return !call.getArguments().isEmpty();
  }
}
