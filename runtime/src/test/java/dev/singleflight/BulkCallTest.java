package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BulkCallTest {

  private final SingleflightGroup<Integer, @Nullable Object> group = SingleflightGroup.create();
  private final List<Set<Integer>> loads = new ArrayList<>();

  private Map<Integer, @Nullable Object> load(Set<Integer> keys) {
    loads.add(keys);
    Map<Integer, @Nullable Object> values = new LinkedHashMap<>();
    keys.forEach(key -> values.put(key, "v" + key));
    return values;
  }

  private static Set<Integer> keys(Integer... keys) {
    return new LinkedHashSet<>(List.of(keys));
  }

  @Test
  void oneLoadOnTheCallersThreadForAllKeys() {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Map<Integer, @Nullable Object> values =
        group.executeAll(
            keys(2, 1, 3),
            wanted -> {
              thread.set(Thread.currentThread());
              return load(wanted);
            });
    assertThat(values.keySet()).containsExactly(2, 1, 3);
    assertThat(values.values()).containsExactly("v2", "v1", "v3");
    assertThat(loads).containsExactly(keys(2, 1, 3));
    assertThat(thread.get()).isSameAs(Thread.currentThread());
    assertThat(group.inFlight()).isZero();
  }

  @Test
  void flightsThatRunAreJoined() {
    GatedLoader<@Nullable Object> running = GatedLoader.returning("running");
    Call<@Nullable Object> leader = Call.start(() -> group.execute(2, running));
    running.awaitBegun();
    Call<Map<Integer, @Nullable Object>> bulk =
        Call.start(() -> group.executeAll(keys(1, 2, 3), this::load)).awaitWaiting();
    assertThat(loads).containsExactly(keys(1, 3));
    running.open();
    assertThat(bulk.get().values()).containsExactly("v1", "running", "v3");
    assertThat(leader.get()).isEqualTo("running");
  }

  @Test
  void othersJoinAKeyOfTheBulkLoad() {
    GatedLoader<Map<Integer, @Nullable Object>> gated =
        GatedLoader.doing(wanted -> Map.of(1, "one", 2, "two"));
    Call<Map<Integer, @Nullable Object>> bulk =
        Call.start(() -> group.executeAll(keys(1, 2), gated));
    gated.awaitBegun();
    Call<@Nullable Object> follower =
        Call.start(() -> group.execute(2, () -> "not run")).awaitWaiting();
    gated.open();
    assertThat(follower.get()).isEqualTo("two");
    assertThat(bulk.get()).hasSize(2);
  }

  @Test
  void callsThatWantEachOthersKeysDoNotWaitInACircle() {
    GatedLoader<Map<Integer, @Nullable Object>> first = GatedLoader.doing(wanted -> Map.of(1, "a"));
    Call<Map<Integer, @Nullable Object>> one = Call.start(() -> group.executeAll(keys(1), first));
    first.awaitBegun();
    Call<Map<Integer, @Nullable Object>> two =
        Call.start(() -> group.executeAll(keys(2, 1), this::load)).awaitWaiting();
    first.open();
    assertThat(one.get()).containsEntry(1, "a");
    assertThat(two.get()).containsEntry(1, "a").containsEntry(2, "v2");
  }

  @Test
  void keyThatTheMapLacksHasANullAndOthersAreIgnored() {
    Map<Integer, @Nullable Object> values =
        group.executeAll(keys(1, 2), wanted -> Map.of(1, "v", 9, "not asked for"));
    assertThat(values).containsOnlyKeys(1, 2).containsEntry(1, "v").containsEntry(2, null);
  }

  @Test
  void failureIsThatOfAllItsKeys() {
    Exception broken = new Exception("broken");
    GatedLoader<Map<Integer, @Nullable Object>> failing =
        GatedLoader.doing(
            wanted -> {
              throw broken;
            });
    Call<Map<Integer, @Nullable Object>> bulk =
        Call.start(() -> group.executeAll(keys(1, 2), failing));
    failing.awaitBegun();
    Call<@Nullable Object> follower = Call.start(() -> group.execute(2, () -> "x")).awaitWaiting();
    failing.open();
    assertThat(bulk.failure()).isSameAs(broken);
    assertThat(follower.failure()).isSameAs(broken);
    assertThat(group.inFlight()).isZero();
  }

  @Test
  void firstFailureInTheKeysOrderIsThrownAndTheRestGoesOn() {
    GatedLoader<@Nullable Object> other = GatedLoader.returning("late");
    Call<@Nullable Object> leader = Call.start(() -> group.execute(2, other));
    other.awaitBegun();
    assertThatThrownBy(
            () ->
                group.executeAll(
                    keys(1, 2),
                    wanted -> {
                      throw new IllegalStateException("first");
                    }))
        .hasMessage("first");
    Call<@Nullable Object> follower = Call.start(() -> group.execute(2, () -> "x")).awaitWaiting();
    follower.thread.interrupt();
    assertThat(follower.failure()).isNotNull();
    // The bulk call has left, too: nobody follows any more.
    assertThat(group.forgetUnshared(2)).isTrue();
    other.open();
    assertThat(leader.get()).isEqualTo("late");
  }

  @Test
  @SuppressWarnings("NullAway") // a loader that breaks its contract
  void nullMapIsAFailureThatSaysSo() {
    assertThatThrownBy(() -> group.executeAll(keys(1), wanted -> null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("The bulk loader returned null for [1]");
  }

  @Test
  void bulkLoadThatCallsForItsOwnKeyIsRefused() {
    assertThatThrownBy(
            () ->
                group.executeAll(
                    keys(1, 2), wanted -> Map.of(1, "v", 2, "" + group.execute(2, () -> "x"))))
        .isInstanceOf(RecursiveLoadException.class);
  }

  @Test
  void withAnExecutorItRunsThere() {
    SingleflightGroup<Integer, @Nullable Object> detached =
        SingleflightGroup.newBuilder().executor(Runnable::run).interruptAbandoned().build();
    AtomicReference<Thread> thread = new AtomicReference<>();
    GatedLoader<Map<Integer, @Nullable Object>> gated =
        GatedLoader.doing(
            wanted -> {
              thread.set(Thread.currentThread());
              return Map.of(1, "one", 2, "two");
            });
    Call<Map<Integer, @Nullable Object>> bulk =
        Call.start(() -> detached.executeAll(keys(1, 2), gated)).awaitWaiting();
    gated.awaitBegun();
    Call<@Nullable Object> follower =
        Call.start(() -> detached.execute(2, () -> "x")).awaitWaiting();
    // One of its keys is deserted; the load is of use to the other.
    bulk.thread.interrupt();
    assertThat(bulk.failure()).isNotNull();
    gated.open();
    assertThat(follower.get()).isEqualTo("two");
    assertThat(thread.get()).isNotSameAs(bulk.thread);
    Call.awaitTrue(() -> detached.inFlight() == 0);
  }
}
