package dev.singleflight;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A loader whose values tell how often it has run, and which fails when the test says so. */
final class CountingLoader implements Loader<Object, String, Exception> {

  private final AtomicInteger runs = new AtomicInteger();
  private volatile @Nullable Throwable failure;
  private volatile Loader<Object, ? extends @Nullable String, Exception> result =
      key -> key + "#" + runs.get();

  @Override
  @SuppressWarnings("NullAway") // some tests load nulls
  public String load(Object key) throws Exception {
    runs.incrementAndGet();
    if (failure != null) {
      CountingLoader.<RuntimeException>sneak(failure);
    }
    return result.load(key);
  }

  @CanIgnoreReturnValue
  CountingLoader failWith(@Nullable Throwable with) {
    failure = with;
    return this;
  }

  @CanIgnoreReturnValue
  CountingLoader does(Loader<Object, ? extends @Nullable String, Exception> what) {
    result = what;
    return this;
  }

  @CanIgnoreReturnValue
  @SuppressWarnings("NullAway") // the checker does not look into the type's arguments
  CountingLoader returningNull() {
    return does(key -> null);
  }

  int runs() {
    return runs.get();
  }

  @SuppressWarnings("unchecked") // erased: errors are thrown as they are
  private static <X extends Throwable> void sneak(Throwable thrown) throws X {
    throw (X) thrown;
  }
}
