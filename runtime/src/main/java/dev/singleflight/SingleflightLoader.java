// Longer than other files for its javadoc: each method of a public class and its builder has its
// own, and both belong together. What they do is elsewhere.
package dev.singleflight;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.Weigher;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;

/**
 * A cache that loads what it lacks, each key once however many ask for it: <a
 * href="https://github.com/ben-manes/caffeine">Caffeine</a> stores, a {@link SingleflightGroup}
 * coalesces.
 *
 * <pre>{@code
 * private final SingleflightLoader<Long, User> users =
 *     SingleflightLoader.newBuilder()
 *         .maximumSize(10_000)
 *         .expireAfterWrite(Duration.ofMinutes(5))
 *         .build(id -> database.queryUser(id));
 *
 * User user(long id) {
 *   return users.get(id);
 * }
 * }</pre>
 *
 * <p>A call whose key is cached, and fresh, is a <em>hit</em>: it waits for nothing. Any other is a
 * <em>miss</em>: it joins the flight of its key, or leads one, whose load runs the loader and
 * caches the value before any caller gets it. Unlike with {@link java.util.Map#computeIfAbsent} or
 * Caffeine's own loading cache no lock is held meanwhile: keys never wait for each other, and a
 * loader may use the loader it belongs to, with other keys.
 *
 * <p><b>Who runs the loader.</b> As in a group: without an {@linkplain Builder#executor executor}
 * the leader, on its own thread, in {@link #get(Object)} and {@link #getAll}. With one, and in any
 * case for {@link #get(Object, Duration)}, {@link #getAsync}, {@link #refresh} and refreshes in the
 * background, the load is <em>detached</em> from every caller: it runs on the executor, or else on
 * a new virtual or daemon thread.
 *
 * <p><b>What a failure does.</b> What the loader throws reaches every caller of the flight as the
 * same instance: unchecked exceptions and {@link Error}s as they are, a checked exception as the
 * cause of a {@link LoadException}. If it is an {@link InterruptedException}, the thread on which
 * the loader ran is interrupted again. Nothing of it is cached, unless {@link
 * Builder#cacheFailures(Predicate, Duration)} says so, and what was cached for the key stays. The
 * same becomes of what the user's other functions throw on the way: {@linkplain
 * Builder#expireAfterWrite(BiFunction) times to live}, {@linkplain Builder#weigher weights}, the
 * predicate itself.
 *
 * <p><b>Null.</b> Keys are never null. A loader may return null: all callers of the flight get it,
 * and it is not cached, so that the next call loads again, unless {@link Builder#cacheNulls} says
 * otherwise. In place of a cached value it removes that.
 *
 * <p><b>Invalidation is exact.</b> Once {@link #invalidate} has returned, nothing that a load has
 * read which began before the call is in the cache, or gets there: a load under way gives its value
 * to those who had called before, and to nobody else. The same holds for {@link #invalidateAll}.
 *
 * <p><b>Thread-safety and memory.</b> All methods may be called by any thread at any time. What a
 * load did happens-before the return of each call that gets its value, from the flight or from the
 * cache. Of several loads of a key that are under way at the same time, which forgetting, {@link
 * Builder#maxJoinAge} and invalidation allow, the one that began last wins the cache. No user code
 * runs while a lock is held, except the keys' {@code hashCode} and {@code equals}, which must be
 * quick and must not use the loader. Giving up, recursion and interrupts are as in {@link
 * SingleflightGroup}.
 *
 * @param <K> the type of keys; they need {@code equals} and {@code hashCode} as in a map, and must
 *     not change
 * @param <V> the type of values; nullable if the loader may return null
 */
@ThreadSafe
public final class SingleflightLoader<K, V extends @Nullable Object> {

  private final LoaderOptions<K, V> options;
  private final SingleflightGroup<K, Entry<V>> group;
  private final Lifetimes<K, V> lifetimes;
  private final LoaderTier.@Nullable Attachment<K, V> tier;

  /** Held here, as the tier refers to it weakly. */
  private final LoaderTier.Copies<K> copies = new Copies();

  private final Loader<K, Entry<V>, RuntimeException> loadMissing;
  private final Loader<K, Entry<V>, RuntimeException> loadAnew;
  private final MissingKeys<K, V> missingKeys;
  private final @Nullable Refresher<K, V> refresher;
  private final @Nullable UnaryOperator<V> copier;
  private final @Nullable StatsRecorder stats;
  private final boolean statsAreOwn;
  private final boolean watched;
  private final boolean wraps;

