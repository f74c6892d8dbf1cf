package dev.singleflight;

import com.google.errorprone.annotations.Immutable;
import java.time.Duration;

/**
 * What a group or a loader has done so far: an immutable snapshot.
 *
 * <p>Each figure only ever grows, from the moment recording began. A snapshot is taken while others
 * call, figure by figure: each is exact for some instant during the call that took it, but not all
 * for the same one. When nothing is under way all are exact.
 *
 * @param calls calls made. Of a group: {@code leaders + followers}; of a loader: {@code hits +
 *     misses}, a call for several keys counting once for each
 * @param hits calls of a loader answered from its cache; zero for a group
 * @param misses calls of a loader that were not; zero for a group
 * @param leaders flights started, those of refreshes in the background included
 * @param followers calls that joined a flight which another had started
 * @param loads runs of the user's loader that have ended, by value or by failure
 * @param failures runs of the user's loader that have failed, and loads that could not be run
 * @param recursionsRefused calls refused with {@link RecursiveLoadException}
 * @param abandoned flights that all their callers left before the end
 * @param loadTimes how long the loads took
 */
@Immutable
public record Stats(
    long calls,
    long hits,
    long misses,
    long leaders,
    long followers,
    long loads,
    long failures,
    long recursionsRefused,
    long abandoned,
    LoadTimes loadTimes) {

  private static final Duration ZERO = Duration.ZERO;

  /** The snapshot of what records nothing. */
  static final Stats NONE =
      new Stats(0, 0, 0, 0, 0, 0, 0, 0, 0, new LoadTimes(0, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO));

  /**
   * Returns the share of flights' callers that were spared a load of their own: {@code followers /
   * (leaders + followers)}, or 0 if there were none.
   */
  public double coalescingRatio() {
    return ratio(followers, leaders + followers);
  }

  /** Returns the share of calls answered from the cache, or 0 if there were none. */
  public double hitRatio() {
    return ratio(hits, hits + misses);
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /**
   * How long loads took, from the call of the loader to its return or throw, precise to two
   * significant digits.
   *
   * @param count how many loads
   * @param total their times added up
   * @param median half of them took no longer
   * @param p90 nine in ten took no longer
   * @param p99 99 in 100 took no longer
   * @param p999 999 in 1,000 took no longer
   * @param max the longest
   */
  @Immutable
  public record LoadTimes(
      long count,
      Duration total,
      Duration median,
      Duration p90,
      Duration p99,
      Duration p999,
      Duration max) {

    /** Returns the average, or zero if there were none. */
    public Duration mean() {
      return count == 0 ? Duration.ZERO : total.dividedBy(count);
    }
  }
}
