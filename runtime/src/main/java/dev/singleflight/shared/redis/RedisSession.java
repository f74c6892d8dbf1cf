package dev.singleflight.shared.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * A connection to one run of one server, with a second one for its messages. It is never renewed:
 * if either ends, both do, and what comes after is another session, perhaps with a server that has
 * forgotten something.
 */
final class RedisSession {

  private static final String RUN_ID = "run_id:";

  private final StatefulRedisConnection<byte[], byte[]> commands;
  private final StatefulRedisPubSubConnection<byte[], byte[]> messages;
  private final String runId;
  private final Set<String> prepared = ConcurrentHashMap.newKeySet();

  private RedisSession(
      StatefulRedisConnection<byte[], byte[]> commands,
      StatefulRedisPubSubConnection<byte[], byte[]> messages,
      String runId) {
    this.commands = commands;
    this.messages = messages;
    this.runId = runId;
  }

  /** Connects. */
  static CompletionStage<RedisSession> open(RedisClient client, RedisURI uri) {
    return client
        .connectAsync(ByteArrayCodec.INSTANCE, uri)
        .thenCompose(
            commands ->
                client
                    .connectPubSubAsync(ByteArrayCodec.INSTANCE, uri)
                    .thenCompose(
                        messages ->
                            commands
                                .async()
                                .info("server")
                                .thenApply(
                                    info -> new RedisSession(commands, messages, runIdOf(info)))
                                .whenComplete((session, failure) -> closeIf(failure, messages)))
                    .whenComplete((session, failure) -> closeIf(failure, commands)));
  }

  private static void closeIf(
      Throwable failure, io.lettuce.core.api.StatefulConnection<?, ?> connection) {
    if (failure != null) {
      CompletableFuture<?> unused = connection.closeAsync();
    }
  }

  private static String runIdOf(String info) {
    return Arrays.stream(info.split("\r?\n"))
        .filter(line -> line.startsWith(RUN_ID))
        .map(line -> line.substring(RUN_ID.length()).trim())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the server has no " + RUN_ID + " in INFO"));
  }

  /** Calls back, once at least, when the session has ended. */
  void onEnd(Runnable ended) {
    RedisConnectionStateListener listener =
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            ended.run();
          }
        };
    commands.addListener(listener);
    messages.addListener(listener);
    if (!isOpen()) {
      ended.run();
    }
  }

  /** Passes on messages: channel and content. */
  void onMessage(BiConsumer<byte[], byte[]> receiver) {
    messages.addListener(
        new RedisPubSubAdapter<byte[], byte[]>() {
          @Override
          public void message(byte[] channel, byte[] message) {
            receiver.accept(channel, message);
          }
        });
  }

  private boolean isOpen() {
    return commands.isOpen() && messages.isOpen();
  }

  /** Makes a tier usable: subscribes to its messages, and voids what is not of this run. */
  CompletionStage<Void> prepare(String tier) {
    return messages
        .async()
        .subscribe(Names.bytes(Names.channel(tier)))
        .thenCompose(
            nothing ->
                Script.CONNECT.<Long>run(
                    commands.async(),
                    new byte[][] {Names.tierGeneration(tier)},
                    Names.bytes(runId),
                    newGeneration()))
        .thenAccept(done -> prepared.add(tier));
  }

  /** Returns a generation that never was. */
  static byte[] newGeneration() {
    return Names.bytes(UUID.randomUUID().toString().replace("-", "").substring(0, 16));
  }

  /** Runs a script, if the tier was prepared. */
  <T> CompletionStage<T> run(String tier, Script script, byte[][] keys, byte[]... arguments) {
    return prepared.contains(tier)
        ? script.run(commands.async(), keys, arguments)
        : CompletableFuture.failedStage(new EngineUnavailableException());
  }

  /** Asks both connections for a sign of life. */
  CompletableFuture<Void> ping() {
    return CompletableFuture.allOf(
        commands.async().ping().toCompletableFuture(),
        messages.async().ping().toCompletableFuture());
  }

  CompletableFuture<Void> close() {
    return CompletableFuture.allOf(commands.closeAsync(), messages.closeAsync());
  }
}