  /** Whether nothing has to be done with what is cached but to return it: one look for many. */
  private final boolean plain;

  private volatile Store<K, V> store;

  /**
   * Creates a loader.
   *
   * @param options of its own, checked
   * @param stats counts what it does, or null
   * @param statsAreOwn whether that counts nothing else
   */
  SingleflightLoader(
      LoaderOptions<K, V> options,
      Loader<? super K, ? extends V, ?> loader,
      @Nullable StatsRecorder stats,
      boolean statsAreOwn) {
    this.options = options;
    this.stats = stats;
    this.statsAreOwn = statsAreOwn;
    this.copier = options.copier;
    this.watched = options.watched();
    this.wraps = options.wraps();
    this.plain = !wraps && copier == null;
    options.group.stats = stats;
    options.group.flightsAreLoads = false;
    this.group = new SingleflightGroup<>(options.group.copy());
    this.lifetimes = new Lifetimes<>(options);
    this.store = lifetimes.newStore();
    this.tier = options.tier == null ? null : options.tier.attach(options.tenant, copies);
    Loading<K, V> loading = new Loading<>(this, options, lifetimes, loader, tier, stats);
    this.loadMissing = loading::loadMissing;
    this.loadAnew = loading::loadAnew;
    this.missingKeys =
        new MissingKeys<>(
            group,
            loadMissing,
            options.bulkLoader == null
                ? null
                : new BulkLoading<>(this, loading, options.bulkLoader, tier)::loadMissing,
            options.group.executor != null);
    this.refresher = options.refreshes() ? new Refresher<>(group, loading, options) : null;
  }

  /** Returns a builder of loaders. */
  public static Builder<Object, @Nullable Object> newBuilder() {
    return new Builder<>();
  }

  /**
   * Returns the value of a key: from the cache, else from the flight of its key, else from a load
   * that this call leads and for which it waits.
   *
   * @param key the key
   * @return the value; the same instance for all who get it, unless it is {@linkplain
   *     Builder#copyOnReturn copied}. Null only if the loader returned that
   * @throws LoadException if the loader threw a checked exception, which is the cause; as the same
   *     instance for all callers of the flight, and as long as that failure is cached
   * @throws RuntimeException if the loader threw it
   * @throws RecursiveLoadException if the call would wait for itself
   * @throws CancellationException if the thread is interrupted while it waits
   * @throws NullPointerException if the key is null
   */
  public V get(K key) {
    requireKey(key);
    Object cached = lookUp(key);
    if (cached == null) {
      return answer(group.execute(key, loadMissing));
    }
    return answerCached(cached);
  }

  /**
   * As {@link #get(Object)}, but waits no longer than it is told. A load that this call leads is
   * always detached, so that it goes on, and is cached, when this caller has given up.
   *
   * @param key the key
   * @param timeout how long to wait at most, to the nanosecond; if zero or negative a miss starts a
   *     load, or joins one, but does not wait
   * @return the value
   * @throws TimeoutException if the flight has not ended in time
   * @throws LoadException if the loader threw a checked exception, which is the cause
   * @throws RecursiveLoadException if the call would wait for itself
   * @throws CancellationException if the thread is interrupted while it waits
   * @throws NullPointerException if the key or the timeout is null
   */
  public V get(K key, Duration timeout) throws TimeoutException {
    requireKey(key);
    requireNonNull(timeout, "timeout must not be null");
    Object cached = lookUp(key);
    return cached != null ? answerCached(cached) : answer(group.execute(key, loadMissing, timeout));
  }

  /**
   * As {@link #get(Object)}, but returns a future without waiting. A load that this call leads is
   * always detached.
   *
   * <p>The future is this caller's own: cancelling it, or completing it by other means, stops this
   * caller alone. It fails with what {@code get} would throw, wrapped only as {@link
   * CompletableFuture} does. Dependents attached without an executor may run on the thread that ran
   * the load; they hold up no other caller. Waiting for it fails with {@link
   * RecursiveLoadException} if its flight waits for the waiting thread.
   *
   * @param key the key
   * @return a new future at each call; of a hit, a completed one
   * @throws NullPointerException if the key is null
   */
  public CompletableFuture<V> getAsync(K key) {
    requireKey(key);
    Object cached = lookUp(key);
    if (cached == null) {
      return LoadFuture.board(
          () -> group.executeAsync(key, loadMissing), entry -> false, this::answer);
    }
    try {
      return CompletableFuture.completedFuture(answerCached(cached));
    } catch (Throwable t) {
      return CompletableFuture.failedFuture(t);
    }
  }

