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
import com.sun.source.tree.Tree;
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
   * @param elsewhere whether another thread runs it, once
   */
  record Called(MethodSymbol method, boolean repeated, boolean elsewhere) {}

  /** The methods called on a value; null where it may be kept, or used by several threads. */
  @Nullable List<Called> calls(Tree value, Member member) {
    return calls(Uses.of(value, member), new Stay(value, member.function(value), member));
  }

  /** The same for what exists before a member runs: a field's value where it is named. */
  @Nullable List<Called> callsOn(Tree mention, Member member) {
    return calls(Uses.of(mention, member), new Stay(member.tree(), member.tree(), member));
  }

  private @Nullable List<Called> calls(List<Use> uses, Stay stay) {
    List<Called> calls = new ArrayList<>();
    if (!add(uses, stay, false, calls, 0)) {
      return null;
    }
    boolean elsewhere = calls.stream().anyMatch(Called::elsewhere);
    boolean several = calls.size() > 1 || calls.stream().anyMatch(Called::repeated);
    return elsewhere && several ? null : calls;
  }

  /** Where an object is from, and for which run of code it has to stay. */
  private record Stay(Tree from, Tree home, Member member) {}

  private boolean add(List<Use> uses, Stay stay, boolean repeated, List<Called> calls, int depth) {
    for (Use use : uses) {
      if (use.kind() != Uses.Kind.SEEN && !add(use, stay, repeated, calls, depth)) {
        return false;
      }
    }
    return true;
  }

  private boolean add(Use use, Stay stay, boolean repeated, List<Called> calls, int depth) {
    Member member = stay.member();
    MethodSymbol method = Symbols.method(use.at());
    Boolean again = repeats(use.at(), stay.from(), stay.home(), member);
    if (method == null || again == null || depth > MAX_DEPTH) {
      return false;
    }
    boolean often = repeated || again;
    return switch (use.kind()) {
      case RECEIVER -> {
        calls.add(new Called(method, often, false));
        yield !apis.is(method, Trait.SELECTS)
            || add(Uses.of(use.at(), member), stay, often, calls, depth);
      }
      case BOUND -> {
        calls.add(new Called(method, true, false));
        yield isRunInOrder(use.at(), member);
      }
      case ARGUMENT -> {
        if (callbacks.runsOnce(method)) {
          calls.add(new Called(method, often, true));
          yield true;
        }
        yield use.at() instanceof MethodInvocationTree call
            && given(call, use, method, often, calls, depth);
      }
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
    Stay stay = new Stay(source, source, callee);
    return add(Uses.of(parameter, callee), stay, repeated, calls, depth + 1);
  }

  /** Whether a node is only run while its member is, by the same thread. */
  boolean isRunWith(Tree node, Member member) {
    return repeats(node, member.tree(), member.tree(), member) != null;
  }

  /**
   * Whether, of one object made at {@code from}, {@code node} may be run more than once; null where
   * it is not run by the same thread before {@code home} ends.
   */
  private @Nullable Boolean repeats(Tree node, Tree from, Tree home, Member member) {
    boolean repeated = false;
    for (Tree at = node; at != null && at != home; at = member.parent(at)) {
      repeated |= (isLoop(at) && !member.isInside(from, at)) || at instanceof LambdaExpressionTree;
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

  /**
   * Whether a lambda or method reference is only run by calls of the code that it stands in, one
   * run after the other.
   */
  boolean isRunInOrder(Tree function, Member member) {
    for (Use use : Uses.of(function, member)) {
      boolean inOrder =
          switch (use.kind()) {
            case SEEN -> true;
            case RECEIVER -> member.function(use.at()) == member.function(function);
            case ARGUMENT ->
                use.at() instanceof MethodInvocationTree call
                    && use.value() instanceof ExpressionTree argument
                    && member.function(call) == member.function(function)
                    && isRunInOrder(call, argument, member);
            default -> false;
          };
      if (!inOrder) {
        return false;
      }
    }
    return true;
  }

  private boolean isRunInOrder(MethodInvocationTree call, ExpressionTree argument, Member member) {
    Api api = apis.match(Symbols.method(call));
    if (api != null && api.isLoad()) {
      return api.has(Trait.BLOCKS);
    }
    return callbacks.runsNow(call, argument) && !isParallel(call, member);
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
