package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class GroupStatsTest {

  private final AtomicLong nanos = new AtomicLong();
  private final SingleflightGroup<String, Object> group =
      SingleflightGroup.newBuilder().nanoTime(nanos::get).recordStats().build();

  @Test
  void groupRecordsNothingUnlessToldTo() {
    SingleflightGroup<String, Object> quiet = SingleflightGroup.create();
    assertThat(quiet.execute("k", () -> "v")).isEqualTo("v");
    assertThat(quiet.stats()).isEqualTo(Stats.NONE);
    quiet.recordStats();
    quiet.recordStats();
    assertThat(quiet.execute("k", () -> "v")).isEqualTo("v");
    assertThat(quiet.stats().calls()).isEqualTo(1);
  }

  @Test
  void groupThatRecordsLaterKeepsItsListener() {
    AtomicInteger started = new AtomicInteger();
    SingleflightGroup<String, Object> listened =
        SingleflightGroup.newBuilder()
            .listener(
                new FlightListener<String>() {
                  @Override
                  public void flightStarted(String key) {
                    started.incrementAndGet();
                  }
                })
            .build();
    assertThat(listened.stats()).isEqualTo(Stats.NONE);
    listened.recordStats();
    assertThat(listened.execute("k", () -> "v")).isEqualTo("v");
    assertThat(started).hasValue(1);
    assertThat(listened.stats().leaders()).isEqualTo(1);
  }

  @Test
  void callsAreLeadersAndFollowers() {
    GatedLoader<Object> loader = GatedLoader.returning("v");
    CompletableFuture<Object> leader = group.executeAsync("k", loader);
    CompletableFuture<Object> second = group.executeAsync("k", loader);
    CompletableFuture<Object> third = group.executeAsync("k", loader);
    loader.awaitBegun();
    loader.open();
    assertThat(leader.join()).isEqualTo("v");
    // The load is counted before any caller has its value.
    assertThat(group.stats().loads()).isEqualTo(1);
    assertThat(second.join()).isEqualTo("v");
    assertThat(third.join()).isEqualTo("v");
    Stats stats = group.stats();
    assertThat(stats.calls()).isEqualTo(3);
    assertThat(stats.leaders()).isEqualTo(1);
    assertThat(stats.followers()).isEqualTo(2);
    assertThat(stats.failures()).isZero();
    assertThat(stats.coalescingRatio()).isEqualTo(2.0 / 3, within(1e-9));
    assertThat(stats.hits()).isZero();
    assertThat(stats.hitRatio()).isZero();
  }

  @Test
  @SuppressWarnings("SingleflightRecursiveLoad") // to be refused and counted
  void whatGoesWrongIsCounted() {
    assertThatThrownBy(() -> group.execute("k", key -> group.execute(key, () -> "v")))
        .isInstanceOf(RecursiveLoadException.class);
    GatedLoader<Object> loader = GatedLoader.returning("v");
    group.executeAsync("other", loader).cancel(true);
    loader.awaitBegun();
    Stats stats = group.stats();
    assertThat(stats.recursionsRefused()).isEqualTo(1);
    assertThat(stats.failures()).isEqualTo(1);
    assertThat(stats.loads()).isEqualTo(1);
    assertThat(stats.abandoned()).isEqualTo(1);
    loader.open();
  }

  @Test
  void loadTimesHaveTwoDigits() {
    for (int millis = 1; millis <= 100; millis++) {
      Duration time = Duration.ofMillis(millis);
      assertThat(
              group.execute(
                  "k",
                  () -> {
                    nanos.addAndGet(time.toNanos());
                    return "v";
                  }))
          .isEqualTo("v");
    }
    Stats.LoadTimes times = group.stats().loadTimes();
    assertThat(times.count()).isEqualTo(100);
    assertThat(times.total()).isEqualTo(Duration.ofMillis(5050));
    assertThat(times.mean()).isEqualTo(Duration.ofMillis(5050).dividedBy(100));
    assertThat(times.median().toMillis()).isCloseTo(50, within(1L));
    assertThat(times.p90().toMillis()).isCloseTo(90, within(1L));
    assertThat(times.p99().toMillis()).isCloseTo(99, within(1L));
    assertThat(times.p999().toMillis()).isCloseTo(100, within(1L));
    assertThat(times.max().toMillis()).isCloseTo(100, within(1L));
  }

  @Test
  void loadLongerThanExpectedIsCountedToo() {
    assertThat(
            group.execute(
                "k",
                () -> {
                  nanos.addAndGet(Duration.ofDays(1).toNanos());
                  return "v";
                }))
        .isEqualTo("v");
    assertThat(group.stats().loadTimes().max().toMinutes()).isCloseTo(1440, within(15L));
  }

  @Test
  void noneHasNoAverage() {
    assertThat(Stats.NONE.loadTimes().mean()).isZero();
    assertThat(Stats.NONE.coalescingRatio()).isZero();
  }
}