  /**
   * Returns the values of several keys, and loads those that are missing, each once; flights that
   * are under way are joined.
   *
   * <p>With a {@linkplain Builder#bulkLoader bulk loader}, one run of that loads all keys for which
   * no flight is under way. Without one but with an executor, all missing keys load at the same
   * time. With neither this thread loads one key after another.
   *
   * <p>If keys fail, this method throws the failure of the first of them: first of those that are
   * cached, and of others in the order of the collection. It then does not wait for the other
   * loads; those that have begun go on and are cached.
   *
   * @param keys the keys; equal ones count once
   * @return an unmodifiable map with the keys in the order of the collection. A key whose value is
   *     null is left out
   * @throws LoadException if a loader threw a checked exception, which is the cause
   * @throws RecursiveLoadException if the call would wait for itself
   * @throws CancellationException if the thread is interrupted while it waits
   * @throws NullPointerException if the collection or a key is null
   */
  public Map<K, V> getAll(Collection<? extends K> keys) {
    requireNonNull(keys, "keys must not be null");
    Map<K, Object> hits = new HashMap<>();
    Set<K> missing = new LinkedHashSet<>();
    Set<K> distinct = new LinkedHashSet<>(keys);
    distinct.forEach(SingleflightLoader::requireKey);
    for (K key : distinct) {
      Object cached = lookUp(key);
      if (cached == null) {
        missing.add(key);
      } else {
        if (cached instanceof Entry<?> entry) {
          entry.throwFailure();
        }
        hits.put(key, cached);
      }
    }
    Map<K, Entry<V>> loaded = missing.isEmpty() ? Map.of() : missingKeys.load(missing);
    Map<K, V> values = new LinkedHashMap<>();
    for (K key : distinct) {
      Object cached = hits.get(key);
      V value = cached != null ? answerCached(cached) : answer(requireNonNull(loaded.get(key)));
      if (value != null) {
        values.put(key, value);
      }
    }
    return Collections.unmodifiableMap(values);
  }

  /**
   * Returns the value of a key if it is cached and fresh. Never loads, and waits for nothing; may
   * start a refresh in the background as a hit does. Counts as a hit or a miss.
   *
   * @param key the key
   * @return the value; empty if there is none, or if what is cached is a null or a failure
   * @throws NullPointerException if the key is null
   */
  public Optional<@NonNull V> getIfPresent(K key) {
    requireKey(key);
    Object cached = lookUp(key);
    return cached == null || (cached instanceof Entry<?> entry && !entry.isValue())
        ? Optional.empty()
        : Optional.of(answerCached(cached));
  }

  /**
   * Loads the value of a key anew, whatever is cached, and returns a future of it. A flight that is
   * under way is joined instead, and its load may have read what it returns before this call: to
   * see a change, {@link #invalidate} after it. Until the load ends callers get what is cached, and
   * if it fails they go on to; unless that failure is to be {@linkplain
   * Builder#cacheFailures(Predicate, Duration) cached} itself.
   *
   * <p>The load is detached, and the future this caller's own, as with {@link #getAsync}. It fails
   * if the load fails, also where other callers get {@linkplain Builder#staleIfError an old value}.
   * Counts neither as a hit nor as a miss.
   *
   * @param key the key
   * @return a new future at each call, of the value of a flight that ended after this call began
   * @throws NullPointerException if the key is null
   */
  @CanIgnoreReturnValue
  public CompletableFuture<V> refresh(K key) {
    requireKey(key);
    // A flight that was to load what is missing may have found it cached. It is told by what it
    // brings: what was there when this call began.
    Object present = store.get(key);
    return LoadFuture.board(
        () -> group.executeAsync(key, loadAnew),
        entry -> Store.isThere(entry, present),
        this::answerOfLoad);
  }

  /**
   * Drops what is cached for a key, and sees to it that nothing older than this call gets there: a
   * load under way is neither joined nor cached any more. Those who wait for it get its value.
   *
   * <p>Call it after the change that makes the value invalid, not before.
   *
   * @param key the key
   * @throws NullPointerException if the key is null
   */
  public void invalidate(K key) {
    requireKey(key);
    try {
      if (tier != null) {
        // First: what is read from the tier afterwards is new, and what was read before is dropped.
        tier.invalidate(key);
      }
    } finally {
      copies.invalidate(key);
    }
  }

