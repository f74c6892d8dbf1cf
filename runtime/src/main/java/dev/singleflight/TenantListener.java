package dev.singleflight;

/**
 * Is told which tenants a {@link TenantLoader} keeps a loader for: to add and remove what goes with
 * one, such as metrics.
 *
 * <p>A tenant is added by the first call for it, and dropped when it has been idle or when there
 * are too many. If it is called for again it is added again: with the same loader if that is still
 * in use, else with a new one. For each tenant the two are told in turn, beginning with {@code
 * tenantAdded}.
 *
 * <p>A listener is told of one event at a time, in the order in which they happened; but soon
 * after, not during, and on a thread of a caller or of the common pool. No lock is held. What it
 * throws is logged, by {@link System.Logger} under this interface's name, and dropped.
 *
 * @param <T> the type of tenants
 */
public interface TenantListener<T> {

  /**
   * A tenant's loader is kept from now on.
   *
   * @param tenant the tenant
   * @param loader its loader. To hold it does not keep the tenant from being dropped, but its
   *     entries in memory
   */
  default void tenantAdded(T tenant, SingleflightLoader<?, ?> loader) {}

  /**
   * A tenant's loader is kept no longer. Calls that use it go on.
   *
   * @param tenant the tenant
   */
  default void tenantDropped(T tenant) {}
}
