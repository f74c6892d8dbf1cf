package dev.singleflight.checker.context;

import com.sun.tools.javac.code.Symbol.VarSymbol;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Const;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Term.Self;
import dev.singleflight.checker.inputs.Term.Var;
import dev.singleflight.checker.inputs.Terms;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A lock. Two are the same if they are the same object as far as the code shows, by whatever name:
 * a lock's view, an alias, {@code this}.
 */
public final class Lock {
  /** What gives an exclusive lock's view of the object that is locked. */
  private static final Pattern VIEWS = Pattern.compile("writeLock|asWriteLock");

  private final Object identity;
  private final String words;
  private final @Nullable Term term;

  private Lock(Object identity, String words, @Nullable Term term) {
    this.identity = identity;
    this.words = words;
    this.term = term;
  }

  /** A lock that no expression names. */
  static Lock of(String words) {
    return new Lock(words, words, null);
  }

  /** The lock that {@code term} is. */
  static Lock of(Term term, String words) {
    return new Lock(identity(term), words, term);
  }

  /** The lock as a value; null where no expression names it. */
  @Nullable Term term() {
    return term;
  }

  /** How a message names it. */
  public String words() {
    return words;
  }

  private static Object identity(@Nullable Term term) {
    Term value = term == null ? null : Terms.value(term);
    if (value instanceof Field field) {
      // a field of this object is told by itself, whatever class `this` was seen from
      return field.receiver() == null || Terms.value(field.receiver()) instanceof Self
          ? field.symbol()
          : Arrays.asList(field.symbol(), identity(field.receiver()));
    }
    if (value instanceof Var variable) {
      return variable.symbol();
    }
    if (value instanceof Call call) {
      return call.receiver() != null && VIEWS.matcher(call.method().name).matches()
          ? identity(call.receiver())
          : Arrays.asList(
              call.method(),
              identity(call.receiver()),
              call.arguments().stream().map(Lock::identity).toList());
    }
    if (value instanceof New made) {
      return made.tree();
    }
    if (value instanceof Const known) {
      return known.value() == null ? "null" : known.value();
    }
    if (value instanceof Self self) {
      return self.type();
    }
    return value instanceof Op op && op.tree() != null ? op.tree() : "unknown";
  }

  /** The variable that a lock is kept in; null where there is none. */
  static @Nullable VarSymbol variable(Term lock) {
    Term value = Terms.value(lock);
    return value instanceof Field field
        ? field.symbol()
        : value instanceof Var variable ? variable.symbol() : null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Lock lock && identity.equals(lock.identity);
  }

  @Override
  public int hashCode() {
    return identity.hashCode();
  }

  @Override
  public String toString() {
    return words;
  }
}
