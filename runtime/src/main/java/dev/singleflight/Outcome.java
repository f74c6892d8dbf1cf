package dev.singleflight;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How a flight ended: what its callers get.
 *
 * <p>Published by the flight's state, after which nothing in it changes.
 */
abstract class Outcome<V extends @Nullable Object> {

  /** The callers besides the leader that waited at the end. */
  int followers;

  /** Returns the value or throws the failure as it is, whether or not the caller declares it. */
  abstract V get();

  abstract void completeInto(CompletableFuture<V> future);

  final SharedResult<V> share(boolean isLeader) {
    return new SharedResult<>(get(), isLeader, followers);
  }

  static final class Success<V extends @Nullable Object> extends Outcome<V> {
    private final V value;

    Success(V value) {
      this.value = value;
    }

    @Override
    V get() {
      return value;
    }

    @Override
    void completeInto(CompletableFuture<V> future) {
      future.complete(value);
    }
  }

  static final class Failure<V extends @Nullable Object> extends Outcome<V> {
    private final Throwable cause;

    Failure(Throwable cause) {
      this.cause = cause;
    }

    @Override
    V get() {
      throw Failure.<RuntimeException>rethrow(cause);
    }

    @Override
    void completeInto(CompletableFuture<V> future) {
      future.completeExceptionally(cause);
    }

    // A follower may have passed a loader with other checked exceptions than the leader's; wrapping
    // would cost it the instance that it has to get, so the compiler is told less than the truth.
    @SuppressWarnings("unchecked") // erased: the cast to X is none at run time
    private static <X extends Throwable> RuntimeException rethrow(Throwable cause) throws X {
      throw (X) cause;
    }
  }
}
