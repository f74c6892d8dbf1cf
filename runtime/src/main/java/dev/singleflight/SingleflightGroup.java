package dev.singleflight;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls with equal keys that overlap share one run of a loader.
 *
 * <pre>{@code
 * private final SingleflightGroup<Long, User> users = SingleflightGroup.create();
 *
 * User user(long id) throws SQLException {
 *   return users.execute(id, key -> database.queryUser(key));
 * }
 * }</pre>
 *
 * <p>The first caller with a key becomes the <em>leader</em> of a <em>flight</em>: its loader is
 * run. Callers that come with an equal key before the flight ends are its <em>followers</em>: their
 * loaders are not run; they wait and get the very value, or the very exception, that the leader
 * gets. Then the flight is over, and the next call starts another: a group coalesces and never
 * caches. Keys that are not equal never wait for each other.
 *
 * <p><b>Who runs the loader.</b> Without an {@linkplain Builder#executor executor} the leader runs
 * it on its own thread, in {@link #execute(Object, Loader) execute} and {@link
 * #executeShared(Object, Loader) executeShared}. With an executor, and in any case for {@link
 * #executeAsync(Object, Loader) executeAsync} and for a call with a timeout, the load is
 * <em>detached</em>: it runs on the executor, or else on a new virtual thread (JDK 21 and later) or
 * daemon thread, never on the common pool. No caller's interrupt, timeout or thread-locals reach
 * it, inheritable ones included.
 *
 * <p><b>What a failure does.</b> Whatever the leader's loader throws, checked exceptions and {@link
 * Error}s included, is thrown to every caller of the flight as the same instance. A follower whose
 * own loader declares other exceptions may therefore meet a checked exception that it does not
 * declare. If a detached load cannot be started, because the executor rejects it, say, that is the
 * flight's failure. An executor that takes a load and silently drops it leaves the callers waiting.
 *
 * <p><b>Giving up.</b> A caller that gives up, for its time is over, its thread is interrupted or
 * its future is cancelled, stops waiting and nothing else: the load goes on, and so do the others.
 * An interrupted caller gets an unchecked {@link CancellationException} whose cause is an {@link
 * InterruptedException}, and its thread's interrupt status stays set. A leader that runs the loader
 * itself does not wait; an interrupt is then the loader's to notice, as in any call.
 *
 * <p><b>Recursion.</b> A loader may call this or another group with other keys. A call that would
 * wait for a flight which in turn waits for the calling thread, through any number of threads,
 * flights and groups, fails at once with {@link RecursiveLoadException}. Seen are threads that wait
 * in this class's methods and in those of the futures it returns, but not in futures derived from
 * those. With a bounded executor, detached loads that wait for further detached loads can use up
 * its threads; give such groups executors of their own, or none.
 *
 * <p><b>Thread-safety and memory.</b> All methods may be called by any thread at any time. Actions
 * of the loader happen-before the return, by value or exception, of each call that shares its
 * flight; what the leader did before its call happens-before the loader runs. What a follower did
 * before its call is <em>not</em> sure to be seen by a load that had already begun; where it has to
 * be, {@link #forget} the key first. A call joins a flight, or starts one, at one instant; so does
 * a flight end, before any of its callers return: a call made after another of the same flight has
 * returned never joins it.
 *
 * <p>No user code runs while the group holds a lock, except the keys' {@code hashCode} and {@code
 * equals}, which {@link java.util.concurrent.ConcurrentHashMap} may call with a bin locked: they
 * must be quick and call no group. Virtual threads wait without pinning their carrier.
 *
 * @param <K> the type of keys; they need {@code equals} and {@code hashCode} as in a map, and must
 *     not change in flight
 * @param <V> the type of values; it may be nullable
 */
@ThreadSafe
public final class SingleflightGroup<K, V extends @Nullable Object> {

  private final FlightTable<K, V> table;

  private SingleflightGroup(FlightTable<K, V> table) {
    this.table = table;
  }

  /**
   * Returns a new group without name or executor.
   *
   * @param <K> the type of keys
   * @param <V> the type of values; it may be nullable
   */
  public static <K, V extends @Nullable Object> SingleflightGroup<K, V> create() {
    return new SingleflightGroup<>(new FlightTable<>(null, null));
  }

  /** Returns a builder of groups. */
  public static Builder<Object, @Nullable Object> newBuilder() {
    return new Builder<>();
  }

  /**
   * Returns the value of a key, loading it unless an equal key's load is in flight already, in
   * which case this call waits for that one.
   *
   * <p>A lambda of one argument is a {@link Loader} and one of none a {@link ThrowingSupplier}.
   *
   * @param key the key
   * @param loader run if this call leads; see {@link SingleflightGroup} for the thread
   * @param <X> the checked exception of the loader
   * @return what the leader's loader returned: the same instance for all callers of the flight
   * @throws X if the leader's loader threw it, as the same instance for all callers of the flight
   * @throws RecursiveLoadException if the call would wait for itself
   * @throws CancellationException if the thread is interrupted while it waits
   * @throws NullPointerException if the key or the loader is null
   */
  public <X extends Exception> V execute(K key, Loader<? super K, ? extends V, X> loader) throws X {
    requireKey(key);
    requireLoader(loader);
    return table.execute(key, loader);
  }

  /**
   * As {@link #execute(Object, Loader)}, with a loader that needs no key.
   *
   * @param key the key
   * @param loader run if this call leads
   * @param <X> the checked exception of the loader
   * @return what the leader's loader returned
   * @throws X if the leader's loader threw it
   * @throws RecursiveLoadException if the call would wait for itself
   * @throws CancellationException if the thread is interrupted while it waits
   * @throws NullPointerException if the key or the loader is null
   */
  public <X extends Exception> V execute(K key, ThrowingSupplier<? extends V, X> loader) throws X {
    return execute(key, ignoringKey(loader));
  }

  /**
   * As {@link #execute(Object, Loader)}, but waits no longer than it is told.
   *
   * <p>The load is always detached, even without an executor, so that it goes on when this caller,
   * be it the leader, has given up. If another call leads, and runs its loader itself, this one
   * just waits for it.
   *
   * @param key the key
   * @param loader run if this call leads, on a thread of its own
   * @param timeout how long to wait at most, to the nanosecond; if zero or negative the call starts
   *     a load, or joins one, but does not wait. More than 292 years are forever
   * @param <X> the checked exception of the loader
   * @return what the leader's loader returned
   * @throws X if the leader's loader threw it
   * @throws TimeoutException if the flight has not ended in time; its load goes on
   * @throws RecursiveLoadException if the call would wait for itself
   * @throws CancellationException if the thread is interrupted while it waits
   * @throws NullPointerException if the key, the loader or the timeout is null
   */
  public <X extends Exception> V execute(
      K key, Loader<? super K, ? extends V, X> loader, Duration timeout)
      throws X, TimeoutException {
    requireKey(key);
    requireLoader(loader);
    requireNonNull(timeout, "timeout must not be null");
    ThreadWaiter waiter = new ThreadWaiter();
    Flight<K, V> flight = table.board(key, loader, waiter);
    Outcome<V> outcome = waiter.await(flight, saturatedNanos(timeout));
    if (outcome == null) {
      throw new TimeoutException(
          "Waited " + timeout + " for " + flight.describe() + "; its load goes on");
    }
    return outcome.get();
  }

  /**
   * As {@link #execute(Object, Loader, Duration)}, with a loader that needs no key.
   *
   * @param key the key
   * @param loader run if this call leads, on a thread of its own
   * @param timeout how long to wait at most
   * @param <X> the checked exception of the loader
   * @return what the leader's loader returned
   * @throws X if the leader's loader threw it
   * @throws TimeoutException if the flight has not ended in time; its load goes on
   * @throws RecursiveLoadException if the call would wait for itself
   * @throws CancellationException if the thread is interrupted while it waits
   * @throws NullPointerException if the key, the loader or the timeout is null
   */
  public <X extends Exception> V execute(
      K key, ThrowingSupplier<? extends V, X> loader, Duration timeout) throws X, TimeoutException {
    return execute(key, ignoringKey(loader), timeout);
  }

  /**
   * As {@link #execute(Object, Loader)}, but tells how the value was shared.
   *
   * @param key the key
   * @param loader run if this call leads
   * @param <X> the checked exception of the loader
   * @return the value, whether this call led, and how many followed
   * @throws X if the leader's loader threw it
   * @throws RecursiveLoadException if the call would wait for itself
   * @throws CancellationException if the thread is interrupted while it waits
   * @throws NullPointerException if the key or the loader is null
   */
  public <X extends Exception> SharedResult<V> executeShared(
      K key, Loader<? super K, ? extends V, X> loader) throws X {
    requireKey(key);
    requireLoader(loader);
    return table.executeShared(key, loader);
  }

  /**
   * As {@link #executeShared(Object, Loader)}, with a loader that needs no key.
   *
   * @param key the key
   * @param loader run if this call leads
   * @param <X> the checked exception of the loader
   * @return the value, whether this call led, and how many followed
   * @throws X if the leader's loader threw it
   * @throws RecursiveLoadException if the call would wait for itself
   * @throws CancellationException if the thread is interrupted while it waits
   * @throws NullPointerException if the key or the loader is null
   */
  public <X extends Exception> SharedResult<V> executeShared(
      K key, ThrowingSupplier<? extends V, X> loader) throws X {
    return executeShared(key, ignoringKey(loader));
  }

  /**
   * Returns a future of the value of a key, without waiting for the load.
   *
   * <p>The load is always detached. The future is this caller's own: cancelling it, or completing
   * it by other means, stops this caller alone. It fails with what the loader threw, wrapped only
   * as {@link CompletableFuture} does. Dependents attached without an executor may run on the
   * thread that ran the load or on one of the group's own; they hold up no other caller, whatever
   * they do. Waiting for the future by {@code get} or {@code join} fails with {@link
   * RecursiveLoadException} if its flight waits for the waiting thread.
   *
   * @param key the key
   * @param loader run if this call leads, on a thread of its own
   * @return a new future at each call
   * @throws NullPointerException if the key or the loader is null
   */
  public CompletableFuture<V> executeAsync(K key, Loader<? super K, ? extends V, ?> loader) {
    requireKey(key);
    requireLoader(loader);
    FlightFuture<V> future = new FlightFuture<>();
    future.board(table.board(key, loader, new FlightFuture.Node<>(future)));
    return future;
  }

  /**
   * As {@link #executeAsync(Object, Loader)}, with a loader that needs no key.
   *
   * @param key the key
   * @param loader run if this call leads, on a thread of its own
   * @return a new future at each call
   * @throws NullPointerException if the key or the loader is null
   */
  public CompletableFuture<V> executeAsync(K key, ThrowingSupplier<? extends V, ?> loader) {
    return executeAsync(key, ignoringKey(loader));
  }

  /**
   * Makes the next call with a key start a new load, even if one is in flight.
   *
   * <p>That one goes on, and its callers get its value; no call that begins after this method has
   * returned does. Use it after a change that a load in flight may have missed.
   *
   * @param key the key
   * @return whether a load was in flight that could have been joined
   * @throws NullPointerException if the key is null
   */
  @CanIgnoreReturnValue
  public boolean forget(K key) {
    requireKey(key);
    return table.forget(key);
  }

  /**
   * As {@link #forget}, but only if nobody but the leader waits for the load in flight. Followers
   * that have given up do not count. Whether there are any and that no more come is decided at one
   * instant. If another thread forgets the key at the same time, both may return true.
   *
   * @param key the key
   * @return whether a load was in flight and nobody followed
   * @throws NullPointerException if the key is null
   */
  @CanIgnoreReturnValue
  public boolean forgetUnshared(K key) {
    requireKey(key);
    return table.forgetUnshared(key);
  }

  /**
   * Returns how many flights a call could join now. Forgotten ones, whose loads may still run, are
   * not counted. Under concurrent calls this is an estimate.
   */
  public int inFlight() {
    return table.size();
  }

  @Override
  public String toString() {
    String name = table.name == null ? "" : "name=" + table.name + ", ";
    return "SingleflightGroup{" + name + "inFlight=" + inFlight() + "}";
  }

  private static void requireKey(@Nullable Object key) {
    requireNonNull(key, "key must not be null");
  }

  private static void requireLoader(@Nullable Object loader) {
    requireNonNull(loader, "loader must not be null");
  }

  private static <V extends @Nullable Object, X extends Exception> Loader<Object, V, X> ignoringKey(
      ThrowingSupplier<? extends V, X> loader) {
    requireLoader(loader);
    return key -> loader.get();
  }

  private static long saturatedNanos(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException e) {
      return timeout.isNegative() ? 0 : ThreadWaiter.FOREVER;
    }
  }

  /**
   * Builds groups. Not thread-safe; may build any number of groups, each of which has what was set
   * by then.
   *
   * @param <K> the most general type of keys of the groups
   * @param <V> the most general type of values of the groups
   */
  public static final class Builder<K, V extends @Nullable Object> {
    private @Nullable String name;
    private @Nullable Executor executor;

    private Builder() {}

    /**
     * Names the group in messages, in {@code toString} and in the names of threads it starts.
     *
     * @throws NullPointerException if the name is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> name(String name) {
      this.name = requireNonNull(name, "name must not be null");
      return this;
    }

    /**
     * Runs all loads of the group on an executor. Loads are handed over by a thread of the group's
     * own, so that one the executor runs in place, as {@code Runnable::run} does, is detached too.
     * The group never shuts the executor down.
     *
     * @throws NullPointerException if the executor is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> executor(Executor executor) {
      this.executor = requireNonNull(executor, "executor must not be null");
      return this;
    }

    /**
     * Returns a new group. Threads it starts get the context class loader of the calling thread.
     *
     * @param <K1> the type of keys
     * @param <V1> the type of values
     */
    public <K1 extends K, V1 extends V> SingleflightGroup<K1, V1> build() {
      return new SingleflightGroup<>(new FlightTable<>(name, executor));
    }
  }
}