  /** As {@link #invalidate}, for all keys; each of them at some instant during this call. */
  public void invalidateAll() {
    try {
      if (tier != null) {
        tier.invalidateAll();
      }
    } finally {
      copies.invalidateAll();
    }
  }

  /** As {@link #invalidateAll}, but leaves alone what is in a tier. */
  void invalidateAllHere() {
    copies.invalidateAll();
  }

  /** What this loader itself has cached. */
  private final class Copies implements LoaderTier.Copies<K> {

    @Override
    public void invalidate(K key) {
      // In this order: see Store.
      store.invalidate(key);
      group.forget(key);
    }

    @Override
    public void invalidateAll() {
      // In this order: see Store.
      store = lifetimes.newStore();
      group.forgetAll();
    }
  }

  /**
   * Returns what the loader has done so far; zeros if it was built not to {@linkplain
   * Builder#recordStats record} that, or if it is a tenant's and only all tenants' together are
   * recorded.
   */
  public Stats stats() {
    return stats == null || !statsAreOwn ? Stats.NONE : stats.ofLoader();
  }

  /** Returns how many flights a call could join now; under concurrent calls an estimate. */
  public int inFlight() {
    return group.inFlight();
  }

  /**
   * Returns about how many keys are cached. Counted are also entries that are no longer fresh, and
   * those to be evicted soon.
   */
  public long estimatedSize() {
    return store.estimatedSize();
  }

  @Override
  public String toString() {
    String name = options.group.name == null ? "" : "name=" + options.group.name + ", ";
    return "SingleflightLoader{"
        + name
        + "estimatedSize="
        + estimatedSize()
        + ", inFlight="
        + inFlight()
        + "}";
  }

  /** Returns the store in which a load that begins now has to land. */
  Store<K, V> store() {
    return store;
  }

  /** Returns what is cached for a key if that is fresh, as the store keeps it; and counts. */
  private @Nullable Object lookUp(K key) {
    Object cached = store.get(key);
    if (!plain && watched && cached != null && !isUsable(key, cached)) {
      cached = null;
    }
    if (stats != null) {
      if (cached != null) {
        stats.hit();
      } else {
        stats.miss();
      }
    }
    return cached;
  }

  @SuppressWarnings("unchecked") // what is watched by the clock is kept in such an entry
  private boolean isUsable(K key, Object cached) {
    TimedEntry<V> entry = (TimedEntry<V>) cached;
    long now = lifetimes.now();
    if (!entry.isFresh(now)) {
      return false;
    }
    if (refresher != null) {
      refresher.hit(key, entry, now);
    }
    return true;
  }

  @SuppressWarnings("unchecked") // what the store has for keys of this loader
  private V answerCached(Object cached) {
    if (plain) {
      return (V) cached;
    }
    return wraps ? answer((Entry<V>) cached) : copy((V) cached);
  }

  private V answer(Entry<V> entry) {
    return copy(entry.get());
  }

  private V copy(V value) {
    return copier == null || value == null ? value : copier.apply(value);
  }

  private V answerOfLoad(Entry<V> entry) {
    if (entry instanceof Entry.Fallback<V> fallback) {
      throw LoadFailures.unchecked(fallback.instead);
    }
    return answer(entry);
  }

  private static void requireKey(@Nullable Object key) {
    requireNonNull(key, "key must not be null");
  }

  /**
   * Builds loaders. Not thread-safe; may build any number of loaders, each of which has what was
   * set by then. What is set twice is replaced.
   *
   * <p>Nothing bounds or expires what is cached unless it is told to here. Times are measured from
   * when a value has been loaded.
   *
   * @param <K> the most general type of keys of the loaders
   * @param <V> the most general type of values of the loaders
   */
  public static final class Builder<K, V extends @Nullable Object> {
    private final LoaderOptions<K, V> options = new LoaderOptions<>();

    private Builder() {}

    /**
     * Names the loader in messages, in {@code toString} and in the names of threads it starts. A
     * tenant's loader gets the tenant's name appended, after a slash.
     *
     * @throws NullPointerException if the name is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> name(String name) {
      options.group.name(name);
      return this;
    }

    /**
     * Runs all loads on an executor.
     *
     * @throws NullPointerException if the executor is null
     * @see SingleflightGroup.Builder#executor
     */
    @CanIgnoreReturnValue
    public Builder<K, V> executor(Executor executor) {
      options.group.executor(executor);
      return this;
    }

