package dev.singleflight.shared.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.singleflight.shared.TierKey;

/**
 * What things are called in Redis. All that is of one tier has the same hash tag, since a script
 * needs a key and its generations at once. Lengths keep tenants and keys apart, whatever is in
 * them.
 */
final class Names {

  private Names() {}

  static byte[] value(TierKey key) {
    return bytes(prefix(key.tier()) + "v:" + ofKey(key));
  }

  static byte[] lease(TierKey key) {
    return bytes(prefix(key.tier()) + "l:" + ofKey(key));
  }

  static byte[] tierGeneration(String tier) {
    return bytes(prefix(tier) + "g");
  }

  static byte[] tenantGeneration(String tier, String tenant) {
    return bytes(prefix(tier) + "t:" + tenant);
  }

  static String channel(String tier) {
    return prefix(tier) + "events";
  }

  private static String prefix(String tier) {
    return "sf:{" + tier + "}:";
  }

  private static String ofKey(TierKey key) {
    return key.tenant().length() + ":" + key.tenant() + key.key();
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
