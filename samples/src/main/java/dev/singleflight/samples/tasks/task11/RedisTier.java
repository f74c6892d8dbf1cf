package dev.singleflight.samples.tasks.task11;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Price tags in Redis, for all processes. That Redis is away is no reason to have no price: it is a
 * miss, and soon.
 *
 * <p>Thread-safe.
 */
final class RedisTier implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(1);

  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final AtomicInteger reads = new AtomicInteger();

  RedisTier(URI redis) {
    RedisURI uri = RedisURI.create(redis);
    uri.setTimeout(PATIENCE);
    client = RedisClient.create(uri);
    client.setOptions(
        ClientOptions.builder().disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS).build());
    connection = client.connect();
  }

  /** Returns the tag, or null if Redis does not have it, or does not say. */
  @Nullable String get(PriceKey key) {
    reads.incrementAndGet();
    try {
      return connection.sync().get(name(key));
    } catch (RedisException e) {
      return null;
    }
  }

  void put(PriceKey key, String tag) {
    try {
      connection.sync().set(name(key), tag, SetArgs.Builder.px(TIME_TO_LIVE));
    } catch (RedisException e) {
      // the next process will ask the source itself
    }
  }

  void remove(PriceKey key) {
    connection.sync().del(name(key));
  }

  /** Returns how many times it has been asked. */
  int reads() {
    return reads.get();
  }

  /** Names the key for all processes, of all versions: who changes the tags' form counts on. */
  private static String name(PriceKey key) {
    return "price:v1:" + key.product() + ":" + key.currency();
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown(Duration.ZERO, PATIENCE);
  }
}