    /**
     * Carries something of the leader's thread over to the thread of a detached load.
     *
     * @throws NullPointerException if the context is null
     * @see SingleflightGroup.Builder#loadContext
     */
    @CanIgnoreReturnValue
    public Builder<K, V> loadContext(LoadContext context) {
      options.group.context(context);
      return this;
    }

    /**
     * Tells a listener of the flights. A flight that finds its key cached, because another has just
     * ended, finishes without a run of the loader; one that gives out {@linkplain #staleIfError an
     * old value} finishes too.
     *
     * @param <K1> the type of keys of the loaders to be built
     * @throws NullPointerException if the listener is null
     * @see SingleflightGroup.Builder#listener
     */
    @CanIgnoreReturnValue
    public <K1 extends K> Builder<K1, V> listener(FlightListener<? super K1> listener) {
      options.group.listener(listener);
      return narrowed();
    }

    /**
     * Bounds how many loads run at the same time; further ones wait for their turn.
     *
     * @throws IllegalArgumentException if the number is less than 1
     * @see SingleflightGroup.Builder#maxInFlight(int)
     */
    @CanIgnoreReturnValue
    public Builder<K, V> maxInFlight(int maxInFlight) {
      return maxInFlight(maxInFlight, SingleflightGroup.WhenFull.WAIT);
    }

    /**
     * Bounds how many loads run at the same time.
     *
     * @param maxInFlight the greatest number of loads at the same time
     * @param whenFull what becomes of leaders beyond it
     * @throws IllegalArgumentException if the number is less than 1
     * @throws NullPointerException if the policy is null
     * @see SingleflightGroup.Builder#maxInFlight(int, SingleflightGroup.WhenFull)
     */
    @CanIgnoreReturnValue
    public Builder<K, V> maxInFlight(int maxInFlight, SingleflightGroup.WhenFull whenFull) {
      options.group.maxInFlight(maxInFlight, whenFull);
      return this;
    }

    /**
     * Lets no miss join a load that has run for longer: it starts another beside that one.
     *
     * @throws IllegalArgumentException if the duration is negative
     * @throws NullPointerException if the duration is null
     * @see SingleflightGroup.Builder#maxJoinAge
     */
    @CanIgnoreReturnValue
    public Builder<K, V> maxJoinAge(Duration maxJoinAge) {
      options.group.maxJoinAge(maxJoinAge);
      return this;
    }

    /**
     * Interrupts a detached load that every caller has left, and lets no new caller join it. Loads
     * in the background have nobody who could leave them.
     *
     * @see SingleflightGroup.Builder#interruptAbandoned
     */
    @CanIgnoreReturnValue
    public Builder<K, V> interruptAbandoned() {
      options.group.interruptsAbandoned = true;
      return this;
    }

    /**
     * Bounds how many keys are cached; beyond it Caffeine evicts those least worth keeping, soon
     * after the load that exceeds it. With zero nothing stays cached.
     *
     * @throws IllegalArgumentException if the number is negative
     * @see com.github.benmanes.caffeine.cache.Caffeine#maximumSize
     */
    @CanIgnoreReturnValue
    public Builder<K, V> maximumSize(long maximumSize) {
      options.maximumSize(maximumSize);
      return this;
    }

    /**
     * Bounds the total {@linkplain #weigher weight} of what is cached.
     *
     * @throws IllegalArgumentException if the weight is negative
     * @see com.github.benmanes.caffeine.cache.Caffeine#maximumWeight
     */
    @CanIgnoreReturnValue
    public Builder<K, V> maximumWeight(long maximumWeight) {
      options.maximumWeight(maximumWeight);
      return this;
    }

    /**
     * Weighs values for {@link #maximumWeight}: once for each load, on the thread of the load. What
     * it throws is that load's failure, and so is a negative weight. Nulls and failures weigh 1.
     *
     * @param <K1> the type of keys of the loaders to be built
     * @param <V1> the type of values of the loaders to be built
     * @throws NullPointerException if the weigher is null
     */
    @CanIgnoreReturnValue
    public <K1 extends K, V1 extends V> Builder<K1, V1> weigher(
        Weigher<? super K1, ? super V1> weigher) {
      requireNonNull(weigher, "weigher must not be null");
      Builder<K1, V1> narrowed = narrowed();
      narrowed.options.weigher = weigher;
      return narrowed;
    }

