package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every order in which a load can meet the steps of an invalidation, forced: voiding the tickets
 * (V), removing the entry (R), forgetting the flight (F). See {@link Store}.
 */
@Timeout(60)
final class InvalidationRaceTest {

  private final GatedLoader<String> old = GatedLoader.returning("old");
  private final GatedLoader<String> fresh = GatedLoader.returning("fresh");
  private final BlockingQueue<GatedLoader<String>> runs =
      new LinkedBlockingQueue<>(List.of(old, fresh));
  private final AtomicReference<@Nullable Runnable> onRead = new AtomicReference<>();
  private final Ticker ticker =
      () -> {
        Runnable due = onRead.get();
        if (due != null && isLanding() && onRead.compareAndSet(due, null)) {
          due.run();
        }
        return 0;
      };
  private final SingleflightLoader<HookedKey, String> loader =
      SingleflightLoader.newBuilder()
          .expireAfterWrite(Duration.ofHours(1))
          .recordStats(false)
          .ticker(ticker)
          .build(this::load);
  private final HookedKey key = new HookedKey("k");

  private String load(HookedKey unused) throws Exception {
    GatedLoader<String> run = runs.poll();
    assertThat(run).as("a further load").isNotNull();
    return run == null ? "" : run.load("k");
  }

  /** Whether Caffeine asks for the time after it has computed the entry, to write it. */
  private static boolean isLanding() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .filter(frame -> frame.getClassName().equals(Store.class.getName()))
                    .anyMatch(frame -> frame.getMethodName().equals("land")));
  }

  private Call<String> startOldLoad() {
    Call<String> call = Call.start(() -> loader.get(key));
    old.awaitBegun();
    return call;
  }

  /** Runs an action when an entry has been computed, and is about to be written. */
  private void onWrite(Runnable action) {
    // The time is read once before the entry is computed, and again after that.
    onRead.set(() -> onRead.set(action));
  }

  private void assertFreshIsLoaded() {
    assertThat(loader.getIfPresent(key)).isEmpty();
    assertFreshIsNext();
  }

  private void assertFreshIsNext() {
    fresh.open();
    assertThat(loader.get(key)).isEqualTo("fresh");
    assertThat(loader.getIfPresent(key)).contains("fresh");
    assertThat(runs).isEmpty();
  }

  @Test
  void loadLandsBeforeAnythingIsDone() {
    Call<String> before = startOldLoad();
    HookedKey hooked =
        new HookedKey("k")
            .at(
                PendingLoads.class,
                "voidAll",
                () -> {
                  old.open();
                  assertThat(before.get()).isEqualTo("old");
                });
    loader.invalidate(hooked);
    assertThat(hooked.wasReached()).isTrue();
    assertFreshIsLoaded();
  }

  @Test
  void loadTriesToLandBetweenVoidingAndRemoving() {
    Call<String> before = startOldLoad();
    HookedKey hooked =
        new HookedKey("k")
            .at(
                Store.class,
                "invalidate",
                () -> {
                  old.open();
                  assertThat(before.get()).isEqualTo("old");
                });
    loader.invalidate(hooked);
    assertThat(hooked.wasReached()).isTrue();
    assertFreshIsLoaded();
  }

  @Test
  void loadTriesToLandBetweenRemovingAndForgetting() {
    Call<String> before = startOldLoad();
    HookedKey hooked =
        new HookedKey("k")
            .at(
                FlightTable.class,
                "forget",
                () -> {
                  old.open();
                  assertThat(before.get()).isEqualTo("old");
                });
    loader.invalidate(hooked);
    assertThat(hooked.wasReached()).isTrue();
    assertFreshIsLoaded();
  }

  @Test
  void invalidationComesJustBeforeTheEntryIsWritten() {
    HookedKey leaders = new HookedKey("k").at(Store.class, "land", () -> loader.invalidate(key));
    old.open();
    assertThat(loader.get(leaders)).isEqualTo("old");
    assertThat(leaders.wasReached()).isTrue();
    assertFreshIsLoaded();
  }

  @Test
  void invalidationComesWhileTheEntryIsWritten() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch write = new CountDownLatch(1);
    Call<String> before = startOldLoad();
    onWrite(
        () -> {
          writing.countDown();
          await(write);
        });
    old.open();
    assertThat(writing.await(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    Call<Boolean> invalidation =
        Call.start(
            () -> {
              loader.invalidate(key);
              return true;
            });
    Call.awaitTrue(() -> invalidation.thread.getState() == Thread.State.BLOCKED);
    write.countDown();
    assertThat(before.get()).isEqualTo("old");
    assertThat(invalidation.get()).isTrue();
    assertFreshIsLoaded();
  }

  @Test
  void flightThatFoundTheOldEntryIsNotJoinedAfterwards() {
    CountDownLatch cached = new CountDownLatch(1);
    CountDownLatch removing = new CountDownLatch(1);
    CountDownLatch found = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    HookedKey late =
        new HookedKey("k")
            .at(
                FlightTable.class,
                "mapped",
                () -> {
                  cached.countDown();
                  await(removing);
                });
    // It misses, and is stopped before it leads a flight.
    Call<String> between = Call.start(() -> loader.get(late));
    await(cached);
    old.open();
    assertThat(loader.get(key)).isEqualTo("old");
    late.at(
        PendingLoads.class,
        "giveBack",
        () -> {
          found.countDown();
          await(end);
        });

    HookedKey hooked =
        new HookedKey("k")
            .at(
                Store.class,
                "invalidate",
                () -> {
                  removing.countDown();
                  await(found);
                });
    loader.invalidate(hooked);
    assertThat(loader.inFlight()).isZero();
    assertFreshIsLoaded();
    end.countDown();
    assertThat(between.get()).isEqualTo("old");
    assertThat(loader.getIfPresent(key)).contains("fresh");
  }

  @Test
  void loadThatBeginsDuringTheInvalidationIsCached() {
    old.open();
    assertThat(loader.get(key)).isEqualTo("old");
    fresh.open();
    HookedKey hooked =
        new HookedKey("k")
            .at(
                FlightTable.class,
                "forget",
                () -> assertThat(Call.start(() -> loader.get(key)).get()).isEqualTo("fresh"));
    loader.invalidate(hooked);
    assertThat(loader.getIfPresent(key)).contains("fresh");
  }

  @Test
  void loadLandsBetweenTheChangeOfStoresAndForgetting() {
    HookedKey leaders = new HookedKey("k");
    Call<String> before = Call.start(() -> loader.get(leaders));
    old.awaitBegun();
    Call<String> joining = Call.start(() -> loader.get(key)).awaitWaiting();
    leaders.at(
        FlightTable.class,
        "forget",
        () -> {
          assertThat(loader.getIfPresent(key)).isEmpty();
          old.open();
          assertThat(joining.get()).isEqualTo("old");
          assertThat(loader.getIfPresent(key)).isEmpty();
        });
    loader.invalidateAll();
    assertThat(leaders.wasReached()).isTrue();
    assertThat(before.get()).isEqualTo("old");
    assertFreshIsLoaded();
  }

  @Test
  void entryBeingWrittenIsDroppedWithItsStore() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch write = new CountDownLatch(1);
    Call<String> before = startOldLoad();
    onWrite(
        () -> {
          writing.countDown();
          await(write);
        });
    old.open();
    assertThat(writing.await(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    loader.invalidateAll();
    write.countDown();
    assertThat(before.get()).isEqualTo("old");
    assertFreshIsLoaded();
  }

  @Test
  void loadThatIsTooOldToBeJoinedIsInvalidatedToo() {
    FakeTicker clock = new FakeTicker();
    SingleflightLoader<HookedKey, String> one =
        SingleflightLoader.newBuilder()
            .maxJoinAge(Duration.ofSeconds(1))
            .ticker(clock)
            .build(this::load);
    Call<String> first = Call.start(() -> one.get(key));
    old.awaitBegun();
    clock.advanceSeconds(2);
    Call<String> second = Call.start(() -> one.get(key));
    fresh.awaitBegun();
    one.invalidate(key);
    old.open();
    fresh.open();
    assertThat(first.get()).isEqualTo("old");
    assertThat(second.get()).isEqualTo("fresh");
    assertThat(one.getIfPresent(key)).isEmpty();
  }

  @Test
  void olderLoadDoesNotReplaceWhatANewerOneBrought() {
    FakeTicker clock = new FakeTicker();
    SingleflightLoader<HookedKey, String> one =
        SingleflightLoader.newBuilder()
            .maxJoinAge(Duration.ofSeconds(1))
            .ticker(clock)
            .build(this::load);
    Call<String> first = Call.start(() -> one.get(key));
    old.awaitBegun();
    clock.advanceSeconds(2);
    fresh.open();
    assertThat(one.get(key)).isEqualTo("fresh");
    old.open();
    assertThat(first.get()).isEqualTo("old");
    assertThat(one.getIfPresent(key)).contains("fresh");
  }

  @Test
  void olderLoadIsCachedUntilTheNewerOneBringsSomething() {
    FakeTicker clock = new FakeTicker();
    SingleflightLoader<HookedKey, String> one =
        SingleflightLoader.newBuilder()
            .maxJoinAge(Duration.ofSeconds(1))
            .ticker(clock)
            .build(this::load);
    Call<String> first = Call.start(() -> one.get(key));
    old.awaitBegun();
    clock.advanceSeconds(2);
    Call<String> second = Call.start(() -> one.get(key));
    fresh.awaitBegun();
    old.open();
    assertThat(first.get()).isEqualTo("old");
    assertThat(one.getIfPresent(key)).contains("old");
    fresh.open();
    assertThat(second.get()).isEqualTo("fresh");
    assertThat(one.getIfPresent(key)).contains("fresh");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
