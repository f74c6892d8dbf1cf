package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LoaderStatsTest {

  private final FakeTicker clock = new FakeTicker();
  private final CountingLoader counting = new CountingLoader();
  private final SingleflightLoader<String, String> loader =
      SingleflightLoader.newBuilder()
          .ticker(clock)
          .build(
              key -> {
                clock.advanceSeconds(2);
                return counting.load(key);
              });

  @Test
  void countsHitsMissesAndLoads() {
    assertThat(loader.get("k")).isNotNull();
    assertThat(loader.get("k")).isNotNull();
    assertThat(loader.getIfPresent("k")).isPresent();
    assertThat(loader.getIfPresent("none")).isEmpty();
    assertThat(loader.getAsync("k")).isCompleted();
    Stats stats = loader.stats();
    assertThat(stats.calls()).isEqualTo(5);
    assertThat(stats.hits()).isEqualTo(3);
    assertThat(stats.misses()).isEqualTo(2);
    assertThat(stats.hitRatio()).isEqualTo(0.6);
    assertThat(stats.leaders()).isEqualTo(1);
    assertThat(stats.loads()).isEqualTo(1);
    assertThat(stats.failures()).isZero();
    assertThat(stats.loadTimes().total()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void countsFailuresWithTheirTime() {
    counting.failWith(new IllegalStateException());
    assertThatThrownBy(() -> loader.get("k")).isInstanceOf(IllegalStateException.class);
    assertThat(loader.stats().loads()).isEqualTo(1);
    assertThat(loader.stats().failures()).isEqualTo(1);
    assertThat(loader.stats().loadTimes().total()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void countsALoadThatCannotBegin() {
    SingleflightLoader<String, String> rejected =
        SingleflightLoader.newBuilder()
            .executor(
                task -> {
                  throw new RejectedExecutionException("full");
                })
            .build(key -> "never");
    assertThatThrownBy(() -> rejected.get("k")).hasMessage("full");
    assertThat(rejected.stats().failures()).isEqualTo(1);
    assertThat(rejected.stats().loads()).isZero();
  }

  @Test
  void countsFollowers() {
    GatedLoader<String> gated = GatedLoader.returning("v");
    SingleflightLoader<String, String> slow = SingleflightLoader.newBuilder().build(gated);
    Call<String> leader = Call.start(() -> slow.get("k"));
    gated.awaitBegun();
    Call<String> follower = Call.start(() -> slow.get("k")).awaitWaiting();
    gated.open();
    assertThat(leader.get()).isEqualTo(follower.get());
    assertThat(slow.stats().misses()).isEqualTo(2);
    assertThat(slow.stats().leaders()).isEqualTo(1);
    assertThat(slow.stats().followers()).isEqualTo(1);
    assertThat(slow.stats().loads()).isEqualTo(1);
    assertThat(slow.stats().coalescingRatio()).isEqualTo(0.5);
  }

  @Test
  void refreshIsNeitherHitNorMiss() {
    assertThat(loader.refresh("k").join()).isNotNull();
    assertThat(loader.stats().calls()).isZero();
    assertThat(loader.stats().leaders()).isEqualTo(1);
    assertThat(loader.stats().loads()).isEqualTo(1);
  }

  @Test
  void cachedFailureIsAHit() {
    SingleflightLoader<String, String> one =
        SingleflightLoader.newBuilder()
            .cacheFailures(failure -> true, Duration.ofMinutes(1))
            .build(counting.failWith(new IllegalStateException()));
    assertThatThrownBy(() -> one.get("k")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> one.get("k")).isInstanceOf(IllegalStateException.class);
    assertThat(one.stats().hits()).isEqualTo(1);
    assertThat(one.stats().failures()).as("of loads").isEqualTo(1);
  }

  @Test
  void nothingIsRecordedWhereThatIsSwitchedOff() {
    SingleflightLoader<String, String> silent =
        SingleflightLoader.newBuilder().recordStats(false).build(counting);
    assertThat(silent.get("k")).isEqualTo(silent.get("k"));
    assertThat(silent.stats()).isSameAs(Stats.NONE);
  }

  @Test
  void listenerIsToldOfFlights() {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    SingleflightLoader<String, String> heard =
        SingleflightLoader.newBuilder()
            .listener(
                new FlightListener<String>() {
                  @Override
                  public void flightStarted(String key) {
                    told.add("started " + key);
                  }

                  @Override
                  public void flightFinished(String key, Duration loadTime, int followers) {
                    told.add("finished " + key);
                  }

                  @Override
                  public void flightFailed(
                      String key, Throwable failure, Duration loadTime, int followers) {
                    told.add("failed " + key);
                  }
                })
            .build(counting);
    assertThat(heard.get("k")).isEqualTo(heard.get("k"));
    counting.failWith(new IllegalStateException());
    assertThatThrownBy(() -> heard.get("l")).isInstanceOf(IllegalStateException.class);
    assertThat(told).containsExactly("started k", "finished k", "started l", "failed l");
  }
}