    /**
     * Lets values live for a time: after that a call loads anew. With zero no value is cached.
     *
     * @throws IllegalArgumentException if the duration is negative
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> expireAfterWrite(Duration ttl) {
      options.expireAfterWrite(ttl);
      return this;
    }

    /**
     * Lets each value live for a time of its own, asked for once for each load, on the thread of
     * the load. A value whose time is zero or negative is not cached. What the function throws is
     * that load's failure, and so is a null.
     *
     * @param ttl given a key and its value, which is not null
     * @param <K1> the type of keys of the loaders to be built
     * @param <V1> the type of values of the loaders to be built
     * @throws NullPointerException if the function is null
     */
    @CanIgnoreReturnValue
    public <K1 extends K, V1 extends V> Builder<K1, V1> expireAfterWrite(
        BiFunction<? super K1, ? super V1, Duration> ttl) {
      requireNonNull(ttl, "ttl must not be null");
      Builder<K1, V1> narrowed = narrowed();
      narrowed.options.ttlFunction = ttl;
      return narrowed;
    }

    /**
     * Shortens each time to live, those of nulls and failures included, by a random part of it, so
     * that what was loaded together does not expire together.
     *
     * @param fraction the greatest part, such as 0.1; at least 0 and less than 1
     * @throws IllegalArgumentException if the fraction is out of range
     */
    @CanIgnoreReturnValue
    public Builder<K, V> jitter(double fraction) {
      options.jitter(fraction);
      return this;
    }

    /**
     * Caches failures that are permanent (negative caching): for the time given, each call for the
     * key is thrown the same instance, without a load, and any value that was cached is gone.
     * Transient failures are never cached.
     *
     * <p>An exception that many callers are thrown at the same time must not be changed by any of
     * them. Its stack trace tells of the load.
     *
     * @param permanent given what the loader threw, not the {@link LoadException}; tells whether it
     *     would throw that again. It is called once for each failed load, on the thread of the
     *     load; what it throws becomes the load's failure and is not cached
     * @param ttl for how long such a failure is cached; zero for not at all
     * @throws IllegalArgumentException if the duration is negative
     * @throws NullPointerException if an argument is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> cacheFailures(Predicate<? super Throwable> permanent, Duration ttl) {
      requireNonNull(permanent, "permanent must not be null");
      Duration nanos = Duration.ofNanos(LoaderOptions.notNegative(ttl, "ttl"));
      return cacheFailures(failure -> permanent.test(failure) ? nanos : null);
    }

    /**
     * As {@link #cacheFailures(Predicate, Duration)}, with a time for each failure.
     *
     * @param ttl given what the loader threw; returns null if that is transient, else for how long
     *     it is cached, which may be zero
     * @throws NullPointerException if the function is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> cacheFailures(Function<? super Throwable, @Nullable Duration> ttl) {
      options.failureTtl = requireNonNull(ttl, "ttl must not be null");
      return this;
    }

    /**
     * Caches that a key has no value: for the time given, calls for a key for which the loader has
     * returned null return that without a load. Without this a null is returned and not cached.
     *
     * @param ttl for how long; zero for not at all
     * @throws IllegalArgumentException if the duration is negative
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> cacheNulls(Duration ttl) {
      options.cacheNulls(ttl);
      return this;
    }

    /**
     * Refreshes in the background what is still asked for (stale-while-revalidate): a hit on a
     * value that is older than this returns it at once, and starts a detached load that replaces
     * it. However many hits there are, an entry has one such load at a time.
     *
     * <p>If the load fails the value stays until it expires, and a hit starts another load once the
     * same time has passed again since this one began. Who has to know of the failure finds it with
     * a {@linkplain #listener listener} or in the {@linkplain Stats#failures statistics}.
     *
     * @param age shorter than {@link #expireAfterWrite(Duration)}, if that is set
     * @throws IllegalArgumentException if the duration is negative or zero
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> refreshAfterWrite(Duration age) {
      options.refreshAfterWrite(age);
      return this;
    }

    /**
     * Refreshes a value in the background some time before it expires, at random: the likelier the
     * nearer the end, and the earlier the longer the value took to load. So even a value that
     * expires in many processes at the same time is loaded by one of them, most likely, before the
     * others notice. Until the load ends hits return the value that is cached.
     *
     * <p>This is <em>XFetch</em> of A. Vattani, F. Chierichetti and K. Lowenstein, "Optimal
     * Probabilistic Cache Stampede Prevention", Proceedings of the VLDB Endowment 8(8), 2015: a hit
     * refreshes if {@code now − δ·β·ln(rand()) ≥ expiry}, where δ is the time that the load of the
     * value took. There the caller that draws the refresh waits for it; here it does not.
     *
     * @param beta β: 1 is optimal in general, more refreshes earlier
     * @throws IllegalArgumentException if the factor is not positive and finite
     */
    @CanIgnoreReturnValue
    public Builder<K, V> refreshEarly(double beta) {
      options.refreshEarly(beta);
      return this;
    }

