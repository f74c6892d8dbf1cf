package dev.singleflight.shared;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a tier can be told when it is built, and which of it makes no sense together. */
final class TierOptions implements Cloneable {

  /** Some of these together are still no more nanoseconds than a long can count. */
  private static final Duration LONGEST = Duration.ofDays(30_000);

  /** How many steps fail in a row until the tier is bypassed. */
  static final int FAILURES_TO_BYPASS = 3;

  /** How many loads of other processes may fail while one waits, until it fails too. */
  static final int FAILED_LEASES_TO_FAIL = 2;

  final String name;
  int schemaVersion = 1;
  @Nullable Duration fresh;
  Duration stale = Duration.ZERO;
  Duration freshNulls = Duration.ZERO;
  Duration lease = Duration.ofSeconds(5);
  Duration maxLoadTime = Duration.ofMinutes(1);
  Duration callTimeout = Duration.ofSeconds(1);
  Duration maxPoll = Duration.ofSeconds(1);
  Duration recoveryInterval = Duration.ofMillis(500);
  Function<Object, String> tenants = TenantNames::nameOf;
  @Nullable TierClock clock;

  TierOptions(String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "the name of a tier is 1 to 100 letters, digits or . _ -, and not \"" + name + '"');
    }
    this.name = name;
  }

  /** Returns the tier as engines know it. */
  String tier() {
    return name + '@' + schemaVersion;
  }

  static Duration positive(Duration value, String option) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(option + " must be positive: " + value);
    }
    return atMostLongest(value);
  }

  static Duration notNegative(Duration value, String option) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(option + " must not be negative: " + value);
    }
    return atMostLongest(value);
  }

  private static Duration atMostLongest(Duration value) {
    return value.compareTo(LONGEST) > 0 ? LONGEST : value;
  }

  /** Returns a checked copy that later changes do not reach. */
  TierOptions checkedCopy() {
    check(
        fresh != null,
        "nothing expires: set expireAfterWrite, which bounds for how long a value lives whose"
            + " invalidation is lost with the process that was to tell of it");
    check(
        lease.compareTo(callTimeout.multipliedBy(3)) >= 0,
        "leaseTime is less than three times callTimeout, so that a slow engine would end leases"
            + " whose loads go on: lengthen it, or shorten that");
    check(maxLoadTime.compareTo(lease) >= 0, "maxLoadTime is less than leaseTime: lengthen it");
    try {
      return (TierOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException(message);
    }
  }
}
