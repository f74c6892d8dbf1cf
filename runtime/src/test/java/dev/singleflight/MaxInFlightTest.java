package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.singleflight.SingleflightGroup.WhenFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MaxInFlightTest {

  private final SingleflightGroup<String, Object> one = waiting(1);
  private final GatedLoader<Object> gated = GatedLoader.returning("v");

  private static SingleflightGroup<String, Object> waiting(int max) {
    return SingleflightGroup.newBuilder().maxInFlight(max).build();
  }

  private static SingleflightGroup<String, Object> refusing(int max) {
    return SingleflightGroup.newBuilder().maxInFlight(max, WhenFull.REFUSE).build();
  }

  @Test
  void leaderBelowTheLimitLoadsOnItsOwnThread() {
    assertThat(one.execute("k", Thread::currentThread)).isSameAs(Thread.currentThread());
    assertThat(one.executeShared("k", Thread::currentThread).value())
        .isSameAs(Thread.currentThread());
  }

  @Test
  void followersOfALeaderBelowTheLimitGetWhatItGets() {
    Call<SharedResult<Object>> leader = Call.start(() -> one.executeShared("k", gated));
    gated.awaitBegun();
    Call<SharedResult<Object>> follower =
        Call.start(() -> one.executeShared("k", gated)).awaitWaiting();
    gated.open();
    assertThat(leader.get()).isEqualTo(new SharedResult<>("v", true, 1));
    assertThat(follower.get()).isEqualTo(new SharedResult<>("v", false, 1));
  }

  @Test
  void failureOfALeaderBelowTheLimitIsItsOwn() {
    Exception broken = new Exception("broken");
    assertThatThrownBy(
            () ->
                one.execute(
                    "k",
                    () -> {
                      throw broken;
                    }))
        .isSameAs(broken);
    assertThat(one.execute("k", () -> "next")).isEqualTo("next");
  }

  @Test
  void leadersBeyondTheLimitWaitTheirTurnInOrder() {
    Call<Object> first = Call.start(() -> one.execute("first", gated));
    gated.awaitBegun();
    List<Object> order = new ArrayList<>();
    List<Call<Object>> queued = new ArrayList<>();
    for (String key : List.of("a", "b", "c")) {
      queued.add(
          Call.start(
                  () ->
                      one.execute(
                          key,
                          k -> {
                            order.add(k);
                            return k;
                          }))
              .awaitWaiting());
    }
    Call<Object> joined = Call.start(() -> one.execute("b", () -> "not run")).awaitWaiting();
    assertThat(order).isEmpty();
    assertThat(one.inFlight()).isEqualTo(4);
    gated.open();
    assertThat(queued.stream().map(Call::get)).containsExactly("a", "b", "c");
    assertThat(joined.get()).isEqualTo("b");
    assertThat(first.get()).isEqualTo("v");
    assertThat(order).containsExactly("a", "b", "c");
  }

  @Test
  void limitIsNeverExceededAndAlwaysUsed() {
    int max = 3;
    SingleflightGroup<Integer, Integer> group =
        SingleflightGroup.newBuilder().maxInFlight(max).build();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Call<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int caller = i;
      calls.add(
          Call.start(
              () -> {
                int answered = 0;
                for (int round = 0; round < 500; round++) {
                  int key = 1_000 * (caller % 6) + round;
                  Loader<Integer, Integer, RuntimeException> loader =
                      k -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        running.decrementAndGet();
                        return k;
                      };
                  answered +=
                      (caller + round) % 2 == 0
                          ? group.execute(key, loader) - key + 1
                          : group.executeAsync(key, loader).get() - key + 1;
                }
                return answered;
              }));
    }
    calls.forEach(call -> assertThat(call.get()).isEqualTo(500));
    assertThat(most).hasValueBetween(1, max);
    Call.awaitTrue(() -> group.inFlight() == 0);
    // Every place has been given back.
    List<GatedLoader<Integer>> held = new ArrayList<>();
    for (int i = 0; i < max; i++) {
      GatedLoader<Integer> loader = GatedLoader.returning(i);
      held.add(loader);
      assertThat(group.executeAsync(-1 - i, loader)).isNotNull();
    }
    held.forEach(GatedLoader::awaitBegun);
    held.forEach(GatedLoader::open);
  }

  @Test
  void loadOfALoadIsPartOfIt() {
    assertThat(one.execute("outer", () -> one.execute("inner", () -> "v"))).isEqualTo("v");
    assertThat(one.execute("outer", () -> one.executeAsync("inner", () -> "v").join()))
        .isEqualTo("v");
    SingleflightGroup<String, Object> refusing = refusing(1);
    assertThat(refusing.execute("outer", () -> refusing.execute("inner", () -> "v")))
        .isEqualTo("v");
    assertThat(one.execute("after", () -> "v")).isEqualTo("v");
  }

  @Test
  void loadIsStillUnderWayWhenALoadOfItHasEnded() {
    assertThat(
            one.execute(
                "outer",
                () -> one.execute("first", () -> "v") + "," + one.execute("second", () -> "w")))
        .isEqualTo("v,w");
  }

  @Test
  void refusedBulkLoadFailsAllItsKeys() {
    SingleflightGroup<String, Object> group = refusing(1);
    Call<Object> holder = Call.start(() -> group.execute("held", gated));
    gated.awaitBegun();
    assertThatThrownBy(() -> group.executeAll(Set.of("a", "b"), keys -> Map.of()))
        .isInstanceOf(FlightRejectedException.class);
    assertThat(group.inFlight()).isEqualTo(1);
    gated.open();
    assertThat(holder.get()).isEqualTo("v");
  }

  @Test
  void queuedLoadThatARunningOneJoinsRunsAtOnce() {
    GatedLoader<Object> outer = GatedLoader.doing(key -> one.execute("queued", () -> "never run"));
    Call<Object> holder = Call.start(() -> one.execute("outer", outer));
    outer.awaitBegun();
    Call<Object> queued = Call.start(() -> one.execute("queued", () -> "v")).awaitWaiting();
    outer.open();
    assertThat(holder.get()).isEqualTo("v");
    assertThat(queued.get()).isEqualTo("v");
    assertThat(one.execute("after", () -> "v")).isEqualTo("v");
  }

  @Test
  void queuedBulkLoadThatARunningOneJoinsRunsAtOnce() {
    GatedLoader<Object> outer = GatedLoader.doing(key -> one.execute("b", () -> "never run"));
    Call<Object> holder = Call.start(() -> one.execute("outer", outer));
    outer.awaitBegun();
    Call<Map<String, Object>> queued =
        Call.start(
                () ->
                    one.executeAll(
                        new LinkedHashSet<>(List.of("a", "b")), keys -> Map.of("a", "A", "b", "B")))
            .awaitWaiting();
    outer.open();
    assertThat(holder.get()).isEqualTo("B");
    assertThat(queued.get()).containsEntry("a", "A").containsEntry("b", "B");
    assertThat(one.execute("after", () -> "v")).isEqualTo("v");
  }

  @Test
  void leaderThatWaitsItsTurnCanGiveUp() {
    Call<Object> holder = Call.start(() -> one.execute("held", gated));
    gated.awaitBegun();
    Call<Object> queued = Call.start(() -> one.execute("k", () -> "late")).awaitWaiting();
    Call<Object> follower = Call.start(() -> one.execute("k", () -> "not run")).awaitWaiting();
    queued.thread.interrupt();
    assertThat(queued.failure()).isNotNull();
    assertThatThrownBy(() -> one.execute("other", () -> "v", Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class);
    gated.open();
    assertThat(follower.get()).isEqualTo("late");
    assertThat(holder.get()).isEqualTo("v");
    Call.awaitTrue(() -> one.inFlight() == 0);
  }

  @Test
  void queuedLoadThatIsAbandonedLeavesTheQueue() {
    SingleflightGroup<String, Object> group =
        SingleflightGroup.newBuilder().maxInFlight(1).interruptAbandoned().build();
    Call<Object> holder = Call.start(() -> group.execute("held", gated));
    gated.awaitBegun();
    GatedLoader<Object> never = GatedLoader.returning("never");
    group.executeAsync("k", never).cancel(true);
    assertThat(group.inFlight()).isEqualTo(1);
    gated.open();
    assertThat(holder.get()).isEqualTo("v");
    assertThat(group.execute("k", () -> "next")).isEqualTo("next");
    assertThat(never.runs()).isZero();
  }

  @Test
  void refusedLeaderIsToldAndItsFlightIsGone() {
    SingleflightGroup<String, Object> group = refusing(1);
    Call<Object> holder = Call.start(() -> group.execute("held", gated));
    gated.awaitBegun();
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(() -> group.execute("k", runs::incrementAndGet))
        .isInstanceOf(FlightRejectedException.class)
        .hasMessage("The group has its limit of 1 loads under way");
    CompletableFuture<Object> refused = group.executeAsync("k", runs::incrementAndGet);
    assertThatThrownBy(refused::join).hasCauseInstanceOf(FlightRejectedException.class);
    assertThat(runs).hasValue(0);
    assertThat(group.inFlight()).isEqualTo(1);
    Call<Object> follower = Call.start(() -> group.execute("held", () -> "x")).awaitWaiting();
    gated.open();
    assertThat(follower.get()).isEqualTo("v");
    // Whoever has an answer finds the place free.
    assertThat(group.execute("k", () -> "next")).isEqualTo("next");
    assertThat(holder.get()).isEqualTo("v");
  }

  @Test
  void loadThatCannotBeStartedGivesItsPlaceBack() {
    AtomicInteger failing = new AtomicInteger();
    SingleflightGroup<String, Object> group =
        SingleflightGroup.newBuilder()
            .maxInFlight(1)
            .executor(
                task -> {
                  if (failing.incrementAndGet() <= 100) {
                    throw new IllegalStateException("no thread");
                  }
                  task.run();
                })
            .build();
    List<CompletableFuture<Object>> futures = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      futures.add(group.executeAsync("k" + i, () -> "v"));
    }
    for (CompletableFuture<Object> future : futures) {
      assertThatThrownBy(future::join).hasRootCauseMessage("no thread");
    }
    assertThat(group.execute("k", () -> "v")).isEqualTo("v");
  }

  @Test
  void limitBelowOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> waiting(0))
        .withMessage("maxInFlight must be at least 1: 0");
  }
}
