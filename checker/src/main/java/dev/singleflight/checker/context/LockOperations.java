package dev.singleflight.checker.context;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import dev.singleflight.checker.inputs.Inputs;
import dev.singleflight.checker.inputs.Scope;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Terms;
import dev.singleflight.checker.source.NameTest;
import dev.singleflight.checker.source.Symbols;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which calls take and release exclusive locks. Read locks and bulkheads of many are none. */
final class LockOperations {
  private static final ImmutableSet<String> TAKE =
      ImmutableSet.of("lock", "lockInterruptibly", "tryLock");
  private static final ImmutableSet<String> HOLDS =
      ImmutableSet.of("isHeldByCurrentThread", "isWriteLockedByCurrentThread");
  private static final ImmutableSet<String> TAKE_STAMPED =
      ImmutableSet.of("writeLock", "writeLockInterruptibly");
  private static final ImmutableSet<String> RELEASE_STAMPED =
      ImmutableSet.of(
          "unlockWrite",
          "tryUnlockWrite",
          "unlock",
          "tryConvertToReadLock",
          "tryConvertToOptimisticRead");
  private static final ImmutableSet<String> TAKE_PERMIT =
      ImmutableSet.of("acquire", "acquireUninterruptibly", "tryAcquire");
  private static final ImmutableSet<String> TAKE_MONITOR =
      ImmutableSet.of("enter", "enterInterruptibly", "tryEnter", "enterIf", "enterWhen");

  private static final ImmutableSet<String> READ_VIEWS = ImmutableSet.of("readLock", "asReadLock");
  private static final Pattern READ_NAMED =
      Pattern.compile("^read_?[lL]ock|ReadLock|READ_?LOCK|^rLock$");

  /** What their names have in common. */
  private static final Pattern NAMES =
      Pattern.compile("lock|acquire|enter|leave|release|convert|held", Pattern.CASE_INSENSITIVE);

  private final NameTest names = new NameTest(NAMES.asPredicate());
  private final Types types;
  private final Inputs inputs;

  LockOperations(VisitorState state) {
    this.types = state.getTypes();
    this.inputs = Inputs.of(state);
  }

  /** What a call does to a lock. */
  enum Kind {
    TAKE,
    /** Takes it if it is free, and says whether it did. */
    TRY,
    RELEASE
  }

  /** A call that takes or releases a lock. */
  record Operation(Kind kind, Lock lock) {}

  /** What {@code call} does to a lock that others may want too; null where it does nothing. */
  @Nullable Operation of(MethodInvocationTree call, Scope scope) {
    MethodSymbol method = Symbols.method(call);
    ExpressionTree receiver = Symbols.receiver(call);
    if (method == null || receiver == null || method.isStatic()) {
      return null;
    }
    Kind kind = names.holds(method.name) ? kind(method.name.toString(), method.owner.type) : null;
    if (kind == null) {
      return null;
    }
    Term named = inputs.evaluate(receiver, scope);
    Term lock = origin(named);
    boolean permits = is(method.owner.type, "java.util.concurrent.Semaphore");
    return isShared(lock) || isOwn(named) || (permits && isBulkhead(lock))
        ? null
        : new Operation(kind, Lock.of(lock, receiver.toString()));
  }

  /** A lock that a method takes or releases for its caller, as the caller knows it; or null. */
  @Nullable Lock inCall(
      Lock lock, MethodSymbol method, List<Term> arguments, @Nullable Term receiver) {
    if (lock.term() == null) {
      return lock;
    }
    Term named = inputs.inCall(lock.term(), method, arguments, receiver);
    Term known = origin(named);
    VarSymbol variable = Lock.variable(known);
    return isShared(known) || isOwn(named)
        ? null
        : Lock.of(known, variable == null ? lock.words() : variable.name.toString());
  }

  private @Nullable Kind kind(String name, Type owner) {
    if (is(owner, "java.util.concurrent.locks.Lock")) {
      return name.equals("tryLock") || HOLDS.contains(name)
          ? Kind.TRY
          : TAKE.contains(name) ? Kind.TAKE : name.equals("unlock") ? Kind.RELEASE : null;
    }
    if (is(owner, "java.util.concurrent.locks.StampedLock")) {
      return name.equals("tryWriteLock") || name.equals("tryConvertToWriteLock")
          ? Kind.TRY
          : TAKE_STAMPED.contains(name)
              ? Kind.TAKE
              : RELEASE_STAMPED.contains(name) ? Kind.RELEASE : null;
    }
    if (is(owner, "java.util.concurrent.Semaphore")) {
      return name.equals("tryAcquire")
          ? Kind.TRY
          : TAKE_PERMIT.contains(name) ? Kind.TAKE : name.equals("release") ? Kind.RELEASE : null;
    }
    if (is(owner, "com.google.common.util.concurrent.Monitor")) {
      return name.startsWith("try")
          ? TAKE_MONITOR.contains(name) ? Kind.TRY : null
          : TAKE_MONITOR.contains(name) ? Kind.TAKE : name.equals("leave") ? Kind.RELEASE : null;
    }
    return null;
  }

  private boolean is(Type type, String name) {
    for (Type supertype : types.closure(type)) {
      if (supertype.tsym.getQualifiedName().contentEquals(name)) {
        return true;
      }
    }
    return false;
  }

  /** A lock where it was made: under its first name, or as the view that a field holds. */
  private Term origin(Term lock) {
    Term first = inputs.origin(lock);
    Term value = Terms.value(first == null ? lock : first);
    Term definition = value instanceof Field field ? inputs.definition(field) : null;
    return definition != null && Terms.value(definition) instanceof Call view ? view : value;
  }

  /** A read lock: by the call that gives it, by its type, or by its name. */
  private static boolean isShared(Term lock) {
    if (lock instanceof Call call) {
      return READ_VIEWS.contains(call.method().name.toString());
    }
    VarSymbol variable = Lock.variable(lock);
    return variable != null
        && (READ_NAMED.matcher(variable.name).find()
            || READ_NAMED.matcher(Symbols.simpleName(variable.type)).find());
  }

  /** Made by the code that takes it: nobody else waits for it. */
  private static boolean isOwn(Term lock) {
    Term value = Terms.value(lock);
    return value instanceof New
        || (value instanceof Field field && field.receiver() != null && isOwn(field.receiver()));
  }

  private boolean isBulkhead(Term lock) {
    Term made = lock instanceof Field field ? inputs.definition(field) : lock;
    return !(made != null
        && Terms.value(made) instanceof New semaphore
        && !semaphore.arguments().isEmpty()
        && Terms.value(semaphore.arguments().get(0)) instanceof Const permits
        && Integer.valueOf(1).equals(permits.value()));
  }

  /** The monitor of {@code synchronized (expression)}; null where nobody else can want it. */
  @Nullable Lock monitor(ExpressionTree expression, Scope scope) {
    ExpressionTree stripped = Symbols.strip(expression);
    Term named = inputs.evaluate(stripped, scope);
    return isOwn(named) ? null : Lock.of(origin(named), stripped.toString());
  }
}
