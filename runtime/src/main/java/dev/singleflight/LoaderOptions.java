package dev.singleflight;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Ticker;
import com.github.benmanes.caffeine.cache.Weigher;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a loader can be told when it is built, and which of it makes no sense together. */
final class LoaderOptions<K, V extends @Nullable Object> implements Cloneable {

  /** Of a duration: none was set. */
  static final long UNSET = -1;

  /** About 146 years; what is added to the time on the clock must not overflow. */
  static final long FOREVER = Long.MAX_VALUE >> 1;

  GroupOptions<K> group = new GroupOptions<>();
  boolean recordsStats = true;

  long maximumSize = UNSET;
  long maximumWeight = UNSET;
  @Nullable Weigher<? super K, ? super V> weigher;

  long ttlNanos = UNSET;
  @Nullable BiFunction<? super K, ? super V, Duration> ttlFunction;
  double jitter;
  @Nullable Function<? super Throwable, ? extends @Nullable Duration> failureTtl;
  long nullTtlNanos = UNSET;

  long refreshNanos = UNSET;
  double beta;
  long staleNanos = UNSET;

  @Nullable UnaryOperator<V> copier;
  @Nullable Loader<? super Set<K>, ? extends Map<? extends K, ? extends V>, ?> bulkLoader;

  @Nullable LoaderTier<K, V> tier;

  /** The tenant whose loader is to be built, or null. */
  @Nullable Object tenant;

  Ticker ticker = Ticker.systemTicker();
  DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

  long maximumTenants = UNSET;
  long tenantIdleNanos = UNSET;
  boolean recordsStatsPerTenant;

  void maximumSize(long value) {
    maximumSize = notNegative(value, "maximumSize");
  }

  void maximumWeight(long value) {
    maximumWeight = notNegative(value, "maximumWeight");
  }

  void expireAfterWrite(Duration value) {
    ttlNanos = notNegative(value, "expireAfterWrite");
  }

  void jitter(double fraction) {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException("jitter must be at least 0 and less than 1: " + fraction);
    }
    jitter = fraction;
  }

  void cacheNulls(Duration value) {
    nullTtlNanos = notNegative(value, "cacheNulls");
  }

  void refreshAfterWrite(Duration value) {
    refreshNanos = positive(value, "refreshAfterWrite");
  }

  void refreshEarly(double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("beta must be positive and finite: " + value);
    }
    beta = value;
  }

  void staleIfError(Duration value) {
    staleNanos = notNegative(value, "staleIfError");
  }

  void ticker(Ticker value) {
    ticker = requireNonNull(value, "ticker must not be null");
    group.nanoTime(value::read);
  }

  void maximumTenants(long value) {
    maximumTenants = notNegative(value, "maximumTenants");
  }

  void expireTenantsAfterAccess(Duration value) {
    tenantIdleNanos = positive(value, "expireTenantsAfterAccess");
  }

  /** Whether what is cached has to be an entry, rather than just its value. */
  boolean wraps() {
    return timed() || weigher != null;
  }

  /** Whether each entry has to know times of its own. */
  boolean timed() {
    return individualLifetimes() || watched();
  }

  /** Whether entries live for different times, so that one setting of Caffeine's will not do. */
  boolean individualLifetimes() {
    return ttlFunction != null || jitter > 0 || failureTtl != null || nullTtlNanos != UNSET;
  }

  /** Whether each hit has to look at the clock. */
  boolean watched() {
    return refreshes() || staleNanos != UNSET;
  }

  /** Whether hits may start loads in the background. */
  boolean refreshes() {
    return refreshNanos != UNSET || beta > 0;
  }

  /** Returns for how long an entry is kept after its time to live. */
  long keptStaleNanos() {
    return Math.max(0, staleNanos);
  }

  boolean expires() {
    return ttlNanos != UNSET || ttlFunction != null;
  }

  /** Returns a checked copy, for a loader that later changes must not reach. */
  @SuppressWarnings("unchecked") // narrower types, as the builder's setters have promised
  <K1, V1 extends @Nullable Object> LoaderOptions<K1, V1> checkedCopy() {
    check(
        weigher == null || maximumWeight != UNSET,
        "weigher is set without maximumWeight: set that too");
    check(
        weigher != null || maximumWeight == UNSET,
        "maximumWeight is set without weigher: set that too, or maximumSize instead");
    check(
        maximumSize == UNSET || maximumWeight == UNSET,
        "maximumSize and maximumWeight are both set: choose one");
    check(
        ttlNanos == UNSET || ttlFunction == null,
        "expireAfterWrite is set as a duration and as a function: choose one");
    check(
        jitter == 0 || expires() || failureTtl != null || nullTtlNanos != UNSET,
        "jitter is set and nothing expires: set expireAfterWrite");
    check(
        refreshNanos == UNSET || ttlNanos == UNSET || refreshNanos < ttlNanos,
        "refreshAfterWrite is not shorter than expireAfterWrite, so nothing would ever be"
            + " refreshed: shorten it");
    check(beta == 0 || expires(), "refreshEarly is set and nothing expires: set expireAfterWrite");
    check(
        staleNanos == UNSET || expires(),
        "staleIfError is set and nothing expires: set expireAfterWrite");
    check(
        tier == null || expires(),
        "sharedTier is set and nothing expires: set expireAfterWrite, which bounds for how long a"
            + " value may be served that another process has invalidated");
    LoaderOptions<K, V> copy = copy();
    copy.group = group.copyToBuild();
    return (LoaderOptions<K1, V1>) copy;
  }

  LoaderOptions<K, V> copy() {
    try {
      @SuppressWarnings("unchecked") // a clone is of the same class
      LoaderOptions<K, V> copy = (LoaderOptions<K, V>) clone();
      copy.group = group.copy();
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  void checkTenants() {
    check(
        bulkLoader == null,
        "bulkLoader is set, and is not told the tenant: pass one that is to buildPerTenant");
    check(
        recordsStats || !recordsStatsPerTenant,
        "recordStatsPerTenant is set and statistics are switched off: call recordStats(true)");
  }

  void checkNoTenants() {
    check(
        maximumTenants == UNSET && tenantIdleNanos == UNSET && !recordsStatsPerTenant,
        "an option for tenants is set: call buildPerTenant");
  }

  static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException(message);
    }
  }

  private static long notNegative(long value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
    return value;
  }

  static long notNegative(Duration value, String name) {
    requireNonNull(value, () -> name + " must not be null");
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative: " + value);
    }
    return Math.min(FOREVER, Durations.saturatedNanos(value));
  }

  private static long positive(Duration value, String name) {
    if (notNegative(value, name) == 0) {
      throw new IllegalArgumentException(name + " must not be zero");
    }
    return notNegative(value, name);
  }
}
