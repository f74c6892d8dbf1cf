package dev.singleflight.shared;

import dev.singleflight.Loader;
import dev.singleflight.SingleflightLoader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One process of several that share a tier. */
final class Peer implements AutoCloseable {

  static final Duration FRESH = Duration.ofMinutes(10);
  static final Duration FRESH_HERE = Duration.ofMinutes(1);
  static final Duration LEASE = Duration.ofSeconds(5);
  static final Duration MAX_LOAD = Duration.ofSeconds(20);
  static final Duration CALL = Duration.ofMillis(100);
  static final Duration RECOVERY = Duration.ofMillis(500);

  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "caller");
            thread.setDaemon(true);
            return thread;
          });

  static final Codec<@Nullable String> TEXT =
      new Codec<>() {
        @Override
        public byte[] encode(@Nullable String value) {
          return TierEngineContract.bytes(String.valueOf(value));
        }

        @Override
        public String decode(byte[] payload) {
          String text = new String(payload, java.nio.charset.StandardCharsets.UTF_8);
          if (text.startsWith("bad")) {
            throw new IllegalArgumentException(text);
          }
          return text;
        }
      };

  final FakeEngine.Member engine;
  final SharedTier<String, @Nullable String> tier;
  final SingleflightLoader<String, @Nullable String> loader;

  Peer(
      FakeEngine engine,
      VirtualClock clock,
      Loader<String, ? extends @Nullable String, Exception> source) {
    this(engine, clock, source, builder -> {}, builder -> {});
  }

  Peer(
      FakeEngine engine,
      VirtualClock clock,
      Loader<String, ? extends @Nullable String, Exception> source,
      Consumer<SharedTier.Builder<String, @Nullable String>> tierOptions,
      Consumer<SingleflightLoader.Builder<String, @Nullable String>> loaderOptions) {
    this.engine = engine.member();
    this.tier = tier(this.engine, clock, tierOptions);
    SingleflightLoader.Builder<String, @Nullable String> builder =
        SingleflightLoader.newBuilder()
            .expireAfterWrite(FRESH_HERE)
            .ticker(clock::nanoTime)
            .sharedTier(tier);
    loaderOptions.accept(builder);
    this.loader = builder.build(source);
  }

  static SharedTier<String, @Nullable String> tier(
      TierEngine engine,
      VirtualClock clock,
      Consumer<SharedTier.Builder<String, @Nullable String>> options) {
    SharedTier.Builder<String, @Nullable String> builder =
        SharedTier.newBuilder("tier", engine, KeyCodec.strings(), TEXT)
            .expireAfterWrite(FRESH)
            .leaseTime(LEASE)
            .maxLoadTime(MAX_LOAD)
            .callTimeout(CALL)
            .recoveryInterval(RECOVERY)
            .clock(clock);
    options.accept(builder);
    return builder.build();
  }

  static TierKey tierKey(String key) {
    return new TierKey("tier@1", "", key);
  }

  @Nullable String get(String key) {
    return loader.get(key);
  }

  /** Calls on a thread of its own. */
  CompletableFuture<@Nullable String> getLater(String key) {
    return CompletableFuture.supplyAsync(() -> loader.get(key), THREADS);
  }

  static CompletableFuture<Void> later(Runnable call) {
    return CompletableFuture.runAsync(call, THREADS);
  }

  static <T> CompletableFuture<T> supplyLater(Supplier<T> call) {
    return CompletableFuture.supplyAsync(call, THREADS);
  }

  static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(VirtualClock.PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Returns what a call that waits for some time to pass returns. */
  static <T> T await(VirtualClock clock, Supplier<T> call, Duration step, Duration atMost) {
    CompletableFuture<T> future = supplyLater(call);
    try {
      clock.awaitWaiting(1);
      clock.passUntilDone(future, step, atMost);
      return await(future);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static Throwable failureOf(CompletableFuture<?> future) throws Exception {
    try {
      Object value = await(future);
      throw new AssertionError("no failure, but " + value);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      return cause == null ? e : cause;
    }
  }

  TierStats stats() {
    return tier.stats();
  }

  @Override
  public void close() {
    tier.close();
  }
}
