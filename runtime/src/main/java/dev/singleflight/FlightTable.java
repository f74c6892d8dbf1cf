package dev.singleflight;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
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
  private final ConcurrentMap<K, Flight<K, V>> flights = new ConcurrentHashMap<>();

  FlightTable(@Nullable String name, @Nullable Executor executor) {
    this.name = name;
    this.executor = executor;
    this.threads = new DetachedThreads(name == null ? "singleflight" : "singleflight-" + name);
  }

  int size() {
    return flights.size();
  }

  /** Removes a flight if it is still the mapped one. */
  void unmap(K key, Flight<K, V> flight) {
    flights.remove(key, flight);
  }

  /** Removes the mapped flight, whichever it is; returns whether there was one. */
  boolean forget(K key) {
    return flights.remove(key) != null;
  }

  /** Removes the mapped flight if it has no follower; returns whether it did. */
  boolean forgetUnshared(K key) {
    Flight<K, V> flight = flights.get(key);
    if (flight == null || !flight.sealIfUnshared()) {
      return false;
    }
    unmap(key, flight);
    return true;
  }

  <X extends Exception> V execute(K key, Loader<? super K, ? extends V, X> loader) throws X {
    if (executor != null) {
      ThreadWaiter waiter = new ThreadWaiter();
      return waiter.await(board(key, loader, waiter)).get();
    }
    while (true) {
      Flight<K, V> flight = flights.get(key);
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
    if (executor != null) {
      ThreadWaiter waiter = new ThreadWaiter();
      return waiter.await(board(key, loader, waiter)).share(waiter.leads);
    }
    while (true) {
      Flight<K, V> flight = flights.get(key);
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

  /**
   * Maps a new flight, unless another is mapped.
   *
   * @param runner the thread that will run the loader, or null if that is yet to be found
   * @param leader what the leader waits with if another thread runs the loader, else null
   * @return the new flight, or null if there was another
   */
  private @Nullable Flight<K, V> tryLead(K key, @Nullable Thread runner, @Nullable Waiter leader) {
    Flight<K, V> flight = new Flight<>(this, key, runner, leader);
    Flight<K, V> other;
    try {
      other = flights.putIfAbsent(key, flight);
    } catch (Throwable t) {
      // It may be mapped all the same, if the stack ran out in the midst of it.
      flight.runner = Flight.LOST;
      throw t;
    }
    return other == null ? flight : null;
  }

  /** Joins a flight that was found mapped; if it is too late for that, makes way for another. */
  private boolean tryFollow(K key, Flight<K, V> flight, Waiter follower) {
    if (flight.join(follower)) {
      return true;
    }
    unmap(key, flight);
    return false;
  }

  /** Follows the mapped flight, or leads a new one whose loader runs on no caller's thread. */
  Flight<K, V> board(K key, Loader<? super K, ? extends V, ?> loader, Waiter waiter) {
    while (true) {
      Flight<K, V> flight = flights.get(key);
      if (flight == null) {
        waiter.leads = true;
        flight = tryLead(key, null, waiter);
        if (flight != null) {
          depart(flight, loader);
          return flight;
        }
        waiter.leads = false;
      } else if (tryFollow(key, flight, waiter)) {
        return flight;
      }
    }
  }

  private void depart(Flight<K, V> flight, Loader<? super K, ? extends V, ?> loader) {
    Runnable load = () -> flight.leadDetached(loader);
    try {
      threads.start(executor == null ? load : () -> handOver(executor, load, flight));
    } catch (Throwable t) {
      flight.fail(t, false);
    }
  }

  /**
   * Hands the load to the user's executor. Done on a detached thread, for the executor may do on
   * its caller's thread what must not touch a caller of ours: run the load, block until there is
   * room, or create a thread, which would inherit the caller's inheritable thread-locals for good.
   */
  private void handOver(Executor target, Runnable load, Flight<K, V> flight) {
    try {
      target.execute(load);
    } catch (Throwable t) {
      flight.fail(t, true);
    }
  }
}
