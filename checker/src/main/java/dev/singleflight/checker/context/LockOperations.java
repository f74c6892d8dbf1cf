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
import dev.singleflight.checker.source.Symbols;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which calls take and release exclusive locks. Read locks and bulkheads of many are none. */
final class LockOperations {
  private static final ImmutableSet<String> TAKE =
      ImmutableSet.of("lock", "lockInterruptibly", "tryLock");
  private static final ImmutableSet<String> TAKE_STAMPED =
      ImmutableSet.of("writeLock", "writeLockInterruptibly", "tryWriteLock");
  private static final ImmutableSet<String> RELEASE_STAMPED =
      ImmutableSet.of("unlockWrite", "tryUnlockWrite", "unlock");
  private static final ImmutableSet<String> TAKE_PERMIT =
      ImmutableSet.of("acquire", "acquireUninterruptibly", "tryAcquire");
  private static final ImmutableSet<String> TAKE_MONITOR =
      ImmutableSet.of("enter", "enterInterruptibly", "tryEnter", "enterIf", "enterWhen");

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
    String name = method.name.toString();
    Kind kind = kind(name, method.owner.type);
    if (kind == null) {
      return null;
    }
    Term lock = origin(inputs.evaluate(receiver, scope));
    if (isReadLock(receiver, lock) || isOwn(lock) || isBulkhead(method.owner.type, lock)) {
      return null;
    }
    return new Operation(kind, named(receiver, lock));
  }

  private @Nullable Kind kind(String name, Type owner) {
    if (is(owner, "java.util.concurrent.locks.Lock")) {
      return name.equals("tryLock")
          ? Kind.TRY
          : TAKE.contains(name) ? Kind.TAKE : name.equals("unlock") ? Kind.RELEASE : null;
    }
    if (is(owner, "java.util.concurrent.locks.StampedLock")) {
      return TAKE_STAMPED.contains(name)
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

  /** A lock where it was made: a field's own value, or the call that gives a view of it. */
  private Term origin(Term lock) {
    Term value = Terms.value(lock);
    Term definition = value instanceof Field field ? inputs.definition(field) : null;
    return definition != null && Terms.value(definition) instanceof Call view ? view : value;
  }

  private static boolean isReadLock(ExpressionTree receiver, Term lock) {
    if (Symbols.simpleName(Symbols.typeOf(receiver)).toLowerCase(Locale.ROOT).contains("readlock")
        || Symbols.simpleName(Symbols.typeOf(receiver)).equals("ReadLockView")) {
      return true;
    }
    if (lock instanceof Call call) {
      return call.method().name.toString().matches("readLock|asReadLock");
    }
    VarSymbol variable = Symbols.variable(Symbols.strip(receiver));
    return variable != null
        && variable.name.toString().toLowerCase(Locale.ROOT).matches("(.*_)?read_?lock.*|rlock");
  }

  /** Made by the code that takes it: nobody else waits for it. */
  private static boolean isOwn(Term lock) {
    return lock instanceof New;
  }

  private boolean isBulkhead(Type owner, Term lock) {
    if (!is(owner, "java.util.concurrent.Semaphore")) {
      return false;
    }
    Term made = lock instanceof Field field ? inputs.definition(field) : null;
    return !(made != null
        && Terms.value(made) instanceof New semaphore
        && !semaphore.arguments().isEmpty()
        && Terms.value(semaphore.arguments().get(0)) instanceof Const permits
        && Integer.valueOf(1).equals(permits.value()));
  }

  private static Lock named(ExpressionTree receiver, Term lock) {
    String words = receiver.toString();
    if (lock instanceof Call view && view.receiver() != null) {
      Term of = Terms.value(view.receiver());
      return of instanceof Field field
          ? Lock.of(field.symbol(), words)
          : Lock.of(view.method() + " of " + words);
    }
    VarSymbol variable = Symbols.variable(Symbols.strip(receiver));
    return lock instanceof Field field
        ? Lock.of(field.symbol(), words)
        : variable != null ? Lock.of(variable, words) : Lock.of(words);
  }

  /** The monitor of {@code synchronized (expression)}; null where nobody else can want it. */
  @Nullable Lock monitor(ExpressionTree expression, Scope scope) {
    ExpressionTree stripped = Symbols.strip(expression);
    if (Terms.value(inputs.evaluate(stripped, scope)) instanceof New) {
      return null;
    }
    VarSymbol variable = Symbols.variable(stripped);
    return variable == null ? Lock.of(stripped.toString()) : Lock.of(variable, stripped.toString());
  }
}
