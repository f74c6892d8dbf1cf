package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ForgetTest {

  private final SingleflightGroup<String, Object> group = SingleflightGroup.create();
  private final GatedLoader<Object> old = GatedLoader.returning("old");
  private final GatedLoader<Object> fresh = GatedLoader.returning("fresh");

  @Test
  void nextCallLoadsAnewWhileTheOldLoadGoesOn() {
    Call<Object> leader = Call.start(() -> group.execute("k", old));
    old.awaitBegun();
    Call<Object> follower = Call.start(() -> group.execute("k", old)).awaitWaiting();

    assertThat(group.forget("k")).isTrue();
    assertThat(group.inFlight()).isZero();

    Call<Object> next = Call.start(() -> group.execute("k", fresh));
    fresh.awaitBegun().open();
    assertThat(next.get()).isEqualTo("fresh");
    assertThat(leader.isDone() || follower.isDone()).isFalse();
    old.open();
    assertThat(leader.get()).isEqualTo("old");
    assertThat(follower.get()).isEqualTo("old");
  }

  @Test
  void endOfTheForgottenFlightLeavesItsSuccessorMapped() {
    Call<Object> leader = Call.start(() -> group.execute("k", old));
    old.awaitBegun();
    group.forget("k");
    Call<Object> successor = Call.start(() -> group.execute("k", fresh));
    fresh.awaitBegun();

    old.open();
    assertThat(leader.get()).isEqualTo("old");

    assertThat(group.inFlight()).isEqualTo(1);
    Call<Object> follower = Call.start(() -> group.execute("k", () -> "third")).awaitWaiting();
    fresh.open();
    assertThat(successor.get()).isEqualTo("fresh");
    assertThat(follower.get()).isEqualTo("fresh");
  }

  @Test
  void failureOfTheForgottenFlightLeavesItsSuccessorMapped() {
    GatedLoader<Object> failing =
        GatedLoader.doing(
            key -> {
              throw new IllegalStateException("old");
            });
    Call<Object> leader = Call.start(() -> group.execute("k", failing));
    failing.awaitBegun();
    group.forget("k");
    Call<Object> successor = Call.start(() -> group.execute("k", fresh));
    fresh.awaitBegun();
    failing.open();
    assertThat(leader.failure()).hasMessage("old");
    assertThat(group.inFlight()).isEqualTo(1);
    fresh.open();
    assertThat(successor.get()).isEqualTo("fresh");
  }

  @Test
  void loaderMayForgetItsOwnKey() {
    Object value =
        group.execute(
            "k",
            key -> {
              group.forget(key);
              return group.execute(key, () -> "inner");
            });
    assertThat(value).isEqualTo("inner");
  }

  @Test
  void nothingInFlightIsNothingToForget() {
    assertThat(group.forget("k")).isFalse();
    assertThat(group.forgetUnshared("k")).isFalse();
    assertThat(group.execute("k", () -> "v")).isEqualTo("v");
    assertThat(group.forget("k")).isFalse();
    assertThat(group.forgetUnshared("k")).isFalse();
  }

  @Test
  void otherKeysAreNotForgotten() {
    Call<Object> leader = Call.start(() -> group.execute("k", old));
    old.awaitBegun();
    assertThat(group.forget("other")).isFalse();
    assertThat(group.forgetUnshared("other")).isFalse();
    assertThat(group.inFlight()).isEqualTo(1);
    old.open();
    assertThat(leader.get()).isEqualTo("old");
  }

  @Test
  void unsharedFlightIsForgotten() {
    Call<Object> leader = Call.start(() -> group.execute("k", old));
    old.awaitBegun();
    assertThat(group.forgetUnshared("k")).isTrue();
    assertThat(group.forgetUnshared("k")).isFalse();
    Call<Object> next = Call.start(() -> group.execute("k", fresh));
    fresh.awaitBegun().open();
    assertThat(next.get()).isEqualTo("fresh");
    old.open();
    assertThat(leader.get()).isEqualTo("old");
  }

  @Test
  void sharedFlightIsNotForgottenAsUnshared() {
    Call<Object> leader = Call.start(() -> group.execute("k", old));
    old.awaitBegun();
    Call<Object> follower = Call.start(() -> group.execute("k", fresh)).awaitWaiting();
    assertThat(group.forgetUnshared("k")).isFalse();
    assertThat(group.inFlight()).isEqualTo(1);
    follower.thread.interrupt();
    assertThat(follower.failure()).isNotNull();
    assertThat(group.forgetUnshared("k")).as("once the follower has given up").isTrue();
    old.open();
    assertThat(leader.get()).isEqualTo("old");
  }

  @Test
  void leaderThatWaitsForItsDetachedLoadIsNoFollower() {
    SingleflightGroup<Object, Object> detached =
        SingleflightGroup.newBuilder().executor(Runnable::run).build();
    Call<SharedResult<Object>> leader =
        Call.start(() -> detached.executeShared("k", old)).awaitWaiting();
    assertThat(detached.forgetUnshared("k")).isTrue();
    old.open();
    assertThat(leader.get()).isEqualTo(new SharedResult<Object>("old", true, 0));
  }

  @Test
  void futuresFollowUntilTheyAreCancelled() {
    Call<Object> leader = Call.start(() -> group.execute("k", old));
    old.awaitBegun();
    var future = group.executeAsync("k", fresh);
    assertThat(group.forgetUnshared("k")).isFalse();
    assertThat(future.cancel(false)).isTrue();
    assertThat(group.forgetUnshared("k")).isTrue();
    old.open();
    assertThat(leader.get()).isEqualTo("old");
  }
}
