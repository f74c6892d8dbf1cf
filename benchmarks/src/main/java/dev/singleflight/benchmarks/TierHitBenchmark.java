package dev.singleflight.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.shared.JsonCodec;
import dev.singleflight.shared.KeyCodec;
import dev.singleflight.shared.SharedTier;
import dev.singleflight.shared.redis.RedisTierEngine;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import redis.embedded.RedisServer;

/**
 * A value that is not here, but in the tier: what a loader with nothing in its own cache takes to
 * get it, beside a plain {@code GET} of the same bytes by the same client from the same Redis, read
 * by the same codec.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@ThreadCounts({1, 2})
public class TierHitBenchmark {

  private static final int KEYS = 256;

  /** What is kept: some 200 bytes of JSON. */
  public record User(long id, String name, String mail, List<String> roles) {}

  private final JsonCodec<User> codec = JsonCodec.of(User.class);
  private @Nullable RedisServer server;
  private @Nullable RedisTierEngine engine;
  private @Nullable SharedTier<Integer, User> tier;
  private @Nullable SingleflightLoader<Integer, User> loader;
  private @Nullable RedisClient client;
  private @Nullable StatefulRedisConnection<byte[], byte[]> connection;

  @Setup
  public void start() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    RedisServer redis =
        RedisServer.newRedisServer()
            .port(port)
            .setting("bind 127.0.0.1")
            .setting("save \"\"")
            .build();
    redis.start();
    server = redis;
    String uri = "redis://127.0.0.1:" + port;
    RedisTierEngine link = RedisTierEngine.connect(uri);
    engine = link;
    SharedTier<Integer, User> shared =
        SharedTier.newBuilder("bench", link, KeyCodec.integers(), codec)
            .expireAfterWrite(Duration.ofHours(1))
            .build();
    tier = shared;
    SingleflightLoader<Integer, User> keepsNothing =
        SingleflightLoader.newBuilder()
            .expireAfterWrite(Duration.ZERO)
            .sharedTier(shared)
            .build(TierHitBenchmark::load);
    loader = keepsNothing;
    RedisClient plain = RedisClient.create(uri);
    client = plain;
    StatefulRedisConnection<byte[], byte[]> bytes = plain.connect(ByteArrayCodec.INSTANCE);
    connection = bytes;
    for (int key = 0; key < KEYS; key++) {
      User user = keepsNothing.get(key);
      String ok = bytes.sync().set(plainKey(key), codec.encode(user));
      if (!ok.equals("OK")) {
        throw new IllegalStateException(ok);
      }
    }
  }

  private static byte[] plainKey(int key) {
    return ("user:" + key).getBytes(UTF_8);
  }

  private static User load(int key) {
    return new User(
        key, "user " + key, "user" + key + "@example.org", List.of("reader", "writer", "owner"));
  }

  @TearDown
  public void stop() throws IOException {
    requireNonNull(tier).close();
    requireNonNull(engine).close();
    requireNonNull(client).shutdown();
    requireNonNull(server).stop();
  }

  @Benchmark
  @SuppressWarnings("SingleflightUnstableKey") // one of few, all of which are in the tier
  public User tierHit() {
    return requireNonNull(loader).get(ThreadLocalRandom.current().nextInt(KEYS));
  }

  @Benchmark
  @Rival(of = "tierHit")
  public User redisGet() throws IOException {
    byte[] key = plainKey(ThreadLocalRandom.current().nextInt(KEYS));
    return codec.decode(requireNonNull(requireNonNull(connection).sync().get(key)));
  }
}
