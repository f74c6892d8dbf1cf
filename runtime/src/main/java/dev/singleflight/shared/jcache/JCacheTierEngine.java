package dev.singleflight.shared.jcache;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.ThreadSafe;
import dev.singleflight.shared.Reading;
import dev.singleflight.shared.TierEngine;
import dev.singleflight.shared.TierKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ModifiedExpiryPolicy;

/**
 * Keeps the values and leases of shared tiers in a cache of JCache, by {@code getAll}, {@code
 * putIfAbsent} and {@code replace} alone: what is one atomic step is a compare-and-set of one
 * entry, tried again if another came first. {@code remove} is not needed: an invalidation leaves an
 * entry that says so, which tells the others.
 *
 * <pre>{@code
 * Cache<String, String> cache =
 *     manager.createCache("tiers", JCacheTierEngine.configuration(Duration.ofHours(1)));
 * TierEngine engine = new JCacheTierEngine(cache, Duration.ofSeconds(1));
 * }</pre>
 *
 * <p>What is guaranteed is what the provider does: {@code putIfAbsent} and {@code replace} have to
 * be linearizable for each key, which they are not while a cluster is split, and a read has to see
 * them, which it does not through a near cache. Messages are the cache's events; one that is lost
 * is found out by nothing but the time to live in each process. Expiry goes by the clocks of all
 * processes: by how much they differ, a value may live too long or a lease be too short, which at
 * worst makes a second load. Only the age of values after an outage has to be right: it is reckoned
 * longer by the difference that is allowed for.
 *
 * <p>The cache's methods block, and are called by up to {@value #THREADS} threads of this object.
 */
@ThreadSafe
@SuppressWarnings("ThreadSafe") // a cache is, as its description demands
public final class JCacheTierEngine implements TierEngine {

  private static final int THREADS = 16;
  private static final int MOST_WAITING = 10_000;
  private static final long IDLE_SECONDS = 10;

  private final Cells cells;
  private final Events events;
  private final ThreadPoolExecutor threads;

  /**
   * Creates an engine in a cache, which may be used for nothing else.
   *
   * @param cache one with {@link #configuration} at best; its listeners are told of events that
   *     happen anywhere
   * @param clockDifference by how much the clocks of any two processes may differ
   * @throws IllegalArgumentException if the difference is negative
   * @throws NullPointerException if an argument is null
   */
  public JCacheTierEngine(Cache<String, String> cache, Duration clockDifference) {
    if (clockDifference.isNegative()) {
      throw new IllegalArgumentException(
          "clockDifference must not be negative: " + clockDifference);
    }
    requireNonNull(cache, "cache must not be null");
    this.cells = new Cells(cache, clockDifference.toMillis());
    this.events = new Events(cache);
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread =
                  new Thread(
                      null, task, "singleflight-jcache", 0, /* inheritThreadLocals= */ false);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Returns how a cache for an engine is to be configured: entries go some time after they were
   * written last, since JCache knows no time of each entry's own.
   *
   * @param keep longer than any tier keeps its values, stale time included; a shorter one shortens
   *     that
   */
  public static MutableConfiguration<String, String> configuration(Duration keep) {
    return new MutableConfiguration<String, String>()
        .setTypes(String.class, String.class)
        .setStoreByValue(true)
        .setExpiryPolicyFactory(
            ModifiedExpiryPolicy.factoryOf(
                new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, keep.toMillis())));
  }

  private <T> CompletionStage<T> step(Supplier<T> step) {
    return CompletableFuture.supplyAsync(step, threads);
  }

  private CompletionStage<Void> action(Runnable action) {
    return CompletableFuture.runAsync(action, threads);
  }

  @Override
  public CompletionStage<Reading> readOrLease(
      TierKey key, String token, Duration lease, long maxAgeNanos) {
    return step(() -> cells.readOrLease(key, token, lease, maxAgeNanos));
  }

  @Override
  public CompletionStage<Boolean> fill(
      TierKey key, String token, byte[] payload, Duration fresh, Duration stale) {
    return step(
        () -> cells.changeHeld(key, token, (cell, now) -> cell.filled(payload, now, fresh, stale)));
  }

  @Override
  public CompletionStage<Boolean> renew(TierKey key, String token, Duration lease) {
    return step(() -> cells.changeHeld(key, token, (cell, now) -> cell.renewed(now, lease)));
  }

  @Override
  public CompletionStage<Boolean> release(TierKey key, String token, String failure) {
    return step(() -> cells.changeHeld(key, token, (cell, now) -> cell.released(failure)));
  }

  @Override
  public CompletionStage<Void> invalidate(TierKey key, String origin) {
    return action(() -> cells.write(Names.cell(key), Cell.invalidated(origin).text()));
  }

  @Override
  public CompletionStage<Void> invalidateTenant(String tier, String tenant, String origin) {
    return action(
        () -> cells.write(Names.tenantGeneration(tier, tenant), Generation.after(origin).text()));
  }

  @Override
  public CompletionStage<Void> invalidateTier(String tier, String origin) {
    return action(() -> cells.write(Names.tierGeneration(tier), Generation.after(origin).text()));
  }

  @Override
  public CompletionStage<Void> probe(String tier) {
    return action(() -> cells.probe(tier));
  }

  @Override
  public Registration listen(String tier, Listener listener) {
    Registration registration = events.listen(tier, listener);
    listener.connected();
    return registration;
  }

  /** Ends what this object has begun. The cache is its owner's. */
  @Override
  public void close() {
    events.close();
    threads.shutdownNow();
  }
}
