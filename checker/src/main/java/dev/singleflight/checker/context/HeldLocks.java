package dev.singleflight.checker.context;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.util.Context;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.Use;
import dev.singleflight.checker.source.Symbols;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which locks are held at a call. One instance for each javac call; each member is walked once. */
public final class HeldLocks {
  private static final Context.Key<HeldLocks> KEY = new Context.Key<>();

  private static final int MAX_DEPTH = 24;

  /** Annotations of a method that its callers call with a lock held, from any package. */
  private static final ImmutableSet<String> HOLDING =
      ImmutableSet.of("GuardedBy", "Holding", "LockHeld");

  private final VisitorState state;
  private final Inputs inputs;
  private final Effects effects;
  private final Apis apis;
  private final Sources sources;
  private final LockOperations operations;
  private final LockSummaries summaries;
  private final IdentityHashMap<Tree, ImmutableSet<Lock>> held = new IdentityHashMap<>();
  private final ListMultimap<Member, ExpressionTree> underLock = ArrayListMultimap.create();
  private final Set<Member> walked = new HashSet<>();
  private final Map<MethodSymbol, ImmutableSet<Lock>> entries = new HashMap<>();
  private int depth;

  private HeldLocks(VisitorState state) {
    this.state = state;
    this.inputs = Inputs.of(state);
    this.effects = Effects.of(state);
    this.apis = Apis.of(state);
    this.sources = Sources.of(state);
    this.operations = new LockOperations(state);
    this.summaries = new LockSummaries(this, inputs, sources);
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
  public ImmutableSet<Lock> at(Tree call, Member member) {
    walk(member);
    return held.getOrDefault(call, ImmutableSet.of());
  }

  /** The calls, and method references called at once, that a member makes under a lock. */
  public List<ExpressionTree> callsUnderLock(Member member) {
    walk(member);
    return underLock.get(member);
  }

  private void walk(Member member) {
    if (!walked.add(member)) {
      return;
    }
    Tree tree = member.tree();
    Set<Lock> entry = tree instanceof MethodTree method ? entry(method) : Set.of();
    LockWalk walk =
        new LockWalk(
            this, inputs.scope(member), entry, (call, locks) -> record(call, locks, member));
    Tree code = tree instanceof VariableTree field ? field.getInitializer() : Sources.body(tree);
    walk.scan(code, null);
  }

  private void record(ExpressionTree call, Set<Lock> locks, Member member) {
    if (!locks.isEmpty() && held.put(call, ImmutableSet.copyOf(locks)) == null) {
      underLock.put(member, call);
    }
  }

  LockOperations operations() {
    return operations;
  }

  LockSummaries summaries() {
    return summaries;
  }

  /** The lambda that a variable holds; null where it holds something else. */
  @Nullable Tree lambda(IdentifierTree name, Scope scope) {
    VarSymbol variable = Symbols.variable(name);
    Member member = scope.member();
    if (variable == null
        || !variable.type.isInterface() // of a function's type
        || member == null
        || member.declaration(variable) == null) {
      return null;
    }
    return Terms.value(inputs.evaluate(name, scope)) instanceof Term.Code code
            && member.parent(code.tree()) != null
        ? code.tree()
        : null;
  }

  /** What a synchronized method itself takes. */
  Set<Lock> ownMonitor(MethodSymbol method) {
    if ((method.flags() & Flags.SYNCHRONIZED) == 0) {
      return Set.of();
    }
    ClassSymbol type = Symbols.enclosingClass(method);
    return Set.of(
        method.isStatic()
            ? Lock.of(new Term.Const(type), type.name + ".class")
            : Lock.of(new Term.Self(type), "this"));
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
    if (depth >= MAX_DEPTH) {
      return ImmutableSet.of();
    }
    entries.put(method, ImmutableSet.of()); // what a recursion sees
    depth++;
    Set<Lock> locks = new LinkedHashSet<>(ownMonitor(method));
    for (String annotation : HOLDING) {
      Attribute.Compound guarded = Symbols.annotation(method, annotation);
      if (guarded != null && !guarded.values.isEmpty()) {
        locks.add(guardedBy(guarded, method));
      }
    }
    if (Apis.isCacheLoaderMethod(method, state)) {
      locks.add(Lock.of("the lock of the cache that calls " + method.name));
    }
    if (locks.isEmpty() && Symbols.isPrivate(method)) {
      locks.addAll(ofAllCallers(method, tree));
    }
    depth--;
    ImmutableSet<Lock> all = ImmutableSet.copyOf(locks);
    entries.put(method, all);
    return all;
  }

  private static Lock guardedBy(Attribute.Compound annotation, MethodSymbol method) {
    String words = annotation.values.get(0).snd.toString().replaceAll("[{}\"]", "").trim();
    ClassSymbol type = Symbols.enclosingClass(method);
    if (words.equals("this")) {
      return Lock.of(new Term.Self(type), words);
    }
    String name = words.startsWith("this.") ? words.substring("this.".length()) : words;
    for (Symbol member : type.members().getSymbols()) {
      if (member instanceof VarSymbol field && field.name.contentEquals(name)) {
        return Lock.of(new Term.Field(field.isStatic() ? null : new Term.Self(type), field), words);
      }
    }
    return Lock.of(words);
  }

  /** The locks that every other caller of a private method holds; none where it has none. */
  private Set<Lock> ofAllCallers(MethodSymbol method, MethodTree tree) {
    Set<Lock> common = new LinkedHashSet<>();
    for (Use use : sources.callsOf(method)) {
      Member member = sources.member(use.root(), method);
      if (member == null) {
        return Set.of();
      }
      if (member.tree() == tree) {
        continue;
      }
      Set<Lock> here = at(use.tree(), member);
      if (here.isEmpty()) {
        return Set.of();
      }
      common.addAll(here);
    }
    return common;
  }

  /**
   * The member that is a private method's code, if some lock is held at every call of it: its own
   * code is at fault then, not those who call it.
   */
  public @Nullable Member alwaysUnderLock(@Nullable MethodSymbol method) {
    MethodTree tree = method == null ? null : sources.method(method);
    return tree == null || method == null || entry(tree).isEmpty()
        ? null
        : sources.member(tree, method);
  }

  /** The locks held in a function that is handed to {@code call}. */
  Set<Lock> inside(
      MethodInvocationTree call, ExpressionTree function, Set<Lock> outside, Scope scope) {
    MethodSymbol method = Symbols.method(call);
    Api api = apis.match(method);
    Set<Lock> inside = new LinkedHashSet<>();
    int position = call.getArguments().indexOf(function);
    if (effects.callbacks().runsNow(call, function)) {
      inside.addAll(outside);
      inside.addAll(summaries.around(call, position, scope));
    }
    if (api != null && api.has(Trait.HOLDS_LOCK) && api.loader() == position) {
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
}
