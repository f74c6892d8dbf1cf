package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The coalesced loads that code makes and waits for, itself and through the methods it calls. */
public final class Loads {
  private static final int MAX_LOADS = 50;
  private static final int MAX_DEPTH = 24;

  /** How deep functions that run functions are followed: each may run its own more than once. */
  private static final int MAX_FUNCTIONS = 6;

  private static final ImmutableSet<String> WAITS = ImmutableSet.of("get", "join");

  private final Inputs inputs;
  private final Apis apis;
  private final Sources sources;
  private final Callbacks callbacks;
  private final Map<MethodSymbol, ImmutableList<Load>> summaries = new HashMap<>();
  private final Set<MethodSymbol> underWay = new HashSet<>();
  private final Set<Tree> bodies = new HashSet<>();

  Loads(VisitorState state, Inputs inputs, Callbacks callbacks) {
    this.inputs = inputs;
    this.apis = Apis.of(state);
    this.sources = Sources.of(state);
    this.callbacks = callbacks;
  }

  /** The loads that running {@code body} makes. */
  public List<Load> of(Body body) {
    Scanner scanner = new Scanner(body.scope());
    scanner.scan(Sources.body(body.function()), ImmutableList.of());
    return scanner.loads;
  }

  private ImmutableList<Load> of(MethodSymbol method) {
    ImmutableList<Load> known = summaries.get(method);
    if (known != null) {
      return known;
    }
    MethodTree tree = sources.method(method);
    Member member = tree == null ? null : sources.member(tree, method);
    if (tree == null || member == null || underWay.size() >= MAX_DEPTH || !underWay.add(method)) {
      return ImmutableList.of();
    }
    try {
      Scope scope = Scope.of(member, new Term.Self(Symbols.enclosingClass(method)));
      ImmutableList<Load> loads = ImmutableList.copyOf(of(new Body(tree, scope)));
      summaries.put(method, loads);
      return loads;
    } finally {
      underWay.remove(method);
    }
  }

  private final class Scanner extends GuardScanner {
    final List<Load> loads = new ArrayList<>();

    /** What was called to forget a key, before where the scan is. */
    private final List<Term> forgotten = new ArrayList<>();

    Scanner(Scope scope) {
      super(scope, inputs);
    }

