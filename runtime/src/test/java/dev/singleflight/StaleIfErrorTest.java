package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class StaleIfErrorTest {

  private static final Duration TTL = Duration.ofSeconds(10);
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final FakeTicker clock = new FakeTicker();
  private final CountingLoader counting = new CountingLoader();
  private final SingleflightLoader<String, String> loader = builder().build(counting);

  private SingleflightLoader.Builder<Object, @Nullable Object> builder() {
    return SingleflightLoader.newBuilder().ticker(clock).expireAfterWrite(TTL).staleIfError(BOUND);
  }

  private void expire() {
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(TTL);
  }

  @Test
  void oldValueStandsInForATransientFailure() {
    expire();
    counting.failWith(new IOException());
    assertThat(loader.get("k")).isEqualTo("k#1");
    assertThat(loader.get("k")).isEqualTo("k#1");
    assertThat(counting.runs()).as("each call tries again").isEqualTo(3);
    assertThat(loader.stats().failures()).isEqualTo(2);
    counting.failWith(null);
    assertThat(loader.get("k")).isEqualTo("k#4");
  }

  @Test
  void loadThatSucceedsReplacesTheOldValue() {
    expire();
    assertThat(loader.get("k")).isEqualTo("k#2");
    assertThat(loader.get("k")).isEqualTo("k#2");
  }

  @Test
  void oldValueIsNoHit() {
    expire();
    assertThat(loader.getIfPresent("k")).isEmpty();
    assertThat(loader.getAsync("k").join()).isEqualTo("k#2");
  }

  @Test
  void allCallersOfTheFlightGetTheOldValue() {
    BlockingQueue<Loader<Object, String, Exception>> runs = new LinkedBlockingQueue<>();
    SingleflightLoader<String, String> one = builder().build(key -> runs.take().load(key));
    runs.add(key -> "old");
    assertThat(one.get("k")).isEqualTo("old");
    clock.advance(TTL);
    GatedLoader<String> failing =
        GatedLoader.doing(
            key -> {
              throw new IOException();
            });
    runs.add(failing);
    Call<String> leader = Call.start(() -> one.get("k"));
    failing.awaitBegun();
    Call<String> follower = Call.start(() -> one.get("k")).awaitWaiting();
    CompletableFuture<String> future = one.getAsync("k");
    failing.open();
    assertThat(leader.get()).isEqualTo("old");
    assertThat(follower.get()).isEqualTo("old");
    assertThat(future.join()).isEqualTo("old");
    assertThat(failing.runs()).isEqualTo(1);
  }

  @Test
  void oldValueBeyondTheBoundDoesNotStandIn() {
    expire();
    counting.failWith(new IOException());
    clock.advance(BOUND.minusMillis(1));
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> loader.get("k")).isInstanceOf(LoadException.class);
  }

  @Test
  void whatIsOfNoUseAnyMoreIsDropped() {
    for (int i = 0; i < 100; i++) {
      assertThat(loader.get("old" + i)).isNotNull();
    }
    assertThat(loader.estimatedSize()).isEqualTo(100);
    clock.advance(TTL.plus(BOUND).plusSeconds(1));
    Call.awaitTrue(
        () -> {
          assertThat(loader.get("new")).isNotNull();
          return loader.estimatedSize() == 1;
        });
  }

  /** Caffeine's clock lags a little where each hit looks at the real one. */
  @Test
  void valueWrittenWhileTheClockLagsIsNotDroppedTooEarly() {
    clock.advance(Duration.ofNanos(LaggingTicker.STEP_NANOS - 1));
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(TTL.plus(BOUND).minusNanos(1));
    counting.failWith(new IOException());
    assertThat(loader.getIfPresent("k")).isEmpty();
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(Duration.ofNanos(1));
    assertThatThrownBy(() -> loader.get("k")).isInstanceOf(LoadException.class);
  }

  @Test
  void boundIsThatOfTheEndOfTheLoad() {
    SingleflightLoader<String, String> one =
        builder()
            .build(
                key -> {
                  if (counting.runs() > 0) {
                    clock.advance(Duration.ofSeconds(2));
                  }
                  return counting.load(key);
                });
    assertThat(one.get("k")).isEqualTo("k#1");
    counting.failWith(new IOException());
    clock.advance(TTL.plus(BOUND).minusSeconds(1));
    assertThatThrownBy(() -> one.get("k")).isInstanceOf(LoadException.class);
  }

  @Test
  void errorIsNotStoodInFor() {
    expire();
    AssertionError error = new AssertionError();
    counting.failWith(error);
    assertThatThrownBy(() -> loader.get("k")).isSameAs(error);
  }

  @Test
  void permanentFailureIsNotStoodInFor() {
    SingleflightLoader<String, String> one =
        builder().cacheFailures(FileNotFoundException.class::isInstance, TTL).build(counting);
    assertThat(one.get("k")).isEqualTo("k#1");
    clock.advance(TTL);
    counting.failWith(new IOException());
    assertThat(one.get("k")).isEqualTo("k#1");
    counting.failWith(new FileNotFoundException());
    assertThatThrownBy(() -> one.get("k")).isInstanceOf(LoadException.class);
    counting.failWith(new IOException());
    assertThatThrownBy(() -> one.get("k"))
        .as("cached")
        .hasCauseInstanceOf(FileNotFoundException.class);
    clock.advance(TTL);
    assertThatThrownBy(() -> one.get("k"))
        .as("the old value is gone")
        .isInstanceOf(LoadException.class)
        .cause()
        .isExactlyInstanceOf(IOException.class);
  }

  @Test
  void invalidatedValueDoesNotStandIn() {
    expire();
    loader.invalidate("k");
    counting.failWith(new IOException());
    assertThatThrownBy(() -> loader.get("k")).isInstanceOf(LoadException.class);
  }

  @Test
  void nullDoesNotStandIn() {
    SingleflightLoader<String, String> one =
        builder().cacheNulls(TTL).build(counting.returningNull());
    assertThat(one.get("k")).isNull();
    clock.advance(TTL);
    counting.failWith(new IOException());
    assertThatThrownBy(() -> one.get("k")).isInstanceOf(LoadException.class);
  }

  @Test
  void refreshTellsOfTheFailure() {
    assertThat(loader.get("k")).isEqualTo("k#1");
    IllegalStateException thrown = new IllegalStateException();
    counting.failWith(thrown);
    assertThatThrownBy(() -> loader.refresh("k").join()).cause().isSameAs(thrown);
    assertThat(loader.get("k")).isEqualTo("k#1");
  }

  @Test
  void eachTimeToLiveIsKeptForTheBoundLonger() {
    SingleflightLoader<String, String> one =
        SingleflightLoader.newBuilder()
            .ticker(clock)
            .expireAfterWrite((String key, String value) -> TTL)
            .staleIfError(BOUND)
            .build(counting);
    assertThat(one.get("k")).isEqualTo("k#1");
    clock.advance(TTL.plus(BOUND).minusMillis(1));
    counting.failWith(new IOException());
    assertThat(one.get("k")).isEqualTo("k#1");
    clock.advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> one.get("k")).isInstanceOf(LoadException.class);
  }

  @Test
  void refreshInTheBackgroundThatFailsIsTriedAgain() {
    SingleflightLoader<String, String> one =
        builder().refreshAfterWrite(Duration.ofSeconds(2)).build(counting);
    assertThat(one.get("k")).isEqualTo("k#1");
    counting.failWith(new IOException());
    clock.advanceSeconds(2);
    assertThat(one.get("k")).isEqualTo("k#1");
    Call.awaitTrue(() -> counting.runs() == 2 && one.inFlight() == 0);
    clock.advanceSeconds(2);
    counting.failWith(null);
    Call.awaitTrue(
        () -> {
          assertThat(one.get("k")).isIn("k#1", "k#3");
          return counting.runs() == 3;
        });
  }

  @Test
  void oldValuesStandInForABulkLoadThatFails() {
    SingleflightLoader<String, String> one =
        builder()
            .<String, String>bulkLoader(
                keys -> {
                  throw new IOException("bulk");
                })
            .build(counting);
    assertThat(one.get("a")).isEqualTo("a#1");
    assertThat(one.get("b")).isEqualTo("b#2");
    clock.advance(TTL);
    assertThat(one.getAll(List.of("a", "b"))).isEqualTo(Map.of("a", "a#1", "b", "b#2"));
    assertThatThrownBy(() -> one.getAll(List.of("a", "new")))
        .isInstanceOf(LoadException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void permanentFailureOfABulkLoadIsNotStoodInFor() {
    SingleflightLoader<String, String> one =
        builder()
            .cacheFailures(FileNotFoundException.class::isInstance, TTL)
            .<String, String>bulkLoader(
                keys -> {
                  throw new FileNotFoundException();
                })
            .build(counting);
    assertThat(one.get("a")).isEqualTo("a#1");
    clock.advance(TTL);
    assertThatThrownBy(() -> one.getAll(List.of("a")))
        .isInstanceOf(LoadException.class)
        .hasCauseInstanceOf(FileNotFoundException.class);
    assertThat(one.get("a")).as("not cached").isEqualTo("a#2");
  }
}
