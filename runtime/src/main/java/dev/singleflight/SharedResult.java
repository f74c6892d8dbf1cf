package dev.singleflight;

import com.google.errorprone.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * What {@link SingleflightGroup#executeShared(Object, Loader)} returns: the value, and how it was
 * shared.
 *
 * <p>The record is immutable; the value is the very object every caller of the flight got, so
 * whoever wants to change it has to copy it first, unless {@link #isShared()} is false.
 *
 * @param value the loaded value; {@code null} if the loader returned that
 * @param isLeader whether this caller's call started the load
 * @param followers how many callers besides the leader were waiting for the value when the load
 *     ended; callers that had given up by then do not count. The same number for every caller of
 *     one flight
 * @param <V> the type of the value; it may be nullable
 */
@Immutable(containerOf = "V")
public record SharedResult<V extends @Nullable Object>(V value, boolean isLeader, int followers) {

  /**
   * Creates a result.
   *
   * @throws IllegalArgumentException if {@code followers} is negative
   */
  public SharedResult {
    if (followers < 0) {
      throw new IllegalArgumentException("followers must not be negative: " + followers);
    }
  }

  /** Returns whether this caller joined a load that another caller had started. */
  public boolean isFollower() {
    return !isLeader;
  }

  /** Returns whether anybody else got the value too. */
  public boolean isShared() {
    return followers > 0;
  }
}