    /**
     * Keeps values for a while after they have expired, for want of better: if a load fails, all
     * callers of its flight get the old value instead of the failure (stale-if-error). The next
     * call after that loads again.
     *
     * <p>Not so if the value has been invalidated, or evicted, before the load began, nor if the
     * failure is {@linkplain #cacheFailures(Predicate, Duration) permanent} or an {@link Error}.
     * The failure still counts as one in the statistics.
     *
     * @param bound how long after its time to live a value may stand in
     * @throws IllegalArgumentException if the duration is negative
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> staleIfError(Duration bound) {
      options.staleIfError(bound);
      return this;
    }

    /**
     * Copies a value for each caller that gets it, so that what one of them changes no other sees.
     * The copier is run on the calling thread, or for a future on the thread that completes it, and
     * never with a null; what it throws is thrown to that caller alone.
     *
     * @param copier gets the cached value, which it must not change or return
     * @param <V1> the type of values of the loaders to be built
     * @throws NullPointerException if the copier is null
     */
    @CanIgnoreReturnValue
    public <V1 extends V> Builder<K, V1> copyOnReturn(UnaryOperator<V1> copier) {
      requireNonNull(copier, "copier must not be null");
      Builder<K, V1> narrowed = narrowed();
      narrowed.options.copier = copier;
      return narrowed;
    }

    /**
     * Loads in {@link SingleflightLoader#getAll} all keys for which no flight is under way in one
     * run. Other methods go on to load one key at a time.
     *
     * <p>A key that the map lacks has no value, as if the loader had returned null for it. What the
     * map has besides is ignored. If the bulk loader fails all its keys fail, and that is never
     * cached, as it says nothing about any one of them; {@linkplain #staleIfError old values} may
     * stand in.
     *
     * @param bulkLoader given an unmodifiable set of keys
     * @param <K1> the type of keys of the loaders to be built
     * @param <V1> the type of values of the loaders to be built
     * @throws NullPointerException if the bulk loader is null
     */
    @CanIgnoreReturnValue
    public <K1 extends K, V1 extends V> Builder<K1, V1> bulkLoader(
        Loader<? super Set<K1>, ? extends Map<? extends K1, ? extends V1>, ?> bulkLoader) {
      requireNonNull(bulkLoader, "bulkLoader must not be null");
      Builder<K1, V1> narrowed = narrowed();
      narrowed.options.bulkLoader = bulkLoader;
      return narrowed;
    }

    /**
     * Puts a tier behind the cache, so that many processes make one load: a miss asks the tier
     * first, and an invalidation reaches it and the other processes. {@link
     * SingleflightLoader#getIfPresent} looks into the cache alone. Needs {@link #expireAfterWrite},
     * which bounds for how long this process may serve what another has invalidated, if the message
     * of that is lost.
     *
     * @param tier such as {@code dev.singleflight.shared.SharedTier}; the loader does not close it
     * @param <K1> the type of keys of the loaders to be built
     * @param <V1> the type of values of the loaders to be built
     * @throws NullPointerException if the tier is null
     */
    @CanIgnoreReturnValue
    public <K1 extends K, V1 extends V> Builder<K1, V1> sharedTier(LoaderTier<K1, V1> tier) {
      requireNonNull(tier, "tier must not be null");
      Builder<K1, V1> narrowed = narrowed();
      narrowed.options.tier = tier;
      return narrowed;
    }

    /**
     * Says whether {@link SingleflightLoader#stats} are recorded. They are unless they are switched
     * off here; then they cost nothing.
     */
    @CanIgnoreReturnValue
    public Builder<K, V> recordStats(boolean recordStats) {
      options.recordsStats = recordStats;
      return this;
    }

