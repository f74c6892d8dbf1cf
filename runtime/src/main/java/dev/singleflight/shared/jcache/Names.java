package dev.singleflight.shared.jcache;

import dev.singleflight.shared.TierKey;

/** What the cache's keys are called: what kind it is, and texts that tell it from others. */
record Names(Kind kind, String tier, String tenant, String key) {

  enum Kind {
    CELL,
    TIER_GENERATION,
    TENANT_GENERATION
  }

  static String cell(TierKey key) {
    return new Names(Kind.CELL, key.tier(), key.tenant(), key.key()).text();
  }

  static String tierGeneration(String tier) {
    return new Names(Kind.TIER_GENERATION, tier, "", "").text();
  }

  static String tenantGeneration(String tier, String tenant) {
    return new Names(Kind.TENANT_GENERATION, tier, tenant, "").text();
  }

  private String text() {
    return new Texts.Writer().add(kind.name()).add(tier).add(tenant).add(key).text();
  }

  /**
   * Returns what a key of the cache is.
   *
   * @throws IllegalArgumentException if it is none of ours
   */
  static Names of(String text) {
    Texts.Reader in = new Texts.Reader(text);
    return new Names(Kind.valueOf(in.next()), in.next(), in.next(), in.next());
  }
}
