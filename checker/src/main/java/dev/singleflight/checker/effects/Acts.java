package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.RemoteCalls;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.options.Options;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What code does that matters to those who wait for it: the maps and caches it updates, what it
 * waits for; itself and through the methods it calls. Each method is summarised once for each class
 * whose object it is called on.
 */
public final class Acts {
  private static final int MAX_ACTS = 40;
  private static final int MAX_DEPTH = 5;
  private static final int MAX_HEIRS = 8;

  /** How deep functions that run functions are followed: each may run its own more than once. */
  private static final int MAX_FUNCTIONS = 6;

  private final Inputs inputs;
  private final Apis apis;
  private final RemoteCalls remote;
  private final Sources sources;
  private final Types types;
  private final Callbacks callbacks;
  private final Updates updates;
  private final Futures futures;
  private final Map<Target, ImmutableList<Act>> summaries = new HashMap<>();
  private final Map<ClassSymbol, ImmutableList<ClassSymbol>> heirs = new HashMap<>();
  private final boolean strict;
  private final Set<Target> underWay = new HashSet<>();
  private final Set<Tree> functions = new HashSet<>();

  Acts(VisitorState state, Inputs inputs, Callbacks callbacks) {
    this.inputs = inputs;
    this.apis = Apis.of(state);
    this.remote = RemoteCalls.of(state);
    this.sources = Sources.of(state);
    this.types = state.getTypes();
    this.callbacks = callbacks;
    this.updates = new Updates(state);
    this.futures = new Futures(inputs);
    this.strict = Options.of(state).strict();
  }

  /** A method, and the class of the object it is called on. */
  private record Target(MethodSymbol method, ClassSymbol self) {}

  /** What running {@code body} does. */
  public List<Act> of(Body body) {
    Scanner scanner = new Scanner(body.scope());
    scanner.scan(Sources.body(body.function()), ImmutableList.of());
    return scanner.acts;
  }

  /** What a call does that stands in {@code member}; what its arguments do is left to them. */
  public List<Act> of(ExpressionTree call, Member member) {
    Scanner scanner = new Scanner(inputs.scope(member));
    if (call instanceof MethodInvocationTree invocation) {
      MethodSymbol method = Symbols.method(invocation);
      if (method != null) {
        scanner.does(invocation, method, ImmutableList.of());
      }
    }
    return scanner.acts;
  }

  /** Whether a method is one of a map or cache. */
  public boolean isStore(MethodSymbol method) {
    return updates.isStore(method.owner);
  }

  /** The classes of the sources that extend a class; only some where they are many. */
  private ImmutableList<ClassSymbol> heirs(ClassSymbol type) {
    return heirs.computeIfAbsent(
        type,
        parent ->
            sources.classes().stream()
                .filter(heir -> heir != parent && heir.isSubClass(parent, types))
                .limit(MAX_HEIRS)
                .collect(ImmutableList.toImmutableList()));
  }

  private ImmutableList<Act> of(Target target) {
    ImmutableList<Act> known = summaries.get(target);
    if (known != null) {
      return known;
    }
    MethodTree tree = sources.method(target.method);
    Member member = tree == null ? null : sources.member(tree, target.method);
    if (tree == null || member == null || underWay.size() >= MAX_DEPTH || !underWay.add(target)) {
      return ImmutableList.of();
    }
    try {
      Scope scope = Scope.of(member, new Term.Self(target.self));
      ImmutableList<Act> acts = ImmutableList.copyOf(of(new Body(tree, scope)));
      summaries.put(target, acts);
      return acts;
    } finally {
      underWay.remove(target);
    }
  }

  private final class Scanner extends GuardScanner {
    final List<Act> acts = new ArrayList<>();

    /** Whether the scan is in a callback of a future. */
    private boolean attached;

    /** The parameter that this callback is attached to; null for any other future. */
    private @Nullable VarSymbol future;

    Scanner(Scope scope) {
      super(scope, inputs);
    }

    @Override
    public @Nullable Void visitMethodInvocation(
        MethodInvocationTree node, ImmutableList<Guard> guards) {
      scan(node.getMethodSelect(), guards);
      MethodSymbol method = Symbols.method(node);
      for (ExpressionTree argument : node.getArguments()) {
        argument(node, argument, guards);
      }
      if (method != null && acts.size() < MAX_ACTS) {
        does(node, method, guards);
      }
      return null;
    }

