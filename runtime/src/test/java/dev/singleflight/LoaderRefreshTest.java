package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class LoaderRefreshTest {

  private static final Duration AGE = Duration.ofSeconds(10);

  private final FakeTicker clock = new FakeTicker();
  private final CountingLoader counting = new CountingLoader();

  private SingleflightLoader.Builder<Object, @Nullable Object> builder() {
    return SingleflightLoader.newBuilder().ticker(clock);
  }

  @Test
  void refreshLoadsWhateverIsCached() {
    SingleflightLoader<String, String> loader = builder().build(counting);
    assertThat(loader.refresh("k").join()).isEqualTo("k#1");
    assertThat(loader.get("k")).isEqualTo("k#1");
    assertThat(loader.refresh("k").join()).isEqualTo("k#2");
    assertThat(loader.get("k")).isEqualTo("k#2");
  }

  @Test
  void refreshJoinsALoadUnderWay() {
    GatedLoader<String> gated = GatedLoader.returning("v");
    SingleflightLoader<String, String> loader = builder().build(gated);
    Call<String> call = Call.start(() -> loader.get("k"));
    gated.awaitBegun();
    CompletableFuture<String> one = loader.refresh("k");
    CompletableFuture<String> two = loader.refresh("k");
    assertThat(one).isNotSameAs(two);
    gated.open();
    assertThat(call.get()).isEqualTo("v");
    assertThat(one.join()).isEqualTo("v");
    assertThat(two.join()).isEqualTo("v");
    assertThat(gated.runs()).isEqualTo(1);
  }

  @Test
  void hitsGetTheOldValueWhileARefreshRuns() {
    BlockingQueue<GatedLoader<String>> runs = new LinkedBlockingQueue<>();
    SingleflightLoader<String, String> loader = builder().build(key -> runs.take().load(key));
    GatedLoader<String> first = GatedLoader.returning("first");
    GatedLoader<String> second = GatedLoader.returning("second");
    first.open();
    runs.add(first);
    assertThat(loader.get("k")).isEqualTo("first");
    runs.add(second);
    CompletableFuture<String> refreshed = loader.refresh("k");
    second.awaitBegun();
    assertThat(loader.get("k")).isEqualTo("first");
    second.open();
    assertThat(refreshed.join()).isEqualTo("second");
    assertThat(loader.get("k")).isEqualTo("second");
  }

  /** The flight that a refresh joins may be of a get that found the entry which is cached. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refreshIsNotSatisfiedWithWhatWasCached(boolean watched) throws Exception {
    SingleflightLoader<HookedKey, String> loader =
        watched ? builder().refreshAfterWrite(AGE).build(counting) : builder().build(counting);
    CountDownLatch missed = new CountDownLatch(1);
    CountDownLatch lead = new CountDownLatch(1);
    CountDownLatch found = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    HookedKey late =
        new HookedKey("k")
            .at(
                FlightTable.class,
                "mapped",
                () -> {
                  missed.countDown();
                  await(lead);
                });
    Call<String> get = Call.start(() -> loader.get(late));
    await(missed);
    assertThat(loader.get(new HookedKey("k"))).isEqualTo("k#1");
    late.at(
        PendingLoads.class,
        "giveBack",
        () -> {
          found.countDown();
          await(end);
        });
    lead.countDown();
    await(found);

    CompletableFuture<String> refreshed = loader.refresh(new HookedKey("k"));
    assertThat(counting.runs()).as("it has joined").isEqualTo(1);
    end.countDown();
    assertThat(get.get()).isEqualTo("k#1");
    assertThat(refreshed.get(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("k#2");
  }

  @Test
  void refreshMayBringTheSameInstanceAgain() {
    SingleflightLoader<String, String> loader = builder().build(counting.does(key -> "same"));
    assertThat(loader.get("k")).isEqualTo("same");
    assertThat(loader.refresh("k").join()).isEqualTo("same");
    assertThat(counting.runs()).isEqualTo(2);
  }

  @Test
  void failedRefreshLeavesTheValueAndFailsTheFuture() {
    SingleflightLoader<String, String> loader = builder().build(counting);
    assertThat(loader.get("k")).isEqualTo("k#1");
    RuntimeException thrown = new RuntimeException();
    counting.failWith(thrown);
    CompletableFuture<String> refreshed = loader.refresh("k");
    assertThatThrownBy(refreshed::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isSameAs(thrown);
    assertThat(loader.get("k")).isEqualTo("k#1");
  }

  @Test
  void cancelledRefreshStopsItsCallerAlone() {
    GatedLoader<String> gated = GatedLoader.returning("v");
    SingleflightLoader<String, String> loader = builder().build(gated);
    CompletableFuture<String> refreshed = loader.refresh("k");
    gated.awaitBegun();
    assertThat(refreshed.cancel(true)).isTrue();
    Call<String> call = Call.start(() -> loader.get("k")).awaitWaiting();
    gated.open();
    assertThat(call.get()).isEqualTo("v");
    assertThat(gated.runs()).isEqualTo(1);
  }

  private SingleflightLoader<String, String> refreshing() {
    return builder().refreshAfterWrite(AGE).build(counting);
  }

  private void awaitNothingInFlight(SingleflightLoader<?, ?> loader, int runs) {
    Call.awaitTrue(() -> counting.runs() == runs && loader.inFlight() == 0);
  }

  @Test
  void hitOnAnOldValueRefreshesItInTheBackground() {
    SingleflightLoader<String, String> loader = refreshing();
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(AGE.minusNanos(1));
    assertThat(loader.get("k")).isEqualTo("k#1");
    assertThat(loader.inFlight()).isZero();
    clock.advance(Duration.ofNanos(1));
    assertThat(loader.get("k")).isEqualTo("k#1");
    awaitNothingInFlight(loader, 2);
    assertThat(loader.get("k")).isEqualTo("k#2");
    assertThat(loader.stats().misses()).as("hits all the same").isEqualTo(1);
  }

  @Test
  void hundredHitsStartOneRefresh() {
    GatedLoader<String> gated = GatedLoader.returning("new");
    SingleflightLoader<String, String> loader =
        builder()
            .refreshAfterWrite(AGE)
            .build(
                key -> {
                  String old = counting.load(key);
                  return counting.runs() == 1 ? old : gated.load(key);
                });
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(AGE);
    for (int i = 0; i < 100; i++) {
      assertThat(loader.get("k")).isEqualTo("k#1");
      clock.advance(AGE);
    }
    gated.awaitBegun().open();
    awaitNothingInFlight(loader, 2);
    assertThat(loader.get("k")).isEqualTo("new");
    assertThat(loader.stats().leaders()).isEqualTo(2);
    assertThat(loader.stats().followers()).isZero();
  }

  /** A thread that has found the old entry may come to look at its age after it was replaced. */
  @Test
  void lateHitOnAReplacedEntryStartsNoFurtherRefresh() {
    CountDownLatch looked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicReference<@Nullable Thread> late = new AtomicReference<>();
    SingleflightLoader<String, String> loader =
        SingleflightLoader.newBuilder()
            .refreshAfterWrite(AGE)
            .ticker(
                () -> {
                  if (late.compareAndSet(Thread.currentThread(), null)) {
                    looked.countDown();
                    await(goOn);
                  }
                  return clock.read();
                })
            .build(counting);
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(AGE);
    Call<String> lateHit =
        Call.start(
            () -> {
              late.set(Thread.currentThread());
              return loader.get("k");
            });
    await(looked);
    assertThat(loader.get("k")).isEqualTo("k#1");
    Call.awaitTrue(() -> loader.getIfPresent("k").equals(Optional.of("k#2")));
    awaitNothingInFlight(loader, 2);
    clock.advance(AGE);
    goOn.countDown();
    assertThat(lateHit.get()).isEqualTo("k#1");
    awaitNothingInFlight(loader, 2);
    assertThat(loader.stats().leaders()).isEqualTo(2);
  }

  @Test
  void anyHitCountsForTheRefresh() {
    SingleflightLoader<String, String> loader = refreshing();
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(AGE);
    assertThat(loader.getIfPresent("k")).contains("k#1");
    awaitNothingInFlight(loader, 2);
    clock.advance(AGE);
    assertThat(loader.getAsync("k")).isCompletedWithValue("k#2");
    awaitNothingInFlight(loader, 3);
    assertThat(loader.get("k")).isEqualTo("k#3");
  }

  @Test
  void failedRefreshIsTriedAgainAfterTheSameTimeAgain() {
    SingleflightLoader<String, String> loader = refreshing();
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(AGE);
    counting.failWith(new IllegalStateException());
    assertThat(loader.get("k")).isEqualTo("k#1");
    awaitNothingInFlight(loader, 2);
    clock.advance(AGE.minusNanos(1));
    assertThat(loader.get("k")).isEqualTo("k#1");
    assertThat(loader.inFlight()).isZero();
    counting.failWith(null);
    clock.advance(Duration.ofNanos(1));
    Call.awaitTrue(
        () -> {
          // The failure may be about to be noted.
          assertThat(loader.get("k")).isIn("k#1", "k#3");
          return counting.runs() == 3;
        });
    awaitNothingInFlight(loader, 3);
    assertThat(loader.get("k")).isEqualTo("k#3");
    assertThat(loader.stats().failures()).isEqualTo(1);
  }

  @Test
  void valueThatNobodyAsksForExpires() {
    SingleflightLoader<String, String> loader =
        builder().refreshAfterWrite(AGE).expireAfterWrite(AGE.multipliedBy(2)).build(counting);
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(AGE.multipliedBy(2));
    assertThat(loader.getIfPresent("k")).isEmpty();
    assertThat(counting.runs()).isEqualTo(1);
    assertThat(loader.get("k")).isEqualTo("k#2");
  }

  @Test
  void nullsAndFailuresAreNotRefreshed() {
    SingleflightLoader<String, String> loader =
        builder()
            .refreshAfterWrite(AGE)
            .cacheNulls(AGE.multipliedBy(3))
            .cacheFailures(failure -> true, AGE.multipliedBy(3))
            .build(
                key -> {
                  if (key.equals("null")) {
                    return counting.returningNull().load(key);
                  }
                  return counting.failWith(new IllegalStateException()).load(key);
                });
    assertThat(loader.get("null")).isNull();
    assertThatThrownBy(() -> loader.get("failure")).isInstanceOf(IllegalStateException.class);
    clock.advance(AGE.multipliedBy(2));
    assertThat(loader.get("null")).isNull();
    assertThatThrownBy(() -> loader.get("failure")).isInstanceOf(IllegalStateException.class);
    assertThat(loader.inFlight()).isZero();
    assertThat(counting.runs()).isEqualTo(2);
  }

  @Test
  void refreshRejectedByTheExecutorLeavesTheHitAlone() {
    SingleflightLoader<String, String> loader =
        builder()
            .refreshAfterWrite(AGE)
            .executor(
                task -> {
                  if (counting.runs() > 0) {
                    throw new RejectedExecutionException();
                  }
                  task.run();
                })
            .build(counting);
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(AGE);
    assertThat(loader.get("k")).isEqualTo("k#1");
    Call.awaitTrue(() -> loader.inFlight() == 0);
    assertThat(loader.get("k")).isEqualTo("k#1");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
