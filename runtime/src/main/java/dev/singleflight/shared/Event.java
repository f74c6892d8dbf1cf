package dev.singleflight.shared;

/**
 * What an engine tells of.
 *
 * @param kind what has happened
 * @param tenant the tenant to which it happened; empty of {@link Kind#TIER_INVALIDATED}
 * @param key the key to which it happened; empty if to all
 * @param detail of an invalidation its origin, of a release the failure, else empty
 */
public record Event(Kind kind, String tenant, String key, String detail) {

  /** What there is to tell. */
  public enum Kind {
    /** A lease ended with a value. Told only if somebody was turned away by the lease. */
    FILLED,
    /** A lease ended without a value. Told only if somebody was turned away by the lease. */
    RELEASED,
    /** Value and lease of a key were removed. */
    INVALIDATED,
    /** Those of all keys of a tenant were. */
    TENANT_INVALIDATED,
    /** Those of all tenants were. */
    TIER_INVALIDATED
  }
}
