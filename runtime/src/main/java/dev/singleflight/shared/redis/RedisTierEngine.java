package dev.singleflight.shared.redis;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.ThreadSafe;
import dev.singleflight.shared.Event;
import dev.singleflight.shared.Reading;
import dev.singleflight.shared.TierEngine;
import dev.singleflight.shared.TierKey;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the values and leases of shared tiers in Redis 5 or later, each step one script that the
 * server runs atomically.
 *
 * <p>It has two connections of its own, for steps and for messages, and looks every second whether
 * they live; it connects again by itself. Values of before a restart of the server, or of another
 * server that takes its place, are void even where they are still there: either may have missed
 * invalidations. Of a server that evicts keys when its memory is full nothing wrong is read.
 *
 * <p>What is guaranteed is guaranteed for one primary: while two servers both think that they are
 * it, each has its own values and leases. Scripts touch several keys of one hash tag, so that in a
 * cluster a tier would live on one node; this class connects to single servers.
 *
 * <p>Keys begin with {@code sf:{name@version}:}, and the channel of messages is called {@code
 * sf:{name@version}:events}.
 */
@ThreadSafe
public final class RedisTierEngine implements TierEngine {

  private static final long MAX_MILLIS = Duration.ofDays(36_500).toMillis();

  /** A tenant's generation may be forgotten after this: then its values are void. */
  private static final byte[] GENERATION_MILLIS = millis(Duration.ofDays(30));

  private final RedisLink link;

  private RedisTierEngine(RedisLink link) {
    this.link = link;
  }

  /**
   * Returns an engine that connects to a server in the background, until that succeeds and whenever
   * the connection is lost. Close it when it is no longer used.
   *
   * @param uri the server; how long to wait for it is the engine's own to decide
   * @throws NullPointerException if the URI is null
   */
  public static RedisTierEngine connect(RedisURI uri) {
    return new RedisTierEngine(new RedisLink(requireNonNull(uri, "uri must not be null")));
  }

  /**
   * As {@link #connect(RedisURI)}.
   *
   * @param uri such as {@code redis://cache.internal:6379}
   * @throws IllegalArgumentException if that is no URI of Redis
   */
  public static RedisTierEngine connect(String uri) {
    return connect(RedisURI.create(requireNonNull(uri, "uri must not be null")));
  }

  @Override
  public CompletionStage<Reading> readOrLease(
      TierKey key, String token, Duration lease, long maxAgeNanos) {
    return this.<List<Object>>run(
            key.tier(),
            Script.READ,
            new byte[][] {
              Names.value(key), Names.lease(key), tierGeneration(key), tenantGeneration(key)
            },
            Names.bytes(token),
            millis(lease),
            Names.bytes(Long.toString(Math.floorDiv(maxAgeNanos, 1_000_000L))),
            RedisSession.newGeneration(),
            GENERATION_MILLIS)
        .thenApply(RedisTierEngine::reading);
  }

  private static Reading reading(List<Object> reply) {
    char state = (char) ((byte[]) reply.get(0))[0];
    return switch (state) {
      case 'H' -> Reading.hit((byte[]) reply.get(1));
      case 'L' -> Reading.leased();
      default ->
          Reading.busy(
              notNegative((Long) reply.get(1)),
              notNegative((Long) reply.get(2)),
              (byte @Nullable []) reply.get(3));
    };
  }

  /** The clock of the server may have been set back. */
  private static Duration notNegative(long millis) {
    return Duration.ofMillis(Math.max(0, millis));
  }

  @Override
  public CompletionStage<Boolean> fill(
      TierKey key, String token, byte[] payload, Duration fresh, Duration stale) {
    return this.<Long>run(
            key.tier(),
            Script.FILL,
            new byte[][] {
              Names.value(key), Names.lease(key), tierGeneration(key), tenantGeneration(key)
            },
            Names.bytes(token),
            millis(fresh),
            millis(fresh.plus(stale)),
            payload,
            channel(key),
            message(Event.Kind.FILLED, key, ""))
        .thenApply(RedisTierEngine::isDone);
  }

