package dev.singleflight;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The flights of a group that can be joined, and how a caller comes to lead or to follow one.
 *
 * <p>The map is only ever asked for plain operations on a finished flight object, never to compute
 * one: of user code it runs the keys' {@code hashCode} and {@code equals}, and nothing else.
 */
final class FlightTable<K, V extends @Nullable Object> {

  final @Nullable String name;
  final @Nullable Executor executor;
  final DetachedThreads threads;
  final @Nullable InFlightLimit limit;
  final long maxJoinAgeNanos;
  final boolean interruptsAbandoned;
  final LongSupplier nanoTime;
  private final LoadStart start;
  private final boolean tracksFlights;

  /** Whether callers never run a loader by the shortest way, on their own thread at once. */
  private final boolean boards;

  private final ConcurrentMap<K, Flight<K, V>> flights = new ConcurrentHashMap<>();

  private volatile @Nullable Observer<K> observer;

  FlightTable(GroupOptions<K> options) {
    this.name = options.name;
    this.executor = options.executor;
    this.threads =
        new DetachedThreads(
            name == null ? "singleflight" : "singleflight-" + name, options.contextClassLoader);
    this.limit =
        options.maxInFlight == GroupOptions.NO_LIMIT
            ? null
            : new InFlightLimit(options.maxInFlight, options.whenFull);
    this.maxJoinAgeNanos = options.maxJoinAgeNanos;
    this.interruptsAbandoned = options.interruptsAbandoned;
    this.nanoTime = options.nanoTime;
    this.start = new LoadStart(executor, options.context, threads, limit);
    this.tracksFlights = options.trackFlights();
    this.boards = executor != null || limit != null;
    if (options.stats != null || options.listener != null) {
      this.observer = new Observer<>(options.stats, options.flightsAreLoads, options.listener);
    }
  }

  /** Records statistics of flights that start from now on. */
  synchronized void recordStats() {
    Observer<K> before = observer;
    if (before == null) {
      observer = new Observer<>(new StatsRecorder(null), true, null);
    } else if (before.stats() == null) {
      observer = new Observer<>(new StatsRecorder(null), true, before.listener());
    }
  }

  Stats stats() {
    Observer<K> current = observer;
    StatsRecorder stats = current == null ? null : current.stats();
    return stats == null ? Stats.NONE : stats.ofGroup();
  }

  int size() {
    return flights.size();
  }

  /** Removes a flight if it is still the mapped one; returns whether it was. */
  @CanIgnoreReturnValue
  boolean unmap(K key, Flight<K, V> flight) {
    return flights.remove(key, flight);
  }

  /** Removes the mapped flight, whichever it is; returns whether there was one. */
  @CanIgnoreReturnValue
  boolean forget(K key) {
    // A map that has nothing to remove only reads, which the processor may do before it has let
    // others see what the caller wrote; so could a load that begins just then.
    VarHandle.fullFence();
    Flight<K, V> flight = flights.remove(key);
    if (flight == null) {
      return false;
    }
    flight.forgotten();
    return true;
  }

  /** Removes every flight that was mapped when this was called. */
  void forgetAll() {
    // As in forget(), which is not called if there is nothing.
    VarHandle.fullFence();
    flights.keySet().forEach(this::forget);
  }

  /** Removes the mapped flight if it has no follower; returns whether it did. */
  boolean forgetUnshared(K key) {
    Flight<K, V> flight = flights.get(key);
    if (flight == null || !flight.sealIfUnshared()) {
      return false;
    }
    unmap(key, flight);
    flight.forgotten();
    return true;
  }

  /** Returns the flight that a call could join now, or null if it would lead. */
  @Nullable Flight<K, V> mapped(K key) {
    Flight<K, V> flight = flights.get(key);
    if (flight != null && flight.isTooOld()) {
      unmap(key, flight);
      return flights.get(key);
    }
    return flight;
  }

