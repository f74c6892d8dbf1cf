package dev.singleflight.shared;

/**
 * A key as engines know it. Equal if and only if the tier, the tenant and the key are.
 *
 * @param tier the tier's name and schema version; of letters, digits and {@code . _ - @}
 * @param tenant any text; empty if there is none
 * @param key any text
 */
public record TierKey(String tier, String tenant, String key) {}
