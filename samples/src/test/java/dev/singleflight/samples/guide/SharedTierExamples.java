package dev.singleflight.samples.guide;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantLoader;
import dev.singleflight.micrometer.SharedTierMetrics;
import dev.singleflight.samples.guide.RuntimeExamples.Database;
import dev.singleflight.samples.guide.RuntimeExamples.User;
import dev.singleflight.shared.JsonCodec;
import dev.singleflight.shared.KeyCodec;
import dev.singleflight.shared.SharedTier;
import dev.singleflight.shared.TierEngine;
import dev.singleflight.shared.jcache.JCacheTierEngine;
import dev.singleflight.shared.redis.RedisTierEngine;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import javax.cache.Cache;
import javax.cache.CacheManager;

/** The examples of the shared tier's page, which {@link SharedTierGuideTest} runs. */
final class SharedTierExamples implements AutoCloseable {

  record Page(long user, Locale locale) {}

  static final KeyCodec<Page> PAGES =
      KeyCodec.of(
          page -> page.user() + " " + page.locale().toLanguageTag(),
          text -> {
            int space = text.indexOf(' ');
            return new Page(
                Long.parseLong(text.substring(0, space)),
                Locale.forLanguageTag(text.substring(space + 1)));
          });

  private final Database database;
  private final RedisTierEngine redis;
  private final SharedTier<Long, User> tier;
  private final SingleflightLoader<Long, User> users;
  private final SingleflightLoader<Long, User> exact;
  private final TenantLoader<String, Long, User> tenants;

  SharedTierExamples(Database database, String address) {
    this.database = database;
    this.redis = RedisTierEngine.connect(address); // such as redis://cache.internal:6379
    this.tier =
        SharedTier.newBuilder("users", redis, KeyCodec.longs(), JsonCodec.of(User.class))
            .expireAfterWrite(Duration.ofMinutes(10)) // in the tier
            .build();
    this.users =
        SingleflightLoader.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1)) // in this process
            .sharedTier(tier)
            .build(id -> database.find(id));
    this.exact =
        SingleflightLoader.newBuilder()
            .expireAfterWrite(Duration.ZERO)
            .maxJoinAge(Duration.ZERO)
            .sharedTier(tier)
            .build(id -> database.find(id));
    this.tenants =
        SingleflightLoader.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .sharedTier(tier)
            .buildPerTenant((String tenant, Long id) -> database.findOf(tenant, id));
  }

  static TierEngine inJCache(CacheManager manager) {
    Cache<String, String> cache =
        manager.createCache("tiers", JCacheTierEngine.configuration(Duration.ofHours(1)));
    return new JCacheTierEngine(cache, Duration.ofSeconds(1)); // by how much clocks may differ
  }

  void monitor(MeterRegistry registry) {
    SharedTierMetrics.monitor(registry, tier, "users");
  }

  void rename(long id, String name) throws IOException {
    database.rename(id, name);
    users.invalidate(id); // here, in the tier and in all processes
  }

  User get(long id) {
    return users.get(id);
  }

  User getExact(long id) {
    return exact.get(id);
  }

  User get(String tenant, long id) {
    return tenants.get(tenant, id);
  }

  SharedTier<Long, User> tier() {
    return tier;
  }

  @Override
  public void close() {
    tier.close();
    redis.close();
  }
}
