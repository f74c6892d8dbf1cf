package dev.singleflight.checker.context;

import com.google.errorprone.VisitorState;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.effects.Callbacks;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import dev.singleflight.checker.source.Uses;
import dev.singleflight.checker.source.Uses.Use;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an object is only used by the run of the code that makes it, one step after the other:
 * nothing keeps it, and no other thread is given it.
 */
final class Confinement {
  private static final int MAX_DEPTH = 4;

  private final Inputs inputs;
  private final Apis apis;
  private final Sources sources;
  private final Callbacks callbacks;

  Confinement(VisitorState state) {
    this.inputs = Inputs.of(state);
    this.apis = Apis.of(state);
    this.sources = Sources.of(state);
    this.callbacks = Effects.of(state).callbacks();
  }

  /**
   * A method called on a confined object.
   *
   * @param repeated whether one run of the code may call it more than once
   */
  record Called(MethodSymbol method, boolean repeated) {}

  /** The methods called on a value; null where it may be kept, or used by several threads. */
  @Nullable List<Called> calls(Tree value, Member member) {
    return calls(value, member, member.function(value));
  }

  /** The same for a value that exists for the run of {@code home}. */
  @Nullable List<Called> calls(Tree value, Member member, Tree home) {
    List<Called> calls = new ArrayList<>();
    return add(Uses.of(value, member), member, home, false, calls, 0) ? calls : null;
  }

  private boolean add(
      List<Use> uses, Member member, Tree home, boolean repeated, List<Called> calls, int depth) {
    for (Use use : uses) {
      if (use.kind() != Uses.Kind.SEEN && !add(use, member, home, repeated, calls, depth)) {
        return false;
      }
    }
    return true;
  }

  private boolean add(
      Use use, Member member, Tree home, boolean repeated, List<Called> calls, int depth) {
    MethodSymbol method = Symbols.method(use.at());
    Boolean again = repeats(use.at(), member, home);
    if (method == null || again == null || depth > MAX_DEPTH) {
      return false;
    }
    boolean often = repeated || again;
    return switch (use.kind()) {
      case RECEIVER -> {
        calls.add(new Called(method, often));
        yield !apis.is(method, Trait.SELECTS)
            || add(Uses.of(use.at(), member), member, home, often, calls, depth);
      }
      case BOUND -> {
        calls.add(new Called(method, true));
        yield isRunInOrder(use.at(), member);
      }
      case ARGUMENT ->
          use.at() instanceof MethodInvocationTree call
              && given(call, use, method, often, calls, depth);
      default -> false;
    };
  }

  /** A method of the source that is given the object. */
  private boolean given(
      MethodInvocationTree call,
      Use use,
      MethodSymbol method,
      boolean repeated,
      List<Called> calls,
      int depth) {
    MethodSymbol target = sources.target(method);
    int position = call.getArguments().indexOf(use.value());
    MethodTree source = sources.method(target);
    Member callee = source == null ? null : sources.member(source, target);
    if (source == null || callee == null || position < 0 || position >= target.params().size()) {
      return false;
    }
    VarSymbol parameter = target.params().get(position);
    return add(Uses.of(parameter, callee), callee, source, repeated, calls, depth + 1);
  }

  /**
   * Whether one run of {@code home} may come to {@code node} more than once; null where that is not
   * run by the same thread before {@code home} ends.
   */
  @Nullable Boolean repeats(Tree node, Member member, Tree home) {
    boolean repeated = false;
    for (Tree at = node; at != null && at != home; at = member.parent(at)) {
      repeated |= isLoop(at) || at instanceof LambdaExpressionTree;
      if (at instanceof ClassTree
          || at instanceof MethodTree
          || (at instanceof LambdaExpressionTree && !isRunInOrder(at, member))) {
        return null;
      }
    }
    return repeated;
  }

  private static boolean isLoop(Tree tree) {
    return tree instanceof ForLoopTree
        || tree instanceof EnhancedForLoopTree
        || tree instanceof WhileLoopTree
        || tree instanceof DoWhileLoopTree;
  }

  /** Whether a function is only run by the call that it is given to, one run after the other. */
  boolean isRunInOrder(Tree function, Member member) {
    Tree argument = function;
    Tree at = member.parent(function);
    while (at instanceof ParenthesizedTree || at instanceof TypeCastTree) {
      argument = at;
      at = member.parent(at);
    }
    if (!(at instanceof MethodInvocationTree call)
        || !(argument instanceof ExpressionTree expression)) {
      return false;
    }
    Api api = apis.match(Symbols.method(call));
    if (api != null && api.isLoad()) {
      return api.has(Trait.BLOCKS);
    }
    return callbacks.runsNow(call, expression) && !isParallel(call, member);
  }

  /** A stream that is, or may be, one that many threads work on. */
  private boolean isParallel(MethodInvocationTree call, Member member) {
    Term receiver = inputs.receiver(call, inputs.scope(member));
    return receiver != null && isParallel(receiver);
  }

  private static boolean isParallel(Term term) {
    Term value = Terms.value(term);
    if (value instanceof Term.Call call) {
      return call.method().name.toString().startsWith("parallel")
          || (call.receiver() != null && isParallel(call.receiver()));
    }
    boolean unknown = value instanceof Term.Var || value instanceof Term.Field;
    return unknown
        ? Symbols.qualifiedName(Inputs.typeOf(value)).startsWith("java.util.stream.")
        : Terms.children(value).stream().anyMatch(Confinement::isParallel);
  }

  /** The lambda or member whose run a piece of code belongs to, callbacks followed outward. */
  Tree run(Tree node, Member member) {
    Tree function = member.function(node);
    while (function instanceof LambdaExpressionTree && isRunInOrder(function, member)) {
      function = member.function(function);
    }
    return function;
  }
}
