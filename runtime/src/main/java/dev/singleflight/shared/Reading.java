package dev.singleflight.shared;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of {@link TierEngine#readOrLease}. */
public final class Reading {

  private static final Reading LEASED =
      new Reading(State.LEASED, null, Duration.ZERO, Duration.ZERO);

  /** What can come of it. */
  public enum State {
    /** There was a value. */
    HIT,
    /** There was none, and the lease was free and has been taken. */
    LEASED,
    /** There was none, and another has the lease. */
    BUSY
  }

  private final State state;
  private final byte @Nullable [] payload;
  private final Duration left;
  private final Duration age;

  private Reading(State state, byte @Nullable [] payload, Duration left, Duration age) {
    this.state = state;
    this.payload = payload;
    this.left = left;
    this.age = age;
  }

  /** Returns that there was a fresh value. */
  public static Reading hit(byte[] payload) {
    return new Reading(State.HIT, payload, Duration.ZERO, Duration.ZERO);
  }

  /** Returns that the lease has been taken. */
  public static Reading leased() {
    return LEASED;
  }

  /**
   * Returns that another has the lease.
   *
   * @param left for how long, unless it is renewed; not negative
   * @param age how long ago it was taken; not negative
   * @param stale a value that is no longer fresh, but young enough and still kept; or null
   */
  public static Reading busy(Duration left, Duration age, byte @Nullable [] stale) {
    return new Reading(State.BUSY, stale, left, age);
  }

  /** Returns what came of it. */
  public State state() {
    return state;
  }

  /** Returns the value of a hit; of a lease that another has perhaps an old one; else null. */
  public byte @Nullable [] payload() {
    return payload;
  }

  /** Returns for how long another has the lease, or zero. */
  public Duration left() {
    return left;
  }

  /** Returns how long ago another has taken the lease, or zero. */
  public Duration age() {
    return age;
  }

  @Override
  public String toString() {
    return state + (payload == null ? "" : ", " + payload.length + " bytes");
  }
}
