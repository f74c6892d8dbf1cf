// Over 400 lines for its javadoc: each method of a public class says what it promises.
package dev.singleflight;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

// Over 400 lines: the javadoc is the group's contract, and most of the file.
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
 * itself does not wait; an interrupt is then the loader's to notice, as in any call. A group can be
 * told to {@linkplain Builder#interruptAbandoned interrupt} loads that everybody has left.
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

  SingleflightGroup(GroupOptions<K> options) {
    this.table = new FlightTable<>(options);
  }

  /**
   * Returns a new group without name or executor.
   *
   * @param <K> the type of keys
   * @param <V> the type of values; it may be nullable
   */
  public static <K, V extends @Nullable Object> SingleflightGroup<K, V> create() {
    return new SingleflightGroup<>(new GroupOptions<>());
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
    Flight<K, V> flight = table.board(key, loader, waiter, /* attached= */ false);
    Outcome<V> outcome = waiter.await(flight, Durations.saturatedNanos(timeout));
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
    FlightFuture.Node<V> node = new FlightFuture.Node<>(future);
    future.board(table.board(key, loader, node, /* attached= */ false), node.leads);
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

  /**
   * Starts to record {@link #stats() statistics}, of flights that start from now on, if the group
   * does not yet.
   */
  public void recordStats() {
    table.recordStats();
  }

  /** Returns what the group has done since it records statistics; zeros if it does not. */
  public Stats stats() {
    return table.stats();
  }

  /**
   * Makes the next call with any key start a new load, even if one is in flight, as {@link #forget}
   * does for one key. Flights that start while this method runs may or may not be forgotten.
   */
  public void forgetAll() {
    table.forgetAll();
  }

  /**
   * Returns the values of several keys: leads or joins a flight for each, runs one bulk load for
   * those that it leads, and only then waits for the others. The bulk load runs on the calling
   * thread or, with an executor, detached.
   *
   * @param keys distinct keys
   * @param bulkLoader given the keys that are led; a key that its map lacks has a null
   * @return the values in the keys' order
   * @throws X the failure of the first key, in that order, whose flight failed; the others go on
   */
  <X extends Exception> Map<K, V> executeAll(
      Set<? extends K> keys, Loader<? super Set<K>, ? extends Map<K, ? extends V>, X> bulkLoader)
      throws X {
    return new BulkCall<>(table, bulkLoader).execute(keys);
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

  /** What becomes of a leader whose group has as many loads under way as it may. */
  public enum WhenFull {
    /** Its flight waits for its turn; those who come later join it meanwhile. */
    WAIT,
    /** Its flight fails with {@link FlightRejectedException}. */
    REFUSE
  }

  /**
   * Builds groups. Not thread-safe; may build any number of groups, each of which has what was set
   * by then.
   *
   * @param <K> the most general type of keys of the groups
   * @param <V> the most general type of values of the groups
   */
  public static final class Builder<K, V extends @Nullable Object> {
    private final GroupOptions<K> options = new GroupOptions<>();
    private boolean recordsStats;

    private Builder() {}

    /**
     * Names the group in messages, in {@code toString} and in the names of threads it starts.
     *
     * @throws NullPointerException if the name is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> name(String name) {
      options.name(name);
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
      options.executor(executor);
      return this;
    }

    /**
     * Carries something of the leader's thread over to the thread of a detached load. Without it
     * nothing is carried over.
     *
     * @throws NullPointerException if the context is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> loadContext(LoadContext context) {
      options.context(context);
      return this;
    }

    /**
     * Tells a listener what happens in the group. A second one replaces the first.
     *
     * @param <K1> the type of keys of the groups to be built
     * @throws NullPointerException if the listener is null
     */
    @CanIgnoreReturnValue
    @SuppressWarnings("unchecked") // the same builder, whose groups have narrower keys from now on
    public <K1 extends K> Builder<K1, V> listener(FlightListener<? super K1> listener) {
      options.listener(listener);
      return (Builder<K1, V>) this;
    }

    /** Records {@link SingleflightGroup#stats() statistics} from the start. */
    @CanIgnoreReturnValue
    public Builder<K, V> recordStats() {
      recordsStats = true;
      return this;
    }

    /**
     * Bounds how many loads of the group run at the same time; further leaders {@linkplain
     * WhenFull#WAIT wait} for their turn.
     *
     * @throws IllegalArgumentException if the number is less than 1
     */
    @CanIgnoreReturnValue
    public Builder<K, V> maxInFlight(int maxInFlight) {
      return maxInFlight(maxInFlight, WhenFull.WAIT);
    }

    /**
     * Bounds how many loads of the group run at the same time.
     *
     * <p>A load that has to wait for its turn is detached, so that its leader can give up as its
     * followers can, and starts as soon as another ends, in the order of arrival. Followers are not
     * counted and never refused for the number. A load that is asked for by a load of the same
     * group counts as part of that one and runs at once, as does one that it joins: else they could
     * wait for each other. Loads that wait for each other through a second group with detached
     * loads can still do so, as with any bounded resource; give such calls a timeout.
     *
     * @param maxInFlight the greatest number of loads at the same time
     * @param whenFull what becomes of leaders beyond it
     * @throws IllegalArgumentException if the number is less than 1
     * @throws NullPointerException if the policy is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> maxInFlight(int maxInFlight, WhenFull whenFull) {
      options.maxInFlight(maxInFlight, whenFull);
      return this;
    }

    /**
     * Lets no call join a load that has run for as long: it starts another instead, beside the old
     * one, which goes on for those who joined it before. So a caller that waited this long after a
     * write of its own, however it knows of that, reads it. With zero, only loads that have not
     * begun are joined, and every call reads what was written before it.
     *
     * @throws IllegalArgumentException if the duration is negative
     * @throws NullPointerException if the duration is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> maxJoinAge(Duration maxJoinAge) {
      options.maxJoinAge(maxJoinAge);
      return this;
    }

    /**
     * Interrupts a detached load that every caller has left, and lets no new caller join it. A load
     * that has not begun by then never does. A load on its leader's own thread is never left, since
     * that caller cannot leave it.
     */
    @CanIgnoreReturnValue
    public Builder<K, V> interruptAbandoned() {
      options.interruptsAbandoned = true;
      return this;
    }

    /**
     * Replaces {@link System#nanoTime} as what {@link #maxJoinAge} and load times are measured by,
     * for tests. Timeouts go by the real clock.
     *
     * @throws NullPointerException if the clock is null
     */
    @CanIgnoreReturnValue
    public Builder<K, V> nanoTime(LongSupplier nanoTime) {
      options.nanoTime(nanoTime);
      return this;
    }

    /**
     * Returns a new group. Threads it starts get the context class loader of the calling thread.
     *
     * @param <K1> the type of keys
     * @param <V1> the type of values
     */
    public <K1 extends K, V1 extends V> SingleflightGroup<K1, V1> build() {
      SingleflightGroup<K1, V1> group = new SingleflightGroup<>(options.copyToBuild());
      if (recordsStats) {
        group.recordStats();
      }
      return group;
    }
  }
}
