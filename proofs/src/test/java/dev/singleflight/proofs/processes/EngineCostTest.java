package dev.singleflight.proofs.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.shared.Event;
import dev.singleflight.shared.Reading;
import dev.singleflight.shared.TierEngine;
import dev.singleflight.shared.TierKey;
import dev.singleflight.shared.redis.RedisTierEngine;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What each step takes of the server, by its own account: the figures of {@code docs/scale.md}. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class EngineCostTest {

  private static final int STEPS = Integer.getInteger("proofs.processes.steps", 2_000);
  private static final int SUBSCRIBERS = Integer.getInteger("proofs.processes.subscribers", 100);

  private static final Duration LONG = Duration.ofHours(1);
  private static final String TIER = "cost@1";
  private static final byte[] PAYLOAD = "x".repeat(200).getBytes(StandardCharsets.UTF_8);

  private final RedisProcess redis;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final TierEngine engine;
  private final List<AutoCloseable> subscribers = new ArrayList<>();
  private int tokens;

  EngineCostTest() throws Exception {
    redis = new RedisProcess();
    client = RedisClient.create(redis.uri());
    connection = client.connect();
    engine = RedisTierEngine.connect(redis.uri());
  }

  @BeforeEach
  void connect() throws InterruptedException {
    CountDownLatch connected = new CountDownLatch(1);
    TierEngine.Registration unused =
        engine.listen(
            TIER,
            new TierEngine.Listener() {
              @Override
              public void connected() {
                connected.countDown();
              }

              @Override
              public void disconnected() {}

              @Override
              public void told(Event event) {}
            });
    assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable subscriber : subscribers) {
      subscriber.close();
    }
    engine.close();
    connection.close();
    client.close();
    redis.close();
  }

  private static <T> T get(CompletionStage<T> step) throws Exception {
    return step.toCompletableFuture().get(1, TimeUnit.MINUTES);
  }

  private static TierKey key(int number) {
    return new TierKey(TIER, "", "key " + number);
  }

  private Reading read(int number) throws Exception {
    return get(engine.readOrLease(key(number), "token " + tokens++, LONG, Long.MAX_VALUE));
  }

  private interface Step {
    void run(int number) throws Exception;
  }

  /** Returns the microseconds of the server that a step takes, by its command statistics. */
  private double cost(String command, Step step) throws Exception {
    RedisCommands<String, String> commands = connection.sync();
    String reset = commands.configResetstat();
    assertThat(reset).isEqualTo("OK");
    for (int i = 0; i < STEPS; i++) {
      step.run(i);
    }
    Pattern line = Pattern.compile("cmdstat_" + command + ":calls=(\\d+),usec=(\\d+),");
    MatchResult figures =
        line.matcher(commands.info("commandstats")).results().findFirst().orElseThrow();
    assertThat(Long.parseLong(figures.group(1))).isGreaterThanOrEqualTo(STEPS);
    return Double.parseDouble(figures.group(2)) / Double.parseDouble(figures.group(1));
  }

  private static void report(String what, double micros, double ofGet) {
    System.out.printf(
        Locale.ROOT, "processes: %s: %.1f µs of the server, %.1f of a GET%n", what, micros, ofGet);
  }

  @Test
  void stepsTakeALittleOfTheServer() throws Exception {
    RedisCommands<String, String> commands = connection.sync();
    for (int i = 0; i < STEPS; i++) {
      String set = commands.set("plain" + i, new String(PAYLOAD, StandardCharsets.UTF_8));
      assertThat(set).isEqualTo("OK");
    }
    double plain = cost("get", number -> assertThat(commands.get("plain" + number)).isNotNull());
    List<String> held = new ArrayList<>();
    double lease =
        cost(
            "evalsha",
            number -> {
              held.add("token " + tokens);
              assertThat(read(number).state()).isEqualTo(Reading.State.LEASED);
            });
    double busy =
        cost("evalsha", number -> assertThat(read(number).state()).isEqualTo(Reading.State.BUSY));
    double fill =
        cost(
            "evalsha",
            number ->
                assertThat(
                        get(
                            engine.fill(
                                key(number), held.get(number), PAYLOAD, LONG, Duration.ZERO)))
                    .isTrue());
    double hit =
        cost("evalsha", number -> assertThat(read(number).state()).isEqualTo(Reading.State.HIT));
    Long bytes = commands.memoryUsage("sf:{cost@1}:v:0:key 0");
    Long plainBytes = commands.memoryUsage("plain0");
    double alone = cost("evalsha", number -> get(engine.invalidate(key(number), "me")));
    for (int i = 0; i < SUBSCRIBERS; i++) {
      StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub();
      subscriber.sync().subscribe("sf:{cost@1}:events");
      subscribers.add(subscriber);
    }
    double told = cost("evalsha", number -> get(engine.invalidate(key(number), "me")));
    report("a plain GET", plain, 1);
    report("a hit", hit, hit / plain);
    report("a lease taken", lease, lease / plain);
    report("turned away", busy, busy / plain);
    report("a fill", fill, fill / plain);
    report("an invalidation, one process to tell", alone, alone / plain);
    report("an invalidation, " + SUBSCRIBERS + " more to tell", told, told / plain);
    System.out.printf(
        "processes: a value of %d bytes takes %d of the server's memory; by SET it takes %d%n",
        PAYLOAD.length, bytes, plainBytes);
    assertThat(hit).isPositive();
  }
}
