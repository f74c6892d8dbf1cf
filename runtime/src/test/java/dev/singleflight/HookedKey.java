package dev.singleflight;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A key that stops whoever looks it up at a chosen place: so a test forces an interleaving between
 * two steps of which each hashes the key. Equal to any other of the same name.
 */
final class HookedKey {

  private record Hook(Class<?> type, String method, Runnable action) {}

  private final String name;
  private final AtomicReference<@Nullable Hook> hook = new AtomicReference<>();

  HookedKey(String name) {
    this.name = name;
  }

  /** Runs an action once, when the key is hashed on behalf of a method of this package. */
  @CanIgnoreReturnValue
  HookedKey at(Class<?> type, String method, Runnable action) {
    hook.set(new Hook(type, method, action));
    return this;
  }

  /** Returns whether the place was reached. */
  boolean wasReached() {
    return hook.get() == null;
  }

  @Override
  public int hashCode() {
    Hook due = hook.get();
    if (due != null && isIn(due) && hook.compareAndSet(due, null)) {
      due.action().run();
    }
    return name.hashCode();
  }

  /** Whether the innermost frame of the package that is not the key's own is the hook's. */
  private static boolean isIn(Hook due) {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> frame.getClassName().startsWith("dev.singleflight."))
                    .filter(frame -> !frame.getClassName().startsWith(HookedKey.class.getName()))
                    .findFirst()
                    .filter(
                        frame ->
                            frame.getClassName().equals(due.type().getName())
                                && frame.getMethodName().equals(due.method()))
                    .isPresent());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HookedKey that && name.equals(that.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
