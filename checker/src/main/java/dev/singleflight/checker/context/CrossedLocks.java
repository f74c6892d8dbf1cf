package dev.singleflight.checker.context;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.context.LockOperations.Kind;
import dev.singleflight.checker.context.LockOperations.Operation;
import dev.singleflight.checker.effects.Act;
import dev.singleflight.checker.effects.Effects;
import dev.singleflight.checker.inputs.Body;
import dev.singleflight.checker.inputs.Entry;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.StoreKinds;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.site.Site;
import dev.singleflight.checker.site.Unit;
import dev.singleflight.checker.source.Member;
import dev.singleflight.checker.source.Sources;
import dev.singleflight.checker.source.Sources.Use;
import dev.singleflight.checker.source.Symbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Functions that take a lock while a map holds a bin's for them, where somebody else changes the
 * map while holding that lock: each waits for what the other has.
 */
public final class CrossedLocks {
  private static final int MAX_HELPERS = 4;

  private final VisitorState state;
  private final HeldLocks held;
  private final Inputs inputs;
  private final StoreKinds kinds;
  private final Sources sources;

  private CrossedLocks(VisitorState state) {
    this.state = state;
    this.held = HeldLocks.of(state);
    this.inputs = Inputs.of(state);
    this.kinds = StoreKinds.of(state);
    this.sources = Sources.of(state);
  }

  /**
   * A lock taken in both orders.
   *
   * @param at where the function takes it, or is handed over if its code is elsewhere
   * @param change what changes the map under the lock
   */
  public record CrossedLock(Site site, Lock lock, Tree at, Tree change) {}

  /** Those of a file, each lock of a function once. */
  public static List<CrossedLock> of(Unit unit, VisitorState state) {
    CrossedLocks crossed = new CrossedLocks(state);
    List<CrossedLock> found = new ArrayList<>();
    SetMultimap<VarSymbol, Tree> functions = HashMultimap.create();
    for (Site site : unit.caches()) {
      if (site.api().has(Trait.VALUE) || site.api().has(Trait.DECLARED)) {
        continue;
      }
      for (Entry entry : crossed.inputs.entries(site)) {
        VarSymbol map = crossed.locking(entry);
        if (map != null) {
          for (Body body : crossed.inputs.loader(entry)) {
            if (functions.put(map, body.function())) {
              crossed.add(entry, map, body, found);
            }
          }
        }
      }
    }
    return found;
  }

  /** The field with the map that an entry's function is run under the lock of; null for others. */
  private @Nullable VarSymbol locking(Entry entry) {
    Term group = inputs.group(entry);
    StoreKinds.Kind kind = kinds.of(group);
    boolean waits = kind == StoreKinds.Kind.CONCURRENT || kind == StoreKinds.Kind.CAFFEINE;
    return waits
            && kinds.origin(group) instanceof Term.Field field
            && (field.receiver() == null || Terms.value(field.receiver()) instanceof Term.Self)
        ? field.symbol()
        : null;
  }

  private void add(Entry entry, VarSymbol map, Body body, List<CrossedLock> found) {
    Taken taken = new Taken(body.scope(), entry);
    taken.function(body.function());
    Site site = entry.site();
    taken.locks.keySet().removeAll(held.at(entry.at(), entry.member()));
    taken.locks.keySet().removeAll(held.at(site.tree(), site.member()));
    taken.locks.forEach(
        (lock, at) -> {
          Tree change = changeUnder(lock, map, body);
          if (change != null) {
            Tree loader = site.loader();
            boolean here = loader == null || site.member().isInside(at, loader);
            found.add(new CrossedLock(site, lock, here || loader == null ? at : loader, change));
          }
        });
  }

  /** What changes a map while a lock is held, other than the function that takes it. */
  private @Nullable Tree changeUnder(Lock lock, VarSymbol map, Body body) {
    for (Use use : sources.touches(map)) {
      Member member = sources.member(use.root(), map);
      if (member != null
          && use.tree() instanceof MethodInvocationTree call
          && held.at(call, member).contains(lock)
          && !member.isInside(call, body.function())
          && Effects.of(state).acts().of(call, member).stream()
              .anyMatch(act -> act.kind() == Act.Kind.UPDATE && act.at() == call)) {
        return call;
      }
    }
    return null;
  }

  /** The locks that a function takes, itself or by methods of its own object. */
  private final class Taken extends TreeScanner<@Nullable Void, Scope> {
    private final Map<Lock, Tree> locks = new LinkedHashMap<>();
    private final Set<MethodSymbol> helpers = new HashSet<>();
    private final Entry entry;
    private final Scope scope;

    /** Where the function goes to the helper that is looked at; null in its own code. */
    private @Nullable Tree through;

    Taken(Scope scope, Entry entry) {
      this.scope = scope;
      this.entry = entry;
    }

    void function(Tree function) {
      MethodSymbol method = function instanceof MethodTree ? Symbols.method(function) : null;
      if (method != null && isOfThis(entry.site().loader())) {
        held.ownMonitor(method).forEach(lock -> take(lock, function));
      }
      scan(Sources.body(function), scope);
    }

    /** Whether a method reference is to this object, whose monitor is meant then. */
    private static boolean isOfThis(@Nullable ExpressionTree loader) {
      return loader instanceof MemberReferenceTree reference
          && reference.getQualifierExpression() instanceof IdentifierTree name
          && name.getName().contentEquals("this");
    }

    private void take(Lock lock, Tree at) {
      if (lock.term() != null) {
        locks.putIfAbsent(lock, through == null ? at : through);
      }
    }

    @Override
    public @Nullable Void visitSynchronized(SynchronizedTree node, Scope in) {
      Lock lock = held.operations().monitor(node.getExpression(), in);
      if (lock != null) {
        take(lock, node);
      }
      return super.visitSynchronized(node, in);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree node, Scope in) {
      super.visitMethodInvocation(node, in);
      Operation operation = held.operations().of(node, in);
      if (operation != null && operation.kind() == Kind.TAKE) {
        take(operation.lock(), node);
      }
      MethodSymbol method = Symbols.method(node);
      if (method != null && isOwn(node) && helpers.size() < MAX_HELPERS && helpers.add(method)) {
        boolean outermost = through == null;
        through = outermost ? node : through;
        helper(method, node);
        through = outermost ? null : through;
      }
      return null;
    }

    private void helper(MethodSymbol method, Tree call) {
      MethodTree tree = sources.method(method);
      Member member = tree == null ? null : sources.member(tree, method);
      if (tree != null && member != null) {
        held.ownMonitor(method).forEach(lock -> take(lock, call));
        scan(tree.getBody(), inputs.scope(member));
      }
    }

    /** Whether a call is one of this object, or of its class. */
    private static boolean isOwn(MethodInvocationTree call) {
      ExpressionTree receiver = Symbols.receiver(call);
      return receiver == null
          || (receiver instanceof IdentifierTree name && name.getName().contentEquals("this"));
    }

    @Override
    public @Nullable Void visitLambdaExpression(LambdaExpressionTree node, Scope in) {
      return null; // run by whoever gets it, perhaps later
    }

    @Override
    public @Nullable Void visitClass(ClassTree node, Scope in) {
      return null;
    }
  }
}