    /** What a call itself does. */
    void does(MethodInvocationTree node, MethodSymbol method, ImmutableList<Guard> guards) {
      RemoteCalls.Kind waits = remote.of(method);
      if (waits != null) {
        if (!futures.isKnownDone(node, scope)) {
          Act.Kind kind = waits == RemoteCalls.Kind.WAIT ? Act.Kind.WAIT : Act.Kind.REMOTE;
          add(kind, method, inputs.receiver(node, scope), null, node, guards);
        }
      } else if (updates.isUpdate(node, method)) {
        Term key =
            node.getArguments().isEmpty()
                ? null
                : inputs.evaluate(node.getArguments().get(0), scope);
        add(Act.Kind.UPDATE, method, updates.map(node, scope, inputs), key, node, guards);
      }
      if (apis.match(method) == null) {
        call(node, method, guards);
      }
    }

    private void argument(
        MethodInvocationTree call, ExpressionTree argument, ImmutableList<Guard> guards) {
      ExpressionTree plain = Symbols.strip(argument);
      if (!(plain instanceof LambdaExpressionTree) && !(plain instanceof MemberReferenceTree)) {
        scan(argument, guards);
      } else if (runsNow(call, argument)) {
        function(plain, call, guards);
      } else if (!isTwiceAttached(attached)
          && callbacks.isAttached(call, argument)
          && futures.mayBeDone(call, scope)) {
        boolean outer = attached;
        VarSymbol outerFuture = future;
        future = outer ? outerFuture : futures.parameter(call, scope);
        attached = true;
        function(plain, call, guards);
        attached = outer;
        future = outerFuture;
      }
    }

    /**
     * Whether what is attached stands in a callback itself: it is run at once only if two futures
     * happen to be done, one after the other, which is left to strict.
     */
    private boolean isTwiceAttached(boolean again) {
      return attached && again && !strict;
    }

    private boolean runsNow(MethodInvocationTree call, ExpressionTree argument) {
      Api api = apis.match(Symbols.method(call));
      return (api == null || !api.has(Trait.ASYNC)) && callbacks.runsNow(call, argument);
    }

    private void add(
        Act.Kind kind,
        MethodSymbol method,
        @Nullable Term object,
        @Nullable Term key,
        Tree at,
        ImmutableList<Guard> guards) {
      ImmutableList<String> way = ImmutableList.of(method.name.toString());
      acts.add(new Act(kind, method, object, key, attached, future, at, way, guards));
    }

    /** What the callee does: a function that is known, or a method with source. */
    private void call(MethodInvocationTree node, MethodSymbol method, ImmutableList<Guard> guards) {
      Term function = inputs.function(node, scope);
      if (function != null) {
        run(function, inputs.evaluateAll(node.getArguments(), scope), method, node, guards);
        return;
      }
      for (Target target : targets(node, method)) {
        ImmutableList<Act> callee = of(target);
        if (!callee.isEmpty()) {
          Term receiver = inputs.receiver(node, scope);
          addAll(callee, target.method, node.getArguments(), receiver, node, guards);
        }
      }
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree node, ImmutableList<Guard> guards) {
      scan(node.getEnclosingExpression(), guards);
      scan(node.getArguments(), guards);
      MethodSymbol constructor = Symbols.method(node);
      if (constructor != null && acts.size() < MAX_ACTS) {
        ImmutableList<Act> callee =
            of(new Target(constructor, Symbols.enclosingClass(constructor)));
        if (!callee.isEmpty()) {
          Term made = inputs.evaluate(node, scope);
          addAll(callee, constructor, node.getArguments(), made, node, guards);
        }
      }
      return null;
    }

    /** A function that {@code call} runs: its body, or the method that it names. */
    private void function(
        ExpressionTree function, MethodInvocationTree call, ImmutableList<Guard> guards) {
      if (function instanceof LambdaExpressionTree lambda) {
        scan(lambda.getBody(), guards);
        return;
      }
      MethodSymbol method = Symbols.method(function);
      if (method == null || acts.size() >= MAX_ACTS) {
        return;
      }
      RemoteCalls.Kind waits = remote.of(method);
      if (waits != null) {
        Act.Kind kind = waits == RemoteCalls.Kind.WAIT ? Act.Kind.WAIT : Act.Kind.REMOTE;
        add(kind, method, null, null, call, guards);
      } else if (updates.isUpdate(function, method)) {
        ExpressionTree map = ((MemberReferenceTree) function).getQualifierExpression();
        add(Act.Kind.UPDATE, method, inputs.evaluate(map, scope), null, call, guards);
      }
      run(inputs.evaluate(function, scope), ImmutableList.of(), method, call, guards);
    }

