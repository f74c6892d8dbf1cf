package dev.singleflight.samples.guide;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.cache.impl.HazelcastServerCachingProvider;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.singleflight.SingleflightLoader;
import dev.singleflight.samples.guide.RuntimeExamples.Database;
import dev.singleflight.samples.guide.RuntimeExamples.User;
import dev.singleflight.shared.JsonCodec;
import dev.singleflight.shared.KeyCodec;
import dev.singleflight.shared.SharedTier;
import dev.singleflight.shared.TierEngine;
import dev.singleflight.shared.TierStats;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisServer;

/** The page of the shared tier shows code that is compiled and run, and names what there is. */
@Timeout(120)
final class SharedTierGuideTest {

  private static final Path PAGE = Path.of("../docs/shared-tier.md");
  private static final Path EXAMPLES =
      Path.of("src/test/java/dev/singleflight/samples/guide/SharedTierExamples.java");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern METER = Pattern.compile("`(singleflight\\.tier\\.[a-z.]+)`");

  private static @Nullable RedisServer server;
  private static String address = "";

  /** A store that counts. */
  private static final class Users implements Database {
    final AtomicInteger loads = new AtomicInteger();
    final Map<Long, String> names = new ConcurrentHashMap<>();

    @Override
    public User find(long id) {
      loads.incrementAndGet();
      return new User(id, names.getOrDefault(id, "user " + id));
    }

    @Override
    public User findOf(String tenant, long id) {
      loads.incrementAndGet();
      return new User(id, tenant + "'s user " + id);
    }

    @Override
    public void rename(long id, String name) {
      names.put(id, name);
    }
  }

  @BeforeAll
  static void start() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    RedisServer one =
        RedisServer.newRedisServer()
            .port(port)
            .setting("bind 127.0.0.1")
            .setting("save \"\"")
            .build();
    one.start();
    server = one;
    address = "redis://127.0.0.1:" + port;
  }

  @AfterAll
  static void stop() throws IOException {
    requireNonNull(server).stop();
  }

  private static String flat(String code) {
    return code.replaceAll("\\s+", " ").trim();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void examplesOfThePageAreThoseThatRun() throws IOException {
    String source = flat(Files.readString(EXAMPLES));
    List<String> blocks =
        BLOCK.matcher(Files.readString(PAGE)).results().map(block -> block.group(1)).toList();
    assertThat(blocks).hasSizeGreaterThan(6);
    // Declarations that stand together on the page may have something between them in the source.
    assertThat(blocks)
        .flatExtracting(block -> List.of(block.split("\n\n")))
        .allSatisfy(part -> assertThat(source).contains(flat(part)));
  }

  @Test
  void optionsOfThePageAreThoseThatThereAre() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(
            Arrays.stream(SharedTier.Builder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !name.equals("build")))
        .isNotEmpty()
        .allSatisfy(option -> assertThat(page).contains("`" + option + "`"));
    assertThat(Arrays.stream(TierStats.class.getRecordComponents()).map(RecordComponent::getName))
        .allSatisfy(figure -> assertThat(page).contains("`" + figure + "`"));
  }

  @Test
  void metersOfThePageAreThoseThatThereAre() throws IOException {
    MeterRegistry registry = new SimpleMeterRegistry();
    try (SharedTierExamples examples = new SharedTierExamples(new Users(), address)) {
      examples.monitor(registry);
      assertThat(
              METER
                  .matcher(Files.readString(PAGE))
                  .results()
                  .map(meter -> meter.group(1))
                  .collect(Collectors.toSet()))
          .isEqualTo(
              registry.getMeters().stream()
                  .map(Meter::getId)
                  .map(Meter.Id::getName)
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void twoProcessesMakeOneLoad() throws IOException {
    Users database = new Users();
    try (SharedTierExamples one = new SharedTierExamples(database, address);
        SharedTierExamples other = new SharedTierExamples(database, address)) {
      // A busy machine may take longer to connect than a tier waits for that.
      await(() -> one.tier().stats().inUse() && other.tier().stats().inUse());
      assertThat(one.get(1).name()).isEqualTo("user 1");
      assertThat(other.get(1).name()).isEqualTo("user 1");
      assertThat(database.loads).hasValue(1);
      one.rename(1, "anna");
      assertThat(one.get(1).name()).isEqualTo("anna");
      assertThat(other.getExact(1).name()).isEqualTo("anna");
      await(() -> other.get(1).name().equals("anna"));
      assertThat(database.loads).hasValue(2);
      assertThat(one.get("t", 1).name() + other.get("t", 1).name())
          .isEqualTo("t's user 1t's user 1");
      assertThat(one.get("u", 1).name()).isEqualTo("u's user 1");
      assertThat(database.loads).hasValue(4);
      assertThat(one.tier().stats().inUse()).isTrue();
    }
  }

  @Test
  void keyCodecOfThePageBringsKeysBack() {
    SharedTierExamples.Page page = new SharedTierExamples.Page(7, Locale.forLanguageTag("de-AT"));
    assertThat(SharedTierExamples.PAGES.decode(SharedTierExamples.PAGES.encode(page)))
        .isEqualTo(page);
  }

  @Test
  void cacheOfJCacheServesAsEngine() {
    Config config = new Config().setClusterName(UUID.randomUUID().toString());
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "none");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
    CacheManager manager =
        new HazelcastServerCachingProvider()
            .getCacheManager(
                null, null, HazelcastCachingProvider.propertiesByInstanceItself(member));
    try (TierEngine engine = SharedTierExamples.inJCache(manager);
        SharedTier<Long, User> tier =
            SharedTier.newBuilder("users", engine, KeyCodec.longs(), JsonCodec.of(User.class))
                .expireAfterWrite(Duration.ofMinutes(10))
                .build()) {
      Users database = new Users();
      for (int process = 0; process < 2; process++) {
        assertThat(
                SingleflightLoader.newBuilder()
                    .expireAfterWrite(Duration.ofMinutes(1))
                    .sharedTier(tier)
                    .build(id -> database.find(id))
                    .get(1L)
                    .name())
            .isEqualTo("user 1");
      }
      assertThat(database.loads).hasValue(1);
      assertThat(tier.stats().hits()).isEqualTo(1);
    } finally {
      member.shutdown();
    }
  }
}
