package dev.singleflight;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a group can be told when it is built; the builders of group and loader both fill it in. */
final class GroupOptions<K> implements Cloneable {

  static final long ANY_AGE = Long.MAX_VALUE;
  static final int NO_LIMIT = Integer.MAX_VALUE;

  @Nullable String name;
  @Nullable Executor executor;
  @Nullable LoadContext context;
  @Nullable FlightListener<? super K> listener;
  @Nullable StatsRecorder stats;

  /** Whether each flight is a load, to be counted as one. */
  boolean flightsAreLoads = true;

  int maxInFlight = NO_LIMIT;
  SingleflightGroup.WhenFull whenFull = SingleflightGroup.WhenFull.WAIT;
  long maxJoinAgeNanos = ANY_AGE;
  boolean interruptsAbandoned;
  LongSupplier nanoTime = System::nanoTime;

  /** That of threads which the group starts: loads need the application's. */
  @Nullable ClassLoader contextClassLoader = ownContextClassLoader();

  private static @Nullable ClassLoader ownContextClassLoader() {
    return Thread.currentThread().getContextClassLoader();
  }

  void name(String value) {
    name = requireNonNull(value, "name must not be null");
  }

  void executor(Executor value) {
    executor = requireNonNull(value, "executor must not be null");
  }

  void context(LoadContext value) {
    context = requireNonNull(value, "context must not be null");
  }

  @SuppressWarnings("unchecked") // from now on the builder builds for keys of the narrower type
  void listener(FlightListener<?> value) {
    listener = (FlightListener<? super K>) requireNonNull(value, "listener must not be null");
  }

  void maxInFlight(int max, SingleflightGroup.WhenFull policy) {
    if (max < 1) {
      throw new IllegalArgumentException("maxInFlight must be at least 1: " + max);
    }
    maxInFlight = max;
    whenFull = requireNonNull(policy, "whenFull must not be null");
  }

  void maxJoinAge(Duration value) {
    requireNonNull(value, "maxJoinAge must not be null");
    if (value.isNegative()) {
      throw new IllegalArgumentException("maxJoinAge must not be negative: " + value);
    }
    maxJoinAgeNanos = Durations.saturatedNanos(value);
  }

  void nanoTime(LongSupplier value) {
    nanoTime = requireNonNull(value, "nanoTime must not be null");
  }

  /** Whether flights have to keep more than the bare minimum, whatever is observed. */
  boolean trackFlights() {
    return maxInFlight != NO_LIMIT || maxJoinAgeNanos != ANY_AGE || interruptsAbandoned;
  }

  /** Returns what is set now, for a group that is built by the current thread. */
  <K1> GroupOptions<K1> copyToBuild() {
    GroupOptions<K1> copy = copy();
    copy.contextClassLoader = ownContextClassLoader();
    return copy;
  }

  /** Returns what is set now, for a group that later changes must not reach. */
  @SuppressWarnings("unchecked") // a clone is of the same class; see listener(…) for the type
  <K1> GroupOptions<K1> copy() {
    try {
      return (GroupOptions<K1>) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
