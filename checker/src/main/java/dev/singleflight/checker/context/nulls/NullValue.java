package dev.singleflight.checker.context.nulls;

import com.google.common.collect.ImmutableList;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a value about null.
 *
 * @param path where a null comes from, nearest to the use first; empty where none does
 * @param isShared whether it is what a coalesced load gives to all of its callers
 * @param inner what a future or holder has inside, or what a function returns; null if not known
 * @param parameter the parameter that the value is, or is inside of, seen from a method's own code
 * @param depth how far inside the parameter
 */
record NullValue(
    Kind kind,
    ImmutableList<String> path,
    boolean isShared,
    @Nullable NullValue inner,
    @Nullable VarSymbol parameter,
    int depth) {

  /** Whether a value is null. */
  enum Kind {
    NEVER,
    UNKNOWN,
    SOMETIMES,
    ALWAYS,
  }

  private static final int MAX_PATH = 6;

  static final NullValue SAFE = new NullValue(Kind.NEVER, ImmutableList.of(), false, null, null, 0);
  static final NullValue UNKNOWN =
      new NullValue(Kind.UNKNOWN, ImmutableList.of(), false, null, null, 0);

  static NullValue always(String origin) {
    return new NullValue(Kind.ALWAYS, ImmutableList.of(origin), false, null, null, 0);
  }

  static NullValue sometimes(String origin) {
    return new NullValue(Kind.SOMETIMES, ImmutableList.of(origin), false, null, null, 0);
  }

  static NullValue parameter(VarSymbol parameter) {
    return new NullValue(Kind.UNKNOWN, ImmutableList.of(), false, null, parameter, 0);
  }

  /** An object that holds a value, and is itself there. */
  static NullValue holding(@Nullable NullValue inner) {
    return inner == null
        ? SAFE
        : new NullValue(Kind.NEVER, ImmutableList.of(), false, inner, null, 0);
  }

  boolean mayBeNull() {
    return kind == Kind.SOMETIMES || kind == Kind.ALWAYS;
  }

  /** What is in it, or what it returns. */
  NullValue inside() {
    if (inner != null) {
      return inner;
    }
    return parameter == null || kind != Kind.UNKNOWN
        ? UNKNOWN
        : new NullValue(kind, path, isShared, null, parameter, depth + 1);
  }

  /** The same, known to be there. */
  NullValue checked() {
    return kind == Kind.NEVER
        ? this
        : new NullValue(Kind.NEVER, ImmutableList.of(), isShared, inner, null, 0);
  }

  /** The same, handed to all callers of a load. */
  NullValue shared() {
    return new NullValue(kind, path, true, inner == null ? null : inner.shared(), parameter, depth);
  }

  /** The same, by way of a variable or method. */
  NullValue via(String name) {
    NullValue named = inner == null ? null : inner.via(name);
    if (path.isEmpty() && inner == null) {
      return this;
    }
    ImmutableList<String> longer =
        path.isEmpty() || path.get(0).equals(name) || path.size() >= MAX_PATH
            ? path
            : ImmutableList.<String>builder().add(name).addAll(path).build();
    return new NullValue(kind, longer, isShared, named, parameter, depth);
  }

  /** One or the other. */
  static NullValue join(@Nullable NullValue one, @Nullable NullValue other) {
    if (one == null || other == null) {
      return one != null ? one : other != null ? other : UNKNOWN;
    }
    if (one.equals(other)) {
      return one;
    }
    boolean isFirst = one.isAtLeastAsBadAs(other);
    NullValue worse = isFirst ? one : other;
    NullValue better = isFirst ? other : one;
    Kind kind =
        worse.kind == Kind.ALWAYS && better.kind != Kind.ALWAYS ? Kind.SOMETIMES : worse.kind;
    NullValue inner =
        one.inner == null || other.inner == null
            ? one.inner != null ? one.inner : other.inner
            : join(one.inner, other.inner);
    return new NullValue(kind, worse.path, worse.isShared, inner, worse.parameter, worse.depth);
  }

  private boolean isAtLeastAsBadAs(NullValue that) {
    if (mayBeNull() != that.mayBeNull()) {
      return mayBeNull();
    }
    if (mayBeNull()) {
      return isShared || !that.isShared;
    }
    return parameter != null || (that.parameter == null && kind.compareTo(that.kind) >= 0);
  }

  /** Whether it, or what it holds, is a shared value that may be null. */
  boolean carriesSharedNull() {
    return (mayBeNull() && isShared) || (inner != null && inner.carriesSharedNull());
  }
}
