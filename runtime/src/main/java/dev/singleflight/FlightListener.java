package dev.singleflight;

import java.time.Duration;

/**
 * Is told what happens in a group: for logs, traces and counters of one's own.
 *
 * <p>Every method does nothing unless it is overridden. Each is called on the thread on which the
 * thing happens, in the midst of a caller's call or of a load, and should therefore be quick. No
 * lock of the group is held then. What a method throws never reaches a caller: it is logged, by
 * {@link System.Logger} under this interface's name, and dropped.
 *
 * <p>For one flight, {@link #flightStarted} comes once, and after it either {@link #flightFinished}
 * or {@link #flightFailed} comes once. The end is told after the flight's outcome has been
 * published and while waiting threads are being woken, before any future is completed: a listener
 * delays no parked caller, and who was given a future finds the end told. All else is told by the
 * threads that do it, as soon as they have done it, which may be before the one or after the other.
 *
 * <p>Implementations have to be safe for use by any number of threads at once. A listener may call
 * the group, as a loader may.
 *
 * @param <K> the type of keys
 */
public interface FlightListener<K> {

  /**
   * A call became the leader of a new flight, whose load is about to begin, or to be queued.
   *
   * @param key the leader's key
   */
  default void flightStarted(K key) {}

  /**
   * A call joined a flight that another had started.
   *
   * @param key the flight's key: the one its leader called with
   */
  default void flightJoined(K key) {}

  /**
   * A load returned, be it a null.
   *
   * @param key the flight's key
   * @param loadTime how long the loader ran
   * @param followers how many callers besides the leader were waiting at the end
   */
  default void flightFinished(K key, Duration loadTime, int followers) {}

  /**
   * A load threw, was rejected, or was lost with its thread.
   *
   * @param key the flight's key
   * @param failure what every caller of the flight is thrown
   * @param loadTime how long the loader ran; zero if it never began
   * @param followers how many callers besides the leader were waiting at the end
   */
  default void flightFailed(K key, Throwable failure, Duration loadTime, int followers) {}

  /**
   * The last of those who waited for a flight left it before its end. Whether the load goes on, and
   * may be joined again, is the group's configuration. Told at most once a flight.
   *
   * @param key the flight's key
   */
  default void flightAbandoned(K key) {}

  /**
   * A flight was forgotten while in flight: its callers still get its outcome, and nobody joins it.
   *
   * @param key the flight's key
   */
  default void flightForgotten(K key) {}

  /**
   * A call was refused with {@link RecursiveLoadException}.
   *
   * @param key the key of the flight that the call would have waited for
   */
  default void recursionRefused(K key) {}
}
