package dev.singleflight;

import org.jspecify.annotations.Nullable;

/**
 * A {@link Loader} for several tenants: it is told whose key it loads.
 *
 * <p>The tenant is part of what identifies the load, as the key is. So what was said of a loader
 * holds: whatever else it reads of the caller that happens to lead is handed to others.
 *
 * @param <T> the type of tenants
 * @param <K> the type of the key
 * @param <V> the type of the value; it may be nullable
 * @param <X> the checked exception the load may fail with
 */
@FunctionalInterface
public interface TenantKeyLoader<T, K, V extends @Nullable Object, X extends Exception> {

  /**
   * Computes the value of a tenant's key.
   *
   * @param tenant the tenant, as it was given by the call that created its loader; later calls gave
   *     one equal to it
   * @param key the key with which the leader called
   * @return the value, which may be {@code null} if {@code V} is nullable
   * @throws X if the load fails
   */
  V load(T tenant, K key) throws X;
}
