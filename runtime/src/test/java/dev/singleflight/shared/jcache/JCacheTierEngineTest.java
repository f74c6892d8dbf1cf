package dev.singleflight.shared.jcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.cache.impl.HazelcastServerCachingProvider;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.singleflight.shared.Reading;
import dev.singleflight.shared.TierEngine;
import dev.singleflight.shared.TierEngineContract;
import dev.singleflight.shared.TierKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cache of Hazelcast, seen by two members of a cluster, is an engine. */
final class JCacheTierEngineTest extends TierEngineContract {

  private static final List<HazelcastInstance> members = new ArrayList<>();
  private static final List<Cache<String, String>> caches = new ArrayList<>();
  private static final List<JCacheTierEngine> engines = new ArrayList<>();

  @BeforeAll
  static void start() {
    String cluster = UUID.randomUUID().toString();
    for (int i = 0; i < 2; i++) {
      HazelcastInstance member = Hazelcast.newHazelcastInstance(config(cluster, i));
      members.add(member);
      CachingProvider provider = new HazelcastServerCachingProvider();
      CacheManager manager =
          provider.getCacheManager(
              null, null, HazelcastCachingProvider.propertiesByInstanceItself(member));
      Cache<String, String> cache = manager.getCache("tiers", String.class, String.class);
      if (cache == null) {
        cache = manager.createCache("tiers", JCacheTierEngine.configuration(Duration.ofHours(1)));
      }
      caches.add(cache);
      engines.add(new JCacheTierEngine(cache, Duration.ZERO));
    }
    assertThat(members)
        .allSatisfy(member -> assertThat(member.getCluster().getMembers()).hasSize(2));
  }

  private static Config config(String cluster, int number) {
    Config config = new Config().setClusterName(cluster).setInstanceName(cluster + number);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "none");
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true).addMember("127.0.0.1");
    return config;
  }

  @AfterAll
  static void stop() {
    engines.forEach(JCacheTierEngine::close);
    members.forEach(HazelcastInstance::shutdown);
  }

  @Override
  protected TierEngine engine(int which) {
    return engines.get(which);
  }

  @Test
  void ageIsReckonedLongerByHowMuchClocksMayDiffer() throws Exception {
    try (JCacheTierEngine careful = new JCacheTierEngine(caches.get(0), Duration.ofSeconds(30))) {
      String token = "careful";
      TierKey key = new TierKey("careful@1", "", "key");
      Duration hour = Duration.ofHours(1);
      long maxAge = Duration.ofSeconds(20).toNanos();
      assertThat(state(careful.readOrLease(key, token, hour, maxAge)))
          .isEqualTo(Reading.State.LEASED);
      Boolean filled =
          careful
              .fill(key, token, new byte[] {1}, hour, Duration.ZERO)
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);
      assertThat(filled).isTrue();
      assertThat(state(careful.readOrLease(key, "other", hour, 2 * maxAge)))
          .isEqualTo(Reading.State.HIT);
      assertThat(state(careful.readOrLease(key, "other", hour, maxAge)))
          .isEqualTo(Reading.State.LEASED);
    }
  }

  private static Reading.State state(CompletionStage<Reading> reading) throws Exception {
    return reading.toCompletableFuture().get(20, TimeUnit.SECONDS).state();
  }

  @Test
  void differenceOfClocksIsNotNegative() {
    assertThatThrownBy(() -> new JCacheTierEngine(caches.get(0), Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clockDifference");
  }
}