  <X extends Exception> V execute(K key, Loader<? super K, ? extends V, X> loader) throws X {
    if (boards) {
      return boardAndAwait(key, loader, new ThreadWaiter()).get();
    }
    while (true) {
      Flight<K, V> flight = mapped(key);
      if (flight == null) {
        flight = tryLead(key, Thread.currentThread(), null);
        if (flight != null) {
          try {
            return flight.lead(loader);
          } catch (Throwable t) {
            flight.runner = Flight.LOST;
            throw t;
          }
        }
      } else {
        ThreadWaiter follower = new ThreadWaiter();
        if (tryFollow(key, flight, follower)) {
          return follower.await(flight).get();
        }
      }
    }
  }

  <X extends Exception> SharedResult<V> executeShared(
      K key, Loader<? super K, ? extends V, X> loader) throws X {
    if (boards) {
      ThreadWaiter waiter = new ThreadWaiter();
      return boardAndAwait(key, loader, waiter).share(waiter.leads);
    }
    while (true) {
      Flight<K, V> flight = mapped(key);
      if (flight == null) {
        flight = tryLead(key, Thread.currentThread(), null);
        if (flight != null) {
          try {
            V value = flight.lead(loader);
            return new SharedResult<>(value, true, flight.followers());
          } catch (Throwable t) {
            flight.runner = Flight.LOST;
            throw t;
          }
        }
      } else {
        ThreadWaiter follower = new ThreadWaiter();
        if (tryFollow(key, flight, follower)) {
          return follower.await(flight).share(false);
        }
      }
    }
  }

  private Outcome<V> boardAndAwait(
      K key, Loader<? super K, ? extends V, ?> loader, ThreadWaiter waiter) {
    return waiter.await(board(key, loader, waiter, /* attached= */ executor == null));
  }

  /**
   * Maps a new flight, unless another is mapped.
   *
   * @param runner the thread that will run the loader, or null if that is yet to be found
   * @param leader what the leader waits with if another thread may run the loader, else null
   * @return the new flight, or null if there was another
   */
  private @Nullable Flight<K, V> tryLead(K key, @Nullable Thread runner, @Nullable Waiter leader) {
    Observer<K> told = observer;
    Flight<K, V> flight =
        told != null || tracksFlights
            ? new TrackedFlight<>(this, key, runner, leader, told)
            : new Flight<>(this, key, runner, leader);
    Flight<K, V> other;
    try {
      other = flights.putIfAbsent(key, flight);
    } catch (Throwable t) {
      // It may be mapped all the same, if the stack ran out in the midst of it.
      flight.runner = Flight.LOST;
      throw t;
    }
    if (other != null) {
      return null;
    }
    flight.mapped();
    return flight;
  }

  /** Joins a flight that was found mapped; if it is too late for that, makes way for another. */
  private boolean tryFollow(K key, Flight<K, V> flight, Waiter follower) {
    if (flight.join(follower)) {
      flight.joined();
      return true;
    }
    unmap(key, flight);
    return false;
  }

  /** Follows the mapped flight, or leads a new one and has its loader run. */
  Flight<K, V> board(
      K key, Loader<? super K, ? extends V, ?> loader, Waiter waiter, boolean attached) {
    Flight<K, V> flight = board(key, waiter);
    if (waiter.leads) {
      start(new SingleLoad<>(flight, loader), attached);
    }
    return flight;
  }

  /** Follows the mapped flight, or maps a new one, whose loader is yet to be run. */
  Flight<K, V> board(K key, Waiter waiter) {
    while (true) {
      Flight<K, V> flight = mapped(key);
      if (flight == null) {
        waiter.leads = true;
        flight = tryLead(key, null, waiter);
        if (flight != null) {
          return flight;
        }
        waiter.leads = false;
      } else if (tryFollow(key, flight, waiter)) {
        return flight;
      }
    }
  }

  /** Has a load run: on this thread if that is wanted and it need not wait, else detached. */
  void start(Load load, boolean attached) {
    start.start(load, attached);
  }
}
