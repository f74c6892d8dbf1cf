package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.context.LockOperations.Operation;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.Use;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which locks are held at a call. One instance for each javac call; each member is walked once. */
public final class HeldLocks {
  private static final Context.Key<HeldLocks> KEY = new Context.Key<>();

  /** Helpers that may take or release a lock for their caller are named so. */
  private static final Pattern LOCKING =
      Pattern.compile(".*(lock|acquire|release|enter|leave|exclusive|close).*|<init>");

  private final VisitorState state;
  private final Inputs inputs;
  private final Effects effects;
  private final Apis apis;
  private final Sources sources;
  private final LockOperations operations;
  private final IdentityHashMap<Tree, ImmutableSet<Lock>> held = new IdentityHashMap<>();
  private final Set<Member> walked = new HashSet<>();
  private final Map<MethodSymbol, ImmutableList<Operation>> helpers = new HashMap<>();
  private final Map<MethodSymbol, ImmutableSet<Lock>> entries = new HashMap<>();

  private HeldLocks(VisitorState state) {
    this.state = state;
    this.inputs = Inputs.of(state);
    this.effects = Effects.of(state);
    this.apis = Apis.of(state);
    this.sources = Sources.of(state);
    this.operations = new LockOperations(state);
  }

  public static HeldLocks of(VisitorState state) {
    HeldLocks locks = state.context.get(KEY);
    if (locks == null) {
      locks = new HeldLocks(state);
      state.context.put(KEY, locks);
    }
    return locks;
  }

  /** The locks held where {@code call}, in {@code member}, is made. */
  public ImmutableSet<Lock> at(MethodInvocationTree call, Member member) {
    walk(member);
    return held.getOrDefault(call, ImmutableSet.of());
  }

  /** The calls of a member that are made while a lock is held. */
  public List<MethodInvocationTree> callsUnderLock(Member member) {
    walk(member);
    List<MethodInvocationTree> calls = new ArrayList<>();
    for (MethodInvocationTree call : member.invocations()) {
      if (held.containsKey(call)) {
        calls.add(call);
      }
    }
    return calls;
  }

  private void walk(Member member) {
    if (!walked.add(member)) {
      return;
    }
    Tree tree = member.tree();
    Set<Lock> entry = tree instanceof MethodTree method ? entry(method) : Set.of();
    LockWalk walk = new LockWalk(this, inputs.scope(member), entry);
    Tree code = tree instanceof VariableTree field ? field.getInitializer() : Sources.body(tree);
    walk.scan(code, null);
  }

  void at(MethodInvocationTree call, Set<Lock> locks) {
    if (!locks.isEmpty()) {
      held.put(call, ImmutableSet.copyOf(locks));
    }
  }

  LockOperations operations() {
    return operations;
  }

  /** The locks that are held whenever a method starts. */
  ImmutableSet<Lock> entry(MethodTree tree) {
    MethodSymbol method = Symbols.method(tree);
    if (method == null) {
      return ImmutableSet.of();
    }
    ImmutableSet<Lock> known = entries.get(method);
    if (known != null) {
      return known;
    }
    entries.put(method, ImmutableSet.of()); // what a recursion sees
    Set<Lock> locks = new LinkedHashSet<>();
    if ((method.flags() & Flags.SYNCHRONIZED) != 0) {
      locks.add(method.isStatic() ? Lock.of(method.owner.name + ".class") : Lock.of("this"));
    }
    Attribute.Compound guarded = Symbols.annotation(method, "GuardedBy");
    if (guarded != null && !guarded.values.isEmpty()) {
      locks.add(Lock.of(guarded.values.get(0).snd.toString().replaceAll("[{}\"]", "")));
    }
    if (Apis.isCacheLoaderMethod(method, state)) {
      locks.add(Lock.of("the lock of the cache that calls " + method.name));
    }
    if (locks.isEmpty() && Symbols.isPrivate(method)) {
      locks.addAll(ofAllCallers(method));
    }
    ImmutableSet<Lock> all = ImmutableSet.copyOf(locks);
    entries.put(method, all);
    return all;
  }

