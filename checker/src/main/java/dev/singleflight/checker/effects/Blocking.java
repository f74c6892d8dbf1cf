package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which calls wait for a coalesced load: directly, through a future, or through other methods. */
public final class Blocking {
  private static final int MAX_DEPTH = 24;

  /** How deep functions that run functions are followed: each may run its own more than once. */
  private static final int MAX_FUNCTIONS = 6;

  private static final ImmutableSet<String> WAITS = ImmutableSet.of("get", "join");

  /** What the name of a future's method ends with in a way. */
  private static final String WAITING = "()";

  private final Inputs inputs;
  private final Apis apis;
  private final Sources sources;
  private final Callbacks callbacks;
  private final Map<MethodSymbol, Optional<ImmutableList<String>>> methods = new HashMap<>();
  private final Set<MethodSymbol> underWay = new HashSet<>();
  private final Set<Tree> functions = new HashSet<>();

  Blocking(VisitorState state, Inputs inputs, Callbacks callbacks) {
    this.inputs = inputs;
    this.apis = Apis.of(state);
    this.sources = Sources.of(state);
    this.callbacks = callbacks;
  }

  /**
   * The way from a call to the load that it waits for, as method names; null where it waits for
   * none.
   *
   * @param member the member that the call stands in
   */
  public @Nullable ImmutableList<String> way(ExpressionTree call, @Nullable Member member) {
    MethodSymbol method = Symbols.method(call);
    if (method == null) {
      return null;
    }
    Api api = apis.match(method);
    if (api != null) {
      boolean blocks = api.has(Trait.COALESCES) && api.has(Trait.BLOCKS);
      return blocks ? ImmutableList.of(name(call)) : null;
    }
    ImmutableList<String> rest = null;
    if (call instanceof MethodInvocationTree invocation && member != null) {
      ExpressionTree receiver = Symbols.receiver(invocation);
      if (receiver != null && isWait(receiver, method, member)) {
        return ImmutableList.of(name(call) + WAITING);
      }
      rest = receiver == null ? null : ofFunction(receiver, method, member);
    }
    if (rest == null) {
      rest =
          way(
              call instanceof MethodInvocationTree invocation && member != null
                  ? inputs.target(invocation, inputs.scope(member))
                  : sources.target(method));
    }
    return rest == null
        ? null
        : ImmutableList.<String>builder().add(method.name + "(…)").addAll(rest).build();
  }

  /** Whether a call throws a load's failure as it is; a future wraps it anew for each caller. */
  boolean passesFailureOn(MethodInvocationTree call, Member member) {
    ImmutableList<String> way = way(call, member);
    return way != null && !way.get(way.size() - 1).endsWith(WAITING);
  }

  private static String name(ExpressionTree call) {
    ExpressionTree receiver =
        call instanceof MethodInvocationTree invocation
            ? Symbols.receiver(invocation)
            : call instanceof MemberReferenceTree reference
                ? reference.getQualifierExpression()
                : null;
    MethodSymbol method = Symbols.method(call);
    boolean plain = receiver != null && Symbols.variable(receiver) != null;
    return (plain ? receiver + "." : "") + (method == null ? "" : method.name);
  }

  /** {@code loader.get()}: the way through the lambda or method that {@code loader} holds. */
  private @Nullable ImmutableList<String> ofFunction(
      ExpressionTree receiver, MethodSymbol method, Member member) {
    if ((method.flags() & Flags.ABSTRACT) == 0 || !(receiver instanceof IdentifierTree)) {
      return null;
    }
    Term held = inputs.evaluate(receiver, inputs.scope(member));
    return Terms.value(held) instanceof Term.Code code ? ofCode(code) : null;
  }

  private @Nullable ImmutableList<String> ofCode(Term.Code code) {
    if (functions.size() >= MAX_FUNCTIONS || !functions.add(code.tree())) {
      return null;
    }
    try {
      if (code.tree() instanceof MemberReferenceTree reference) {
        return way(reference, code.scope().member());
      }
      Finder finder = new Finder(code.scope().member());
      finder.scan(Sources.body(code.tree()), null);
      return finder.found;
    } finally {
      functions.remove(code.tree());
    }
  }

  /** {@code group.executeAsync(…).join()}, however the future got here. */
  private boolean isWait(ExpressionTree receiver, MethodSymbol method, Member member) {
    return WAITS.contains(method.name.toString())
        && method.owner.getQualifiedName().toString().startsWith("java.util.concurrent.")
        && holdsFuture(inputs.evaluate(receiver, inputs.scope(member)));
  }

  private boolean holdsFuture(Term term) {
    Term value = Terms.value(term);
    if (value instanceof Term.Call call) {
      Api api = apis.match(call.method());
      if (api != null) {
        return api.has(Trait.COALESCES) && api.has(Trait.ASYNC);
      }
    }
    if (value instanceof Term.Code code) {
      return ofCode(code) != null; // run by others, and waited for here
    }
    return Terms.children(value).stream().anyMatch(this::holdsFuture);
  }

  /** The way from the start of a method's code to the load that it waits for. */
  public @Nullable ImmutableList<String> way(MethodSymbol method) {
    Optional<ImmutableList<String>> known = methods.get(method);
    if (known != null) {
      return known.orElse(null);
    }
    MethodTree tree = sources.method(method);
    if (tree == null || underWay.size() >= MAX_DEPTH || !underWay.add(method)) {
      return null;
    }
    try {
      Finder finder = new Finder(sources.member(tree, method));
      finder.scan(tree.getBody(), null);
      methods.put(method, Optional.ofNullable(finder.found));
      return finder.found;
    } finally {
      underWay.remove(method);
    }
  }

  private final class Finder extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final @Nullable Member member;
    private @Nullable ImmutableList<String> found;

    Finder(@Nullable Member member) {
      this.member = member;
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree node, @Nullable Void unused) {
      if (found != null) {
        return null;
      }
      found = way(node, member);
      scan(node.getMethodSelect(), null);
      for (ExpressionTree argument : node.getArguments()) {
        ExpressionTree stripped = Symbols.strip(argument);
        if (stripped instanceof LambdaExpressionTree lambda) {
          if (callbacks.runsNow(node, argument)) {
            scan(lambda.getBody(), null);
          }
        } else if (found == null
            && stripped instanceof MemberReferenceTree
            && callbacks.runsNow(node, argument)) {
          found = way(stripped, member);
        } else {
          scan(argument, null);
        }
      }
      return null;
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree node, @Nullable Void unused) {
      return null;
    }

    @Override
    public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
      return null;
    }
  }
}
