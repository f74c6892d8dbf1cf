package dev.singleflight.checker.effects;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.VisitorState;
import dev.singleflight.checker.api.Api;
import dev.singleflight.checker.api.Apis;
import dev.singleflight.checker.api.Trait;
import dev.singleflight.checker.inputs.Term;
import dev.singleflight.checker.inputs.Term.Call;
import dev.singleflight.checker.inputs.Term.Field;
import dev.singleflight.checker.inputs.Term.Kind;
import dev.singleflight.checker.inputs.Term.New;
import dev.singleflight.checker.inputs.Term.Op;
import dev.singleflight.checker.inputs.Terms;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Whether an object is one that a coalesced load handed to every caller, or is reached from it.
 * Copies end the trace; a copied collection is the caller's own, what is in it is not.
 */
public final class Sharing {
  private static final Pattern COPIES =
      Pattern.compile(
          "clone|copy|deepCopy|deepClone|duplicate|toBuilder|newBuilder|builder|mutate|with[A-Z]\\w*"
              + "|to[A-Z]\\w*|as[A-Z]\\w*|from|of|map|mapTo\\w*|flatMap|reduce|merge|plus\\w*|minus\\w*");

  /** A new container of the same elements. */
  private static final Pattern CONTAINER_COPIES =
      Pattern.compile(
          "copyOf\\w*|toList|toSet|toArray|collect|stream|parallelStream|sorted|filter|limit|skip|distinct"
              + "|peek|boxed|concat|newArrayList|newHashSet|newLinkedHashSet|newHashMap");

  /** Gives the same object, unwrapped. */
  private static final Pattern UNWRAPS =
      Pattern.compile(
          "requireNonNull\\w*|ofNullable|orElse\\w*|join|get|getNow|resultNow|toCompletableFuture"
              + "|whenComplete\\w*|exceptionally\\w*|orTimeout|checkNotNull|completeOnTimeout"
              + "|asList|subList|keySet|values|entrySet|headMap|tailMap|subMap|descendingMap|reversed");

  /** Gives what is in it. */
  private static final Pattern REACHES =
      Pattern.compile(
          "(get|is|find|first|last|next|peek|element|poll|iterator|listIterator|max|min|value|key)\\w*");

  private static final ImmutableSet<String> ACCESSOR_EXCEPTIONS =
      ImmutableSet.of("size", "length", "hashCode", "toString", "count", "getClass", "builder");

  private final Apis apis;

  Sharing(VisitorState state) {
    this.apis = Apis.of(state);
  }

  /** How much of an object is shared. */
  enum Level {
    /** It is the caller's own. */
    NONE,
    /** What is in it. */
    CONTENTS,
    /** The object itself. */
    SELF;

    Level inside() {
      return this == NONE ? NONE : SELF;
    }

    Level copied() {
      return this == NONE ? NONE : CONTENTS;
    }
  }

  /** Whether a term's value is handed to every caller of a load. */
  public boolean isShared(Term term) {
    return level(term, this::isLoad) == Level.SELF;
  }

  private boolean isLoad(Term term) {
    Api api = term instanceof Call call ? apis.match(call.method()) : null;
    return api != null && api.has(Trait.COALESCES);
  }

  /** How much of a term's value is reached from an {@code origin}. */
  Level level(Term term, Predicate<Term> origin) {
    Term value = Terms.value(term);
    if (origin.test(value)) {
      return Level.SELF;
    }
    if (value instanceof Field field) {
      return field.receiver() == null ? Level.NONE : level(field.receiver(), origin).inside();
    }
    if (value instanceof Op op) {
      return ofOp(op, origin);
    }
    if (value instanceof New object) {
      boolean copy =
          object.type().getQualifiedName().toString().startsWith("java.util.")
              && object.arguments().size() == 1;
      return copy ? level(object.arguments().get(0), origin).copied() : Level.NONE;
    }
    return value instanceof Call call ? ofCall(call, origin) : Level.NONE;
  }

  private Level ofOp(Op op, Predicate<Term> origin) {
    if (op.operands().isEmpty()) {
      return Level.NONE;
    }
    if (op.kind() == Kind.ELEMENT) {
      return level(op.operands().get(0), origin).inside();
    }
    if (op.kind() == Kind.COMBINE) {
      return level(op.operands().get(0), origin); // an object, and what it was filled with
    }
    Level most = Level.NONE;
    if (op.kind() == Kind.CHOICE) {
      for (Term operand : op.operands()) {
        Level level = level(operand, origin);
        most = level.compareTo(most) > 0 ? level : most;
      }
    }
    return most;
  }

  private Level ofCall(Call call, Predicate<Term> origin) {
    if (apis.match(call.method()) != null) {
      return Level.NONE;
    }
    String name = call.method().name.toString();
    Term from =
        call.receiver() != null
            ? call.receiver()
            : call.arguments().isEmpty() ? null : call.arguments().get(0);
    if (from == null || ACCESSOR_EXCEPTIONS.contains(name)) {
      return Level.NONE;
    }
    if (CONTAINER_COPIES.matcher(name).matches() || (name.equals("clone") && isContainer(call))) {
      return level(from, origin).copied();
    }
    if (UNWRAPS.matcher(name).matches()) {
      Level level = level(from, origin);
      return isContainer(call) || name.equals("get") ? level.inside() : level;
    }
    if (COPIES.matcher(name).matches()) {
      return Level.NONE;
    }
    if (call.receiver() == null) {
      return Level.NONE;
    }
    boolean accessor = call.arguments().isEmpty() || REACHES.matcher(name).matches();
    return accessor ? level(from, origin).inside() : Level.NONE;
  }

  private static boolean isContainer(Call call) {
    String owner = call.method().owner.getQualifiedName().toString();
    return owner.startsWith("java.util.") && !owner.startsWith("java.util.concurrent.Comp");
  }
}