  /** The locks that every caller of a private method holds; none where it has no caller. */
  private Set<Lock> ofAllCallers(MethodSymbol method) {
    Set<Lock> common = null;
    for (Use use : sources.callsOf(method)) {
      Member member = sources.member(use.root(), method);
      if (!(use.tree() instanceof MethodInvocationTree call) || member == null) {
        return Set.of();
      }
      Set<Lock> here = at(call, member);
      if (common == null) {
        common = new LinkedHashSet<>(here);
      } else if (!here.isEmpty() && !common.isEmpty()) {
        common.addAll(here);
      } else {
        return Set.of();
      }
    }
    return common == null ? Set.of() : common;
  }

  /** Whether a lock is held at every call of {@code method}, so that its own code is at fault. */
  public boolean isAlwaysUnderLock(MethodSymbol method) {
    MethodTree tree = sources.method(method);
    return tree != null && !entry(tree).isEmpty();
  }

  /** The locks held in a function that is handed to {@code call}. */
  Set<Lock> inside(
      MethodInvocationTree call, ExpressionTree function, Set<Lock> outside, Scope scope) {
    MethodSymbol method = Symbols.method(call);
    Api api = apis.match(method);
    Set<Lock> inside = new LinkedHashSet<>();
    if (effects.callbacks().runsNow(call, function)) {
      inside.addAll(outside);
      if (method != null) {
        inside.addAll(wrapping(method, call.getArguments().indexOf(function)));
      }
    }
    if (api != null && api.has(Trait.HOLDS_LOCK)) {
      ExpressionTree map = Symbols.receiver(call);
      inside.add(Lock.of("the internal lock of " + (map == null ? api.type() : owner(map))));
    }
    return inside;
  }

  private static String owner(ExpressionTree map) {
    return Symbols.variable(map) != null
        ? map.toString()
        : "the " + Symbols.simpleName(Symbols.typeOf(map));
  }

  /** The locks that a method holds where it calls its parameter. */
  private Set<Lock> wrapping(MethodSymbol method, int position) {
    MethodTree tree = sources.method(method);
    Member member = tree == null ? null : sources.member(tree, method);
    if (tree == null || member == null || position >= method.params().size()) {
      return Set.of();
    }
    VarSymbol parameter = method.params().get(position);
    Set<Lock> locks = new LinkedHashSet<>();
    for (MethodInvocationTree call : member.callsOn(parameter)) {
      locks.addAll(at(call, member));
    }
    return locks;
  }

  /** What calling a helper leaves behind: locks it took, or released, for its caller. */
  List<Operation> effectOf(MethodInvocationTree call) {
    MethodSymbol method = Symbols.method(call);
    return method == null || !LOCKING.matcher(lower(method)).matches() ? List.of() : helper(method);
  }

  private static String lower(MethodSymbol method) {
    return method.name.toString().toLowerCase(Locale.ROOT);
  }

  private ImmutableList<Operation> helper(MethodSymbol method) {
    ImmutableList<Operation> known = helpers.get(method);
    if (known != null) {
      return known;
    }
    helpers.put(method, ImmutableList.of()); // what a recursion sees
    MethodTree tree = sources.method(method);
    Member member = tree == null ? null : sources.member(tree, method);
    ImmutableList.Builder<Operation> left = ImmutableList.builder();
    if (tree != null && member != null && (method.flags() & Flags.SYNCHRONIZED) == 0) {
      LockWalk walk = new LockWalk(this, inputs.scope(member), Set.of());
      walk.scan(tree.getBody(), null);
      walk.now().forEach(lock -> left.add(new Operation(LockOperations.Kind.TAKE, lock)));
      for (MethodInvocationTree call : member.invocations()) {
        Operation operation = operations.of(call, inputs.scope(member));
        if (operation != null
            && operation.kind() == LockOperations.Kind.RELEASE
            && !walk.now().contains(operation.lock())) {
          left.add(operation);
        }
      }
    }
    ImmutableList<Operation> operationsLeft = left.build();
    helpers.put(method, operationsLeft);
    return operationsLeft;
  }

  /** The locks that a resource of a {@code try} holds until its end. */
  Set<Lock> takenBy(Tree resource) {
    Tree value = resource instanceof VariableTree variable ? variable.getInitializer() : resource;
    MethodSymbol method =
        value instanceof NewClassTree || value instanceof MethodInvocationTree
            ? Symbols.method(value)
            : null;
    Set<Lock> locks = new LinkedHashSet<>();
    if (method != null) {
      helper(method).stream()
          .filter(operation -> operation.kind() == LockOperations.Kind.TAKE)
          .forEach(operation -> locks.add(operation.lock()));
    }
    return locks;
  }
}
