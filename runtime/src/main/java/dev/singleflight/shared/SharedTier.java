package dev.singleflight.shared;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.ThreadSafe;
import dev.singleflight.LoaderTier;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A tier that the loaders of many processes share, so that all of them together make one load.
 *
 * <pre>{@code
 * TierEngine redis = RedisTierEngine.connect(RedisURI.create("redis://cache.internal"));
 *
 * SharedTier<Long, User> tier =
 *     SharedTier.newBuilder("users", redis, KeyCodec.longs(), JsonCodec.of(User.class))
 *         .expireAfterWrite(Duration.ofMinutes(10))
 *         .build();
 *
 * SingleflightLoader<Long, User> users =
 *     SingleflightLoader.newBuilder()
 *         .maximumSize(10_000)
 *         .expireAfterWrite(Duration.ofMinutes(1))
 *         .sharedTier(tier)
 *         .build(id -> database.find(id));
 * }</pre>
 *
 * <p>A call of the loader looks into its own cache, then joins the flight of its key in this
 * process, and only that asks the tier: it gets the value, or a lease, under which this process
 * loads, or it waits for the process that has the lease. What is guaranteed, and what happens when
 * something fails, is in the description of {@linkplain dev.singleflight.shared the package}.
 *
 * <p>A tier of the same name, schema version and engine is the same tier, in any process. One
 * object serves any number of loaders, of one tenant each: those of a {@link
 * dev.singleflight.TenantLoader} are told apart by their tenants, but two plain loaders of one tier
 * are expected to load the same values. All methods may be called by any thread at any time.
 *
 * @param <K> the type of keys
 * @param <V> the type of values; nullable if loaders may return null
 */