    @Override
    public @Nullable Void visitMethodInvocation(
        MethodInvocationTree node, ImmutableList<Guard> guards) {
      scan(node.getMethodSelect(), guards);
      MethodSymbol method = Symbols.method(node);
      Api api = apis.match(method);
      boolean runsLoader = api != null && api.has(Trait.COALESCES) && api.has(Trait.BLOCKS);
      for (ExpressionTree argument : node.getArguments()) {
        ExpressionTree plain = Symbols.strip(argument);
        boolean code =
            plain instanceof LambdaExpressionTree || plain instanceof MemberReferenceTree;
        if (!code) {
          scan(argument, guards);
        } else if (runsLoader || callbacks.runsNow(node, argument)) {
          function(plain, node, guards);
        }
      }
      if (method == null || loads.size() >= MAX_LOADS) {
        return null;
      }
      if (runsLoader) {
        add(inputs.evaluate(node, scope), node, guards);
      } else if (WAITS.contains(method.name.toString())) {
        Term future = inputs.receiver(node, scope);
        if (future != null) {
          waited(future, node, guards);
        }
      }
      if (api != null && api.has(Trait.FORGETS)) {
        forgotten.add(inputs.evaluate(node, scope));
      }
      if (api == null) {
        Term function = inputs.function(node, scope);
        if (function != null) {
          run(function, inputs.evaluateAll(node.getArguments(), scope), method, node, guards);
          return null;
        }
        MethodSymbol callee = inputs.target(node, scope);
        addAll(of(callee), callee, node, guards);
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
      if (method == null || loads.size() >= MAX_LOADS) {
        return;
      }
      run(inputs.evaluate(function, scope), given(call, function, method), method, call, guards);
    }

    /** The loads that a function makes when it is run by {@code at}. */
    private void run(
        Term function,
        ImmutableList<Term> arguments,
        MethodSymbol method,
        Tree at,
        ImmutableList<Guard> guards) {
      for (Body body : inputs.bodies(function, arguments, new ArrayList<>())) {
        if (bodies.size() < MAX_FUNCTIONS && bodies.add(body.function())) {
          of(body).forEach(load -> loads.add(through(load, method, at, guards)));
          bodies.remove(body.function());
        }
      }
    }

    /** What a call gives to the method that it is named: a key to a loader, elements to others. */
    private ImmutableList<Term> given(
        MethodInvocationTree call, ExpressionTree function, MethodSymbol method) {
      Api api = apis.match(Symbols.method(call));
      ImmutableList.Builder<Term> given = ImmutableList.builder();
      if (api == null) {
        // one more, which may be the receiver; without a value it would count as that of around
        for (int i = 0; i <= method.params().size(); i++) {
          Term element = inputs.given(call, i, function, scope);
          given.add(element == null ? Terms.unknown(function) : element);
        }
        return given.build();
      }
      for (int key : api.keys()) {
        if (key < call.getArguments().size()) {
          given.add(inputs.evaluate(call.getArguments().get(key), scope));
        }
      }
      return given.build();
    }

    private static Load through(
        Load load, MethodSymbol method, Tree at, ImmutableList<Guard> guards) {
      return new Load(load.api(), load.group(), load.key(), at, way(method, load), guards);
    }

    private static ImmutableList<String> way(MethodSymbol method, Load load) {
      return ImmutableList.<String>builder().add(method.name + "(…)").addAll(load.way()).build();
    }

    private void add(Term load, Tree at, ImmutableList<Guard> guards) {
      if (!(Terms.value(load) instanceof Call call)) {
        return;
      }
      Api api = apis.match(call.method());
      if (api != null) {
        ImmutableList.Builder<Term> keys = ImmutableList.builder();
        Term group = call.receiver();
        if (group != null
            && Terms.value(group) instanceof Call choice
            && apis.is(choice.method(), Trait.SELECTS)) {
          keys.addAll(choice.arguments());
          group = choice.receiver();
        }
        api.keys().stream()
            .filter(i -> i < call.arguments().size())
            .forEach(i -> keys.add(call.arguments().get(i)));
        if (isForgotten(call)) {
          return;
        }
        loads.add(
            new Load(
                api,
                group,
                inputs.keyOf(keys.build(), at),
                at,
                ImmutableList.of(call.method().name.toString()),
                guards));
      }
    }

    /** Whether the key was forgotten before, so that the load is a flight of its own. */
    private boolean isForgotten(Call load) {
      return forgotten.stream()
          .map(Terms::value)
          .anyMatch(
              term ->
                  term instanceof Call forget
                      && Terms.same(forget.receiver(), load.receiver())
                      && forgets(forget, load));
    }

    /** Whether all that is forgotten by is what is loaded by: nothing, where all is forgotten. */
    private static boolean forgets(Call forget, Call load) {
      int keys = forget.arguments().size();
      return keys <= load.arguments().size()
          && IntStream.range(0, keys)
              .allMatch(i -> Terms.same(forget.arguments().get(i), load.arguments().get(i)));
    }

    /** A future that is waited for: the load behind it, if there is one. */
    private void waited(Term future, Tree at, ImmutableList<Guard> guards) {
      Term value = Terms.value(future);
      if (value instanceof Call call) {
        Api api = apis.match(call.method());
        if (api != null) {
          if (api.has(Trait.COALESCES) && api.has(Trait.ASYNC)) {
            add(call, at, guards);
          }
          return;
        }
        // what others run, and this code waits for
        call.arguments().stream()
            .filter(argument -> Terms.value(argument) instanceof Term.Code)
            .forEach(code -> run(code, ImmutableList.of(), call.method(), at, guards));
      }
      Terms.children(value).forEach(child -> waited(child, at, guards));
    }

    private void addAll(
        ImmutableList<Load> callee,
        MethodSymbol method,
        MethodInvocationTree node,
        ImmutableList<Guard> guards) {
      if (callee.isEmpty()) {
        return;
      }
      Term receiver = inputs.receiver(node, scope);
      ImmutableList<Term> arguments = inputs.evaluateAll(node.getArguments(), scope);
      for (Load load : callee) {
        if (isReached(load, method, arguments)) {
          Term group = load.group();
          loads.add(
              new Load(
                  load.api(),
                  group == null ? null : inputs.inCall(group, method, arguments, receiver),
                  inputs.inCall(load.key(), method, arguments, receiver),
                  node,
                  way(method, load),
                  guards));
        }
      }
    }

    /** Whether the arguments let the callee come to its load. */
    private static boolean isReached(
        Load load, MethodSymbol method, ImmutableList<Term> arguments) {
      return load.guards().stream().allMatch(guard -> guard.mayPass(method, arguments));
    }
  }
}