    /**
     * Replaces {@link System#nanoTime} as what ages, times to live and load times are measured by,
     * for tests. Timeouts go by the real clock.
     *
     * @throws NullPointerException if the ticker is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> ticker(Ticker ticker) {
      options.ticker(ticker);
      return this;
    }

    /** Replaces what {@link #jitter} and {@link #refreshEarly} draw from [0, 1). */
    @CanIgnoreReturnValue
    Builder<K, V> random(DoubleSupplier random) {
      options.random = random;
      return this;
    }

    /**
     * Returns a new loader. Threads it starts get the context class loader of the calling thread.
     *
     * @param loader loads a value; may return null
     * @param <K1> the type of keys
     * @param <V1> the type of values
     * @throws IllegalStateException if what was set makes no sense together; the message says what
     *     to change
     * @throws NullPointerException if the loader is null
     */
    public <K1 extends K, V1 extends V> SingleflightLoader<K1, V1> build(
        Loader<? super K1, ? extends V1, ?> loader) {
      requireNonNull(loader, "loader must not be null");
      options.checkNoTenants();
      LoaderOptions<K1, V1> copy = options.checkedCopy();
      return new SingleflightLoader<>(
          copy, loader, copy.recordsStats ? new StatsRecorder(null) : null, true);
    }

    /**
     * Bounds for how many tenants a loader is kept; beyond it those least worth keeping are
     * dropped. For {@link #buildPerTenant} only.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    @CanIgnoreReturnValue
    public Builder<K, V> maximumTenants(long maximumTenants) {
      options.maximumTenants(maximumTenants);
      return this;
    }

    /**
     * Drops tenants that nobody has called for by the {@link TenantLoader} for a time. For {@link
     * #buildPerTenant} only.
     *
     * @throws IllegalArgumentException if the duration is negative or zero
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> expireTenantsAfterAccess(Duration idle) {
      options.expireTenantsAfterAccess(idle);
      return this;
    }

    /**
     * Records statistics of each tenant besides those of all together: {@code
     * forTenant(tenant).stats()}. They are gone with the tenant's loader, and take some 10 KB each.
     * For {@link #buildPerTenant} only.
     */
    @CanIgnoreReturnValue
    public Builder<K, V> recordStatsPerTenant() {
      options.recordsStatsPerTenant = true;
      return this;
    }

    /**
     * Returns a new loader for many tenants.
     *
     * @param loader loads a value of a tenant; may return null
     * @param <T> the type of tenants
     * @param <K1> the type of keys
     * @param <V1> the type of values
     * @throws IllegalStateException if what was set makes no sense together; the message says what
     *     to change
     * @throws NullPointerException if the loader is null
     */
    public <T, K1 extends K, V1 extends V> TenantLoader<T, K1, V1> buildPerTenant(
        TenantKeyLoader<? super T, ? super K1, ? extends V1, ?> loader) {
      requireNonNull(loader, "loader must not be null");
      options.checkTenants();
      return new TenantLoader<>(options.checkedCopy(), loader, null);
    }

    /**
     * As {@link #buildPerTenant(TenantKeyLoader)}, with a loader for several keys of one tenant.
     *
     * @param loader loads a value of a tenant; may return null
     * @param bulkLoader loads several; see {@link #bulkLoader}
     * @param <T> the type of tenants
     * @param <K1> the type of keys
     * @param <V1> the type of values
     * @throws IllegalStateException if what was set makes no sense together; the message says what
     *     to change
     * @throws NullPointerException if a loader is null
     */
    public <T, K1 extends K, V1 extends V> TenantLoader<T, K1, V1> buildPerTenant(
        TenantKeyLoader<? super T, ? super K1, ? extends V1, ?> loader,
        TenantKeyLoader<? super T, ? super Set<K1>, ? extends Map<? extends K1, ? extends V1>, ?>
            bulkLoader) {
      requireNonNull(loader, "loader must not be null");
      requireNonNull(bulkLoader, "bulkLoader must not be null");
      options.checkTenants();
      return new TenantLoader<>(options.checkedCopy(), loader, bulkLoader);
    }

    @SuppressWarnings("unchecked") // the same builder, whose loaders are narrower from now on
    private <K1 extends K, V1 extends V> Builder<K1, V1> narrowed() {
      return (Builder<K1, V1>) this;
    }
  }
}