@ThreadSafe
@SuppressWarnings("ThreadSafe") // codecs, engine and clock are, as their descriptions demand
public final class SharedTier<K, V extends @Nullable Object>
    implements LoaderTier<K, V>, AutoCloseable {

  /** How long to wait at first for the engine. */
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final TierContext context;
  private final KeyCodec<K> keys;
  private final Payloads<V> payloads;
  private final Attachments<K> attachments;
  private final TierEngine.Registration registration;

  private SharedTier(Builder<K, V> builder) {
    TierOptions options = builder.options.checkedCopy();
    TierEngine engine = new GuardedEngine(builder.engine);
    this.keys = builder.keys;
    TierClock clock = options.clock == null ? new SystemTierClock(options.name) : options.clock;
    Signals signals = new Signals();
    Warnings warnings = new Warnings(options.tier(), clock);
    this.attachments = new Attachments<>(options.tier(), keys, signals, warnings);
    TierCounters counters = new TierCounters();
    Circuit circuit =
        new Circuit(
            engine, options, clock, counters, warnings, attachments::dropAll, signals::wakeAll);
    this.context = new TierContext(engine, options, clock, counters, warnings, signals, circuit);
    this.payloads = new Payloads<>(builder.values, context);
    this.registration = engine.listen(options.tier(), attachments.tellingOf(circuit));
    boolean unused = clock.await(circuit.begun(), START_NANOS);
  }

  /**
   * Returns a builder of tiers.
   *
   * @param name the tier's name, the same in all processes: 1 to 100 letters, digits or {@code . _
   *     -}
   * @param engine where values and leases are kept; any number of tiers may use it
   * @param keys gives keys their text
   * @param values gives values their bytes
   * @throws IllegalArgumentException if the name is not such a one
   * @throws NullPointerException if an argument is null
   */
  public static <K, V extends @Nullable Object> Builder<K, V> newBuilder(
      String name, TierEngine engine, KeyCodec<K> keys, Codec<V> values) {
    return new Builder<>(
        new TierOptions(requireNonNull(name, "name must not be null")),
        requireNonNull(engine, "engine must not be null"),
        requireNonNull(keys, "keys must not be null"),
        requireNonNull(values, "values must not be null"));
  }

  /**
   * For the loader's own use: give this object to {@code SingleflightLoader.Builder.sharedTier}.
   */
  @Override
  public Attachment<K, V> attach(@Nullable Object tenant, Copies<K> copies) {
    String name = tenant == null ? "" : WellFormed.encode(context.options().tenants.apply(tenant));
    String origin = attachments.add(name, copies);
    return new TenantTier<>(context, name, origin, keys, payloads);
  }

  @Override
  public void invalidateAll() {
    context.circuit().invalidate(new Invalidation.OfTier(context.options().tier()), "");
    attachments.dropAll();
  }

  /** Returns what this object has done so far. */
  public TierStats stats() {
    Circuit circuit = context.circuit();
    return context.counters().snapshot(circuit.pendingInvalidations(), circuit.pass() != null);
  }

  /**
   * Uses the engine no more: loaders go on as if it were out of reach, each process by itself.
   * Invalidations that are {@linkplain TierStats#pendingInvalidations() pending} are lost. The
   * engine is not closed, it is its owner's.
   */
  @Override
  public void close() {
    context.circuit().close();
    registration.close();
    context.clock().close();
  }

  @Override
  public String toString() {
    return "SharedTier{" + context.options().tier() + "}";
  }

  /**
   * Builds tiers. Not thread-safe. What is set twice is replaced.
   *
   * @param <K> the type of keys
   * @param <V> the type of values
   */
  public static final class Builder<K, V extends @Nullable Object> {
    private final TierOptions options;
    private final TierEngine engine;
    private final KeyCodec<K> keys;
    private final Codec<V> values;

    private Builder(TierOptions options, TierEngine engine, KeyCodec<K> keys, Codec<V> values) {
      this.options = options;
      this.engine = engine;
      this.keys = keys;
      this.values = values;
    }

    /**
     * Tells values, and texts of keys, of one form from those of another: part of each key. A
     * process sees, fills and invalidates those of its own version only. 1 unless set.
     *
     * @throws IllegalArgumentException if the version is negative
     */
    @CanIgnoreReturnValue
    public Builder<K, V> schemaVersion(int version) {
      if (version < 0) {
        throw new IllegalArgumentException("schemaVersion must not be negative: " + version);
      }
      options.schemaVersion = version;
      return this;
    }

    /**
     * Lets values live in the tier for a time. Has to be set.
     *
     * @throws IllegalArgumentException if the duration is negative or zero
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> expireAfterWrite(Duration ttl) {
      options.fresh =
          TierOptions.positive(requireNonNull(ttl, "ttl must not be null"), "expireAfterWrite");
      return this;
    }

    /**
     * Keeps in the tier that a key has no value, for a time: its loader has returned null. Without,
     * processes that wait for such a load load in turn.
     *
     * @throws IllegalArgumentException if the duration is negative
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> expireNullsAfter(Duration ttl) {
      options.freshNulls =
          TierOptions.notNegative(requireNonNull(ttl, "ttl must not be null"), "expireNullsAfter");
      return this;
    }

    /**
     * Serves values for a while after they have expired, while one process loads anew
     * (stale-while-revalidate): its callers wait for the load, those of all others get the old
     * value, which they do not cache. Never after an invalidation.
     *
     * @param bound how long after its time to live a value may be served; zero, as without this,
     *     for never
     * @throws IllegalArgumentException if the duration is negative
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> serveStale(Duration bound) {
      options.stale =
          TierOptions.notNegative(requireNonNull(bound, "bound must not be null"), "serveStale");
      return this;
    }

    /**
     * Sets for how long a lease is good: so long others wait for a process that ended without a
     * word, until one of them takes over. The lease of a load that goes on is renewed each third of
     * this. Five seconds unless set.
     *
     * @throws IllegalArgumentException if the duration is negative or zero
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> leaseTime(Duration lease) {
      options.lease =
          TierOptions.positive(requireNonNull(lease, "lease must not be null"), "leaseTime");
      return this;
    }

    /**
     * Sets for how long a lease is renewed while its load goes on. A load that takes longer, or
     * hangs, is taken over by another process when the lease is over, and what it brings is not
     * shared. So one that hangs is begun anew no more often than once in this time. A minute unless
     * set.
     *
     * @throws IllegalArgumentException if the duration is negative or zero
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> maxLoadTime(Duration max) {
      options.maxLoadTime =
          TierOptions.positive(requireNonNull(max, "max must not be null"), "maxLoadTime");
      return this;
    }

    /**
     * Bounds how long a step of the engine is waited for. A miss that loads takes two steps, any
     * other one, unless it waits for another process; an invalidation takes one. A second unless
     * set: shorter, and a process that is itself short of processors, as when it has just begun,
     * takes that for a slow engine, and loads what others have loaded.
     *
     * @throws IllegalArgumentException if the duration is negative or zero
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> callTimeout(Duration timeout) {
      options.callTimeout =
          TierOptions.positive(requireNonNull(timeout, "timeout must not be null"), "callTimeout");
      return this;
    }

    /**
     * Bounds the time between two looks of who waits for another process, should the message be
     * lost that the load has ended. The first looks are closer together. A second unless set.
     *
     * @throws IllegalArgumentException if the duration is negative or zero
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> pollInterval(Duration max) {
      options.maxPoll =
          TierOptions.positive(requireNonNull(max, "max must not be null"), "pollInterval");
      return this;
    }

    /**
     * Sets how often an engine that was too slow is tried again. Half a second unless set.
     *
     * @throws IllegalArgumentException if the duration is negative or zero
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> recoveryInterval(Duration interval) {
      options.recoveryInterval =
          TierOptions.positive(
              requireNonNull(interval, "interval must not be null"), "recoveryInterval");
      return this;
    }

    /**
     * Names tenants that are not strings, integers, longs, UUIDs or enums. Different tenants have
     * to have different names.
     *
     * @throws NullPointerException if the function is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> tenants(Function<Object, String> nameOf) {
      // No name is empty: that is what no tenant is called.
      requireNonNull(nameOf, "nameOf must not be null");
      options.tenants = tenant -> "t" + nameOf.apply(tenant);
      return this;
    }

    /** Replaces the clock, for tests. */
    @CanIgnoreReturnValue
    Builder<K, V> clock(TierClock clock) {
      options.clock = clock;
      return this;
    }

    /**
     * Returns a new tier. If its engine can be reached, it is in use when this returns. If not, so
     * much is not known for up to five seconds, for which this waits; then each process loads by
     * itself until the engine is there.
     *
     * @throws IllegalStateException if what was set makes no sense together; the message says what
     *     to change
     */
    public SharedTier<K, V> build() {
      return new SharedTier<>(this);
    }
  }
}