  @Override
  public CompletionStage<Boolean> renew(TierKey key, String token, Duration lease) {
    return this.<Long>run(
            key.tier(),
            Script.RENEW,
            new byte[][] {Names.lease(key)},
            Names.bytes(token),
            millis(lease))
        .thenApply(RedisTierEngine::isDone);
  }

  @Override
  public CompletionStage<Boolean> release(TierKey key, String token, String failure) {
    return this.<Long>run(
            key.tier(),
            Script.RELEASE,
            new byte[][] {Names.lease(key)},
            Names.bytes(token),
            channel(key),
            message(Event.Kind.RELEASED, key, failure))
        .thenApply(RedisTierEngine::isDone);
  }

  @Override
  public CompletionStage<Void> invalidate(TierKey key, String origin) {
    return this.<Long>run(
            key.tier(),
            Script.INVALIDATE,
            new byte[][] {Names.value(key), Names.lease(key)},
            channel(key),
            message(Event.Kind.INVALIDATED, key, origin))
        .thenApply(RedisTierEngine::nothing);
  }

  @Override
  public CompletionStage<Void> invalidateTenant(String tier, String tenant, String origin) {
    return this.<Long>run(
            tier,
            Script.INVALIDATE_TENANT,
            new byte[][] {Names.tenantGeneration(tier, tenant)},
            RedisSession.newGeneration(),
            GENERATION_MILLIS,
            Names.bytes(Names.channel(tier)),
            Messages.encode(Event.Kind.TENANT_INVALIDATED, tenant, "", origin))
        .thenApply(RedisTierEngine::nothing);
  }

  @Override
  public CompletionStage<Void> invalidateTier(String tier, String origin) {
    return this.<Long>run(
            tier,
            Script.INVALIDATE_TIER,
            new byte[][] {Names.tierGeneration(tier)},
            RedisSession.newGeneration(),
            Names.bytes(Names.channel(tier)),
            Messages.encode(Event.Kind.TIER_INVALIDATED, "", "", origin))
        .thenApply(RedisTierEngine::nothing);
  }

  @Override
  public CompletionStage<Void> probe(String tier) {
    // A lease that nobody has: asks for a script to be run, and whether the tier was prepared.
    return this.<Long>run(
            tier,
            Script.RENEW,
            new byte[][] {Names.tierGeneration(tier + "?probe")},
            Names.bytes("none"),
            Names.bytes("1"))
        .thenApply(RedisTierEngine::nothing);
  }

  @Override
  public Registration listen(String tier, Listener listener) {
    return link.listen(tier, listener);
  }

  @Override
  public void close() {
    link.close();
  }

  private <T> CompletionStage<T> run(
      String tier, Script script, byte[][] keys, byte[]... arguments) {
    RedisSession session = link.session();
    if (session == null) {
      return CompletableFuture.failedStage(new EngineUnavailableException());
    }
    return session.<T>run(tier, script, keys, arguments).whenComplete(link.forgotten(session));
  }

  private static byte[] tierGeneration(TierKey key) {
    return Names.tierGeneration(key.tier());
  }

  private static byte[] tenantGeneration(TierKey key) {
    return Names.tenantGeneration(key.tier(), key.tenant());
  }

  private static byte[] channel(TierKey key) {
    return Names.bytes(Names.channel(key.tier()));
  }

  private static byte[] message(Event.Kind kind, TierKey key, String detail) {
    return Messages.encode(kind, key.tenant(), key.key(), detail);
  }

  private static byte[] millis(Duration duration) {
    long millis = duration.plusNanos(999_999).toMillis();
    return Names.bytes(Long.toString(Math.min(MAX_MILLIS, Math.max(1, millis))));
  }

  private static boolean isDone(long reply) {
    return reply == 1;
  }

  @SuppressWarnings("NullAway") // that is all a Void can be
  private static Void nothing(long reply) {
    return null;
  }
}