    /** What a function does when it is run by {@code at}. */
    private void run(
        Term function,
        ImmutableList<Term> arguments,
        MethodSymbol method,
        Tree at,
        ImmutableList<Guard> guards) {
      for (Body body : inputs.bodies(function, arguments, new ArrayList<>())) {
        if (functions.size() < MAX_FUNCTIONS && functions.add(body.function())) {
          for (Act act : of(body)) {
            if (isTwiceAttached(act.attached())) {
              continue;
            }
            acts.add(through(act, act.object(), act.key(), act.future(), method, at, guards));
          }
          functions.remove(body.function());
        }
      }
    }

    private void addAll(
        ImmutableList<Act> callee,
        MethodSymbol method,
        List<? extends ExpressionTree> given,
        @Nullable Term receiver,
        Tree at,
        ImmutableList<Guard> guards) {
      ImmutableList<Term> arguments = inputs.evaluateAll(given, scope);
      for (Act act : callee) {
        if (acts.size() < MAX_ACTS
            && !isTwiceAttached(act.attached())
            && act.guards().stream().allMatch(guard -> guard.mayPass(method, arguments))) {
          ExpressionTree attachedTo = given(act.future(), method, given);
          if (attachedTo != null && futures.isMadeHere(attachedTo, scope)) {
            continue; // nobody can have completed it
          }
          acts.add(
              through(
                  act,
                  inCall(act.object(), method, arguments, receiver),
                  inCall(act.key(), method, arguments, receiver),
                  attachedTo == null ? null : futures.parameter(attachedTo, scope),
                  method,
                  at,
                  guards));
        }
      }
    }

    private static @Nullable ExpressionTree given(
        @Nullable VarSymbol parameter, MethodSymbol method, List<? extends ExpressionTree> given) {
      int position = parameter == null ? -1 : method.params().indexOf(parameter);
      return position < 0 || position >= given.size() ? null : given.get(position);
    }

    private @Nullable Term inCall(
        @Nullable Term term, MethodSymbol method, List<Term> arguments, @Nullable Term receiver) {
      return term == null ? null : inputs.inCall(term, method, arguments, receiver);
    }

    private Act through(
        Act act,
        @Nullable Term object,
        @Nullable Term key,
        @Nullable VarSymbol attachedTo,
        MethodSymbol method,
        Tree at,
        ImmutableList<Guard> guards) {
      String name = method.isConstructor() ? "new " + method.owner.name : method.name + "(…)";
      ImmutableList<String> way =
          ImmutableList.<String>builder().add(name).addAll(act.way()).build();
      boolean inCallback = attached || act.attached();
      VarSymbol on = attached ? future : attachedTo;
      return new Act(act.kind(), act.method(), object, key, inCallback, on, at, way, guards);
    }

    /** The code that a call runs, by the class of the object it is made on where that is known. */
    private List<Target> targets(MethodInvocationTree call, MethodSymbol method) {
      ExpressionTree receiver = Symbols.receiver(call);
      String name = receiver == null ? "this" : Symbols.strip(receiver).toString();
      boolean onSelf = name.equals("this") || name.equals("super");
      ClassSymbol self = method.isStatic() || !onSelf ? null : self(Symbols.enclosingClass(method));
      if (self == null) {
        MethodSymbol callee = inputs.target(call, scope);
        return List.of(new Target(callee, Symbols.enclosingClass(callee)));
      }
      return name.equals("super") ? List.of(new Target(method, self)) : onSelf(method, self);
    }

    /** What runs when a method is called on this object: of a class, or of one of its heirs. */
    private List<Target> onSelf(MethodSymbol method, ClassSymbol self) {
      MethodSymbol own = method.implementation(self, types, true);
      MethodSymbol callee =
          own != null && (own.flags() & Flags.ABSTRACT) == 0 ? own : sources.target(method);
      if ((callee.flags() & Flags.ABSTRACT) == 0) {
        ClassSymbol in = Symbols.enclosingClass(callee);
        return List.of(new Target(callee, self.isSubClass(in, types) ? self : in));
      }
      List<Target> targets = new ArrayList<>();
      for (ClassSymbol heir : heirs(self)) {
        MethodSymbol implementation = method.implementation(heir, types, true);
        if (implementation != null && (implementation.flags() & Flags.ABSTRACT) == 0) {
          targets.add(new Target(implementation, heir));
        }
      }
      return targets;
    }

    /** The class of this object, seen from code of {@code owner}; null where that is not known. */
    private @Nullable ClassSymbol self(ClassSymbol owner) {
      Term self = scope.self();
      Term value = self == null ? null : Terms.value(self);
      ClassSymbol type =
          value instanceof Term.Self known
              ? known.type()
              : value instanceof Term.New made ? made.type() : null;
      return type != null && type.isSubClass(owner, types) ? type : null;
    }
  }
}
