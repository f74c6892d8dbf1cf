package dev.singleflight;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Loader} that needs no key, because it closes over what it needs.
 *
 * <p>Prefer {@link Loader} where the key is all the load needs: what a supplier captures and the
 * key does not tell apart is loaded once and handed to callers that captured something else.
 *
 * @param <V> the type of the value; it may be nullable
 * @param <X> the checked exception the load may fail with; inferred as {@link RuntimeException}
 *     where it throws none
 */
@FunctionalInterface
public interface ThrowingSupplier<V extends @Nullable Object, X extends Exception> {

  /**
   * Computes the value.
   *
   * @return the value, which may be {@code null} if {@code V} is nullable
   * @throws X if the load fails; each caller of the flight gets the same instance
   */
  V get() throws X;
}
