package dev.singleflight;

import org.jspecify.annotations.Nullable;

/**
 * Computes the value of a key, usually by asking something slow: a database, a remote service, a
 * disk.
 *
 * <p>A loader is run by at most one thread for one flight, and its outcome, value or failure, goes
 * to every caller of that flight. It should therefore depend on nothing but the key and on what all
 * callers have in common: whatever it reads of the caller that happens to lead (a request, a
 * tenant, a deadline) is handed to callers it does not belong to.
 *
 * <p>Which thread runs it, and what it may do there, is said by the method it is passed to; see
 * {@link SingleflightGroup}. No lock of the group is held while it runs.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value; it may be nullable
 * @param <X> the checked exception the load may fail with; inferred as {@link RuntimeException}
 *     where it throws none
 */
@FunctionalInterface
public interface Loader<K, V extends @Nullable Object, X extends Exception> {

  /**
   * Computes the value of a key.
   *
   * @param key the key with which the leader called; followers called with a key equal to it
   * @return the value, which may be {@code null} if {@code V} is nullable
   * @throws X if the load fails; each caller of the flight gets the same instance
   */
  V load(K key) throws X;
}
