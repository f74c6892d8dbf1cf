package dev.singleflight.shared.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.shared.JsonCodec;
import dev.singleflight.shared.KeyCodec;
import dev.singleflight.shared.SharedTier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a tier when its Redis loses something, goes, comes back, or does not answer. */
@Timeout(60)
final class RedisRecoveryTest {

  private final RedisServers redis;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final AtomicInteger loads = new AtomicInteger();
  private volatile String value = "v0";

  RedisRecoveryTest() throws Exception {
    redis = new RedisServers();
  }

  /** A process of its own: connection, tier and loader. */
  private final class Peer {
    final SharedTier<String, String> tier;
    final SingleflightLoader<String, String> loader;

    Peer() {
      RedisTierEngine engine = RedisTierEngine.connect(redis.uri());
      open.add(engine);
      tier =
          SharedTier.newBuilder("t", engine, KeyCodec.strings(), JsonCodec.of(String.class))
              .expireAfterWrite(Duration.ofMinutes(10))
              .build();
      open.add(0, tier);
      loader =
          SingleflightLoader.newBuilder()
              .expireAfterWrite(Duration.ofMinutes(10))
              .sharedTier(tier)
              .build(
                  key -> {
                    loads.incrementAndGet();
                    return value;
                  });
    }

    void awaitInUse(boolean inUse) {
      await(() -> tier.stats().inUse() == inUse);
    }
  }

  private Peer a;
  private Peer b;

  @BeforeEach
  void connect() {
    a = new Peer();
    b = new Peer();
    a.awaitInUse(true);
    b.awaitInUse(true);
    assertThat(a.loader.get("k")).isEqualTo("v0");
    assertThat(b.loader.get("k")).isEqualTo("v0");
    assertThat(loads).hasValue(1);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    redis.close();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void messageReachesWhatOthersHaveCached() {
    value = "v1";
    a.loader.invalidate("k");
    assertThat(a.loader.get("k")).isEqualTo("v1");
    await(() -> b.loader.get("k").equals("v1"));
    assertThat(loads).hasValue(2);
  }

  @Test
  void scriptsThatTheServerHasForgottenAreSentAgain() {
    assertThat(redis.<String>tell(commands -> commands.scriptFlush())).isEqualTo("OK");
    assertThat(a.loader.get("other")).isEqualTo("v0");
    assertThat(b.loader.get("other")).isEqualTo("v0");
    a.loader.invalidate("other");
    assertThat(a.tier.stats().engineFailures()).isZero();
    assertThat(loads).hasValue(2);
  }

  @Test
  void serverThatHasForgottenEverythingIsUsedAgain() {
    assertThat(redis.<String>tell(commands -> commands.flushall())).isEqualTo("OK");
    assertThat(a.loader.get("other")).isEqualTo("v0");
    a.awaitInUse(true);
    await(
        () -> {
          String unused = a.loader.refresh("other").join();
          return a.tier.stats().fills() > 1;
        });
  }

  @Test
  void evictedGenerationVoidsWhatItWasOf() {
    assertThat(redis.<Long>tell(commands -> commands.del("sf:{t@1}:t:"))).isEqualTo(1);
    Peer c = new Peer();
    c.awaitInUse(true);
    assertThat(c.loader.get("k")).isEqualTo("v0");
    assertThat(loads).hasValue(2);
  }

  @Test
  void whatAServerHadSavedBeforeItWasKilledIsVoid() throws Exception {
    assertThat(redis.<String>tell(commands -> commands.save())).isEqualTo("OK");
    value = "v1";
    // The snapshot does not know of this.
    a.loader.invalidate("k");
    redis.kill();
    a.awaitInUse(false);
    assertThat(a.loader.get("k")).isEqualTo("v1");
    redis.startAgain();
    assertThat(redis.<List<String>>tell(commands -> commands.keys("sf:{t@1}:v:*"))).hasSize(1);
    // Of a process that has seen nothing of this, too.
    Peer c = new Peer();
    c.awaitInUse(true);
    assertThat(c.loader.get("k")).isEqualTo("v1");
    a.awaitInUse(true);
    b.awaitInUse(true);
    assertThat(a.loader.get("k")).isEqualTo("v1");
    assertThat(b.loader.get("k")).isEqualTo("v1");
  }

  @Test
  void invalidationWhileTheServerIsGoneIsMadeUpFor() throws Exception {
    redis.kill();
    a.awaitInUse(false);
    value = "v1";
    a.loader.invalidate("k");
    assertThat(a.tier.stats().pendingInvalidations()).isEqualTo(1);
    redis.startAgain();
    a.awaitInUse(true);
    assertThat(a.tier.stats().pendingInvalidations()).isZero();
    b.awaitInUse(true);
    assertThat(b.loader.get("k")).isEqualTo("v1");
  }

  @Test
  void serverThatDoesNotAnswerIsNoticedWithoutACall() throws Exception {
    ProcessHandle process = redis.process();
    signal("STOP", process);
    try {
      a.awaitInUse(false);
      b.awaitInUse(false);
      value = "v1";
      a.loader.invalidate("k");
      assertThat(a.loader.get("k")).isEqualTo("v1");
    } finally {
      signal("CONT", process);
    }
    b.awaitInUse(true);
    // Nobody else has told the server that this is old, but what is older than the outage is.
    assertThat(b.loader.get("k")).isEqualTo("v1");
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
