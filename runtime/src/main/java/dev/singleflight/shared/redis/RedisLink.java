package dev.singleflight.shared.redis;

import dev.singleflight.shared.Event;
import dev.singleflight.shared.TierEngine.Listener;
import dev.singleflight.shared.TierEngine.Registration;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that there is a session whenever there can be one, and tells listeners when it comes
 * and goes: both on one thread, so that all of them are told in the order in which it happened.
 */
final class RedisLink {

  private static final System.Logger LOGGER = System.getLogger(RedisTierEngine.class.getName());

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final int MOST_REQUESTS_UNDER_WAY = 20_000;

  private final RedisClient client;
  private final RedisURI uri;
  private final ScheduledThreadPoolExecutor thread;

  /** By channel. */
  private final Map<String, List<Registered>> listeners = new ConcurrentHashMap<>();

  private volatile @Nullable RedisSession session;
  private volatile boolean closed;

  // All that follows is touched by the one thread only.
  private Duration pause = FIRST_PAUSE;
  private @Nullable CompletableFuture<Void> heartbeat;
  private int beatsMissed;

  private CompletableFuture<Void> ending = CompletableFuture.completedFuture(null);

  /** One who listens, and whether it was told of the session. */
  private static final class Registered {
    final String tier;
    final Listener listener;

    /** Of the one thread. */
    boolean told;

    Registered(String tier, Listener listener) {
      this.tier = tier;
      this.listener = listener;
    }
  }

  /** What a session asks before anything watches over it. Steps are watched by those who wait. */
  private static final class OfInfo extends TimeoutOptions.TimeoutSource {
    @Override
    public long getTimeout(RedisCommand<?, ?, ?> command) {
      return command.getType() == CommandType.INFO ? CONNECT_TIMEOUT.toMillis() : 0;
    }

    @Override
    public TimeUnit getTimeUnit() {
      return TimeUnit.MILLISECONDS;
    }
  }

  RedisLink(RedisURI uri) {
    // A server that accepts connections and says nothing is as good as none.
    this.uri = RedisURI.builder(uri).withTimeout(CONNECT_TIMEOUT).build();
    this.client = RedisClient.create(this.uri);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MOST_REQUESTS_UNDER_WAY)
            .timeoutOptions(TimeoutOptions.builder().timeoutSource(new OfInfo()).build())
            .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
            .build());
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread one =
                  new Thread(null, task, "singleflight-redis", 0, /* inheritThreadLocals= */ false);
              one.setDaemon(true);
              return one;
            });
    thread.setRejectedExecutionHandler((task, executor) -> {});
    later(this::open, Duration.ZERO);
    later(this::beat, HEARTBEAT);
  }

  /** Returns the session that there is now, or null. */
  @Nullable RedisSession session() {
    return session;
  }

  Registration listen(String tier, Listener listener) {
    Registered registered = new Registered(tier, listener);
    String channel = Names.channel(tier);
    listeners.computeIfAbsent(channel, c -> new CopyOnWriteArrayList<>()).add(registered);
    later(
        () -> {
          RedisSession present = session;
          if (present != null) {
            prepare(present, registered);
          }
        },
        Duration.ZERO);
    return () -> {
      List<Registered> all = listeners.get(channel);
      if (all != null) {
        all.remove(registered);
      }
    };
  }

  /** Returns what ends a session when a step finds that the server has lost what it needs. */
  <T> BiConsumer<@Nullable T, @Nullable Throwable> forgotten(RedisSession of) {
    return (result, failure) -> {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      if (cause instanceof RedisCommandExecutionException
          && String.valueOf(cause.getMessage()).startsWith("GENERATION")) {
        later(() -> ended(of), Duration.ZERO);
      }
    };
  }

  private void later(Runnable task, Duration delay) {
    Runnable logged =
        () -> {
          try {
            task.run();
          } catch (Throwable t) {
            LOGGER.log(System.Logger.Level.ERROR, "A task of the link to Redis failed", t);
          }
        };
    java.util.concurrent.Future<?> unused =
        thread.schedule(logged, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void open() {
    if (closed) {
      return;
    }
    CompletionStage<RedisSession> opening;
    try {
      opening = RedisSession.open(client, uri);
    } catch (RuntimeException e) {
      opening = CompletableFuture.failedStage(e);
    }
    CompletionStage<?> unused =
        opening.whenComplete(
            (opened, failure) ->
                later(
                    () -> {
                      if (opened != null) {
                        opened(opened);
                      } else {
                        again();
                      }
                    },
                    Duration.ZERO));
  }

  private void again() {
    later(this::open, pause);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private void opened(RedisSession opened) {
    if (closed) {
      CompletableFuture<?> unused = opened.close();
      return;
    }
    pause = FIRST_PAUSE;
    heartbeat = null;
    beatsMissed = 0;
    session = opened;
    opened.onMessage(this::received);
    opened.onEnd(() -> later(() -> ended(opened), Duration.ZERO));
    listeners.values().forEach(all -> all.forEach(one -> prepare(opened, one)));
  }

  private void prepare(RedisSession of, Registered registered) {
    CompletionStage<?> unused =
        of.prepare(registered.tier)
            .whenComplete(
                (nothing, failure) ->
                    later(
                        () -> {
                          if (of != session) {
                            return;
                          }
                          if (failure != null) {
                            LOGGER.log(
                                System.Logger.Level.WARNING,
                                "Redis cannot be used for tier " + registered.tier,
                                failure);
                            ended(of);
                          } else if (!registered.told) {
                            registered.told = true;
                            registered.listener.connected();
                          }
                        },
                        Duration.ZERO));
  }

  private void ended(RedisSession one) {
    if (one != session) {
      return;
    }
    session = null;
    ending = one.close();
    for (List<Registered> all : listeners.values()) {
      for (Registered registered : all) {
        if (registered.told) {
          registered.told = false;
          registered.listener.disconnected();
        }
      }
    }
    again();
  }

  /**
   * Ends a session that has failed, or has not answered for two beats. One would not do: after a
   * pause of this process the first beat comes before the answer has been read.
   */
  private void beat() {
    RedisSession present = session;
    if (present != null) {
      CompletableFuture<Void> last = heartbeat;
      beatsMissed = last == null || last.isDone() ? 0 : beatsMissed + 1;
      if (beatsMissed == 2 || (last != null && last.isCompletedExceptionally())) {
        ended(present);
      } else if (beatsMissed == 0) {
        heartbeat = present.ping();
      }
    }
    later(this::beat, HEARTBEAT);
  }

  private void received(byte[] channel, byte[] message) {
    List<Registered> all = listeners.get(new String(channel, StandardCharsets.UTF_8));
    Event event = Messages.decode(message);
    if (all == null) {
      return;
    }
    if (event == null) {
      LOGGER.log(System.Logger.Level.WARNING, "A message on a tier's channel is not one of ours");
      return;
    }
    for (Registered registered : all) {
      try {
        registered.listener.told(event);
      } catch (Throwable t) {
        LOGGER.log(System.Logger.Level.ERROR, "A listener of a tier failed", t);
      }
    }
  }

  void close() {
    closed = true;
    later(
        () -> {
          RedisSession present = session;
          if (present != null) {
            ended(present);
          }
          thread.shutdownNow();
          CompletableFuture<?> unused = ending.whenComplete((nothing, failure) -> shutDown());
        },
        Duration.ZERO);
  }

  private void shutDown() {
    CompletableFuture<?> unused =
        client.shutdownAsync(0, CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
