package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class GetAllTest {

  private static final Executor THREADS = task -> new Thread(task).start();

  private final CountingLoader counting = new CountingLoader();
  private final List<Set<String>> bulks = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, GatedLoader<String>> gates = new HashMap<>();

  private SingleflightLoader<String, String> inTurn() {
    return SingleflightLoader.newBuilder().build(this::load);
  }

  private SingleflightLoader<String, String> atOnce() {
    return SingleflightLoader.newBuilder().executor(THREADS).build(this::load);
  }

  private SingleflightLoader<String, String> bulk() {
    return SingleflightLoader.newBuilder().bulkLoader(this::loadBulk).build(this::load);
  }

  private String load(String key) throws Exception {
    GatedLoader<String> gate = gates.get(key);
    return gate == null ? counting.load(key) : gate.load(key);
  }

  private Map<String, String> loadBulk(Set<String> keys) {
    bulks.add(Set.copyOf(keys));
    Map<String, String> values = new HashMap<>();
    keys.forEach(key -> values.put(key, "bulk " + key));
    return values;
  }

  private GatedLoader<String> gate(String key) {
    GatedLoader<String> gate = GatedLoader.returning("gated " + key);
    gates.put(key, gate);
    return gate;
  }

  @Test
  void loadsInTurnWhatIsMissing() {
    SingleflightLoader<String, String> loader = inTurn();
    assertThat(loader.get("b")).isEqualTo("b#1");
    Map<String, String> all = loader.getAll(List.of("c", "b", "a", "c"));
    assertThat(all)
        .containsExactly(Map.entry("c", "c#2"), Map.entry("b", "b#1"), Map.entry("a", "a#3"));
    assertThatThrownBy(() -> all.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThat(loader.get("a")).isEqualTo("a#3");
    assertThat(loader.stats().calls()).isEqualTo(5);
    assertThat(loader.stats().hits()).isEqualTo(2);
    assertThat(loader.stats().misses()).isEqualTo(3);
  }

  @Test
  void nothingAskedForIsNothingLoaded() {
    for (SingleflightLoader<String, String> loader : List.of(inTurn(), atOnce(), bulk())) {
      assertThat(loader.getAll(List.of())).isEmpty();
    }
    assertThat(counting.runs()).isZero();
    assertThat(bulks).isEmpty();
  }

  @Test
  void keyWhoseValueIsNullIsLeftOut() {
    counting.does(key -> key.equals("none") ? new CountingLoader().returningNull().load(key) : "v");
    for (SingleflightLoader<String, String> loader : List.of(inTurn(), atOnce())) {
      assertThat(loader.getAll(List.of("none", "some"))).isEqualTo(Map.of("some", "v"));
    }
  }

  @Test
  void inTurnTheFirstFailureEndsTheCall() {
    IOException thrown = new IOException();
    counting.does(
        key -> {
          if (key.equals("bad")) {
            throw thrown;
          }
          return "v";
        });
    SingleflightLoader<String, String> loader = inTurn();
    assertThatThrownBy(() -> loader.getAll(List.of("good", "bad", "late")))
        .isInstanceOf(LoadException.class)
        .cause()
        .isSameAs(thrown);
    assertThat(loader.getIfPresent("good")).contains("v");
    assertThat(loader.getIfPresent("late")).isEmpty();
  }

  @Test
  void withAnExecutorAllLoadAtOnce() {
    GatedLoader<String> a = gate("a");
    GatedLoader<String> b = gate("b");
    SingleflightLoader<String, String> loader = atOnce();
    Call<Map<String, String>> call = Call.start(() -> loader.getAll(List.of("b", "a")));
    a.awaitBegun();
    b.awaitBegun();
    a.open();
    b.open();
    assertThat(call.get()).containsExactly(Map.entry("b", "gated b"), Map.entry("a", "gated a"));
  }

  @Test
  void flightsUnderWayAreJoined() {
    for (boolean withExecutor : new boolean[] {false, true}) {
      GatedLoader<String> a = gate("a");
      SingleflightLoader<String, String> loader = withExecutor ? atOnce() : inTurn();
      Call<String> single = Call.start(() -> loader.get("a"));
      a.awaitBegun();
      Call<Map<String, String>> call = Call.start(() -> loader.getAll(List.of("a", "b")));
      Call.awaitTrue(() -> loader.stats().followers() == 1);
      a.open();
      assertThat(single.get()).isEqualTo("gated a");
      assertThat(call.get()).containsKeys("a", "b");
      assertThat(a.runs()).isEqualTo(1);
    }
  }

  @Test
  void withAnExecutorTheOthersGoOnWhenOneFails() {
    GatedLoader<String> slow = gate("slow");
    counting.failWith(new IllegalStateException("bad"));
    SingleflightLoader<String, String> loader = atOnce();
    assertThatThrownBy(() -> loader.getAll(List.of("bad", "slow"))).hasMessage("bad");
    slow.awaitBegun().open();
    Call.awaitTrue(() -> loader.getIfPresent("slow").isPresent());
  }

  @Test
  void interruptedCallGivesUpAlone() {
    GatedLoader<String> a = gate("a");
    SingleflightLoader<String, String> loader = atOnce();
    Call<Map<String, String>> call = Call.start(() -> loader.getAll(List.of("a")));
    a.awaitBegun();
    Call.awaitTrue(() -> call.thread.getState() == Thread.State.WAITING);
    call.thread.interrupt();
    assertThat(call.failure())
        .isInstanceOf(CancellationException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    a.open();
    Call.awaitTrue(() -> loader.getIfPresent("a").isPresent());
  }

  @Test
  void recursionIsRefusedOfWhicheverKind() {
    for (boolean withExecutor : new boolean[] {false, true}) {
      Later<SingleflightLoader<String, String>> self = new Later<>();
      Loader<String, String, RuntimeException> recursive =
          key -> "" + self.get().getAll(List.of("a"));
      self.set(
          withExecutor
              ? SingleflightLoader.newBuilder().executor(THREADS).build(recursive)
              : SingleflightLoader.newBuilder().build(recursive));
      assertThatThrownBy(() -> self.get().getAll(List.of("a")))
          .isInstanceOf(RecursiveLoadException.class);
    }
  }

  @Test
  void bulkLoadsOnceWhatIsMissing() {
    SingleflightLoader<String, String> loader = bulk();
    assertThat(loader.get("b")).isEqualTo("b#1");
    assertThat(loader.getAll(List.of("c", "b", "a")))
        .containsExactly(Map.entry("c", "bulk c"), Map.entry("b", "b#1"), Map.entry("a", "bulk a"));
    assertThat(bulks).containsExactly(Set.of("a", "c"));
    assertThat(loader.get("a")).isEqualTo("bulk a");
    assertThat(loader.getAll(List.of("a", "b", "c"))).hasSize(3);
    assertThat(bulks).hasSize(1);
    assertThat(loader.stats().loads()).as("one single, one bulk").isEqualTo(2);
  }

  @Test
  void bulkLeavesFlightsUnderWayAlone() {
    GatedLoader<String> a = gate("a");
    SingleflightLoader<String, String> loader = bulk();
    Call<String> single = Call.start(() -> loader.get("a"));
    a.awaitBegun();
    Call<Map<String, String>> call =
        Call.start(() -> loader.getAll(List.of("a", "b"))).awaitWaiting();
    assertThat(loader.getIfPresent("b")).as("loaded before it waits").contains("bulk b");
    a.open();
    assertThat(single.get()).isEqualTo("gated a");
    assertThat(call.get()).isEqualTo(Map.of("a", "gated a", "b", "bulk b"));
    assertThat(bulks).containsExactly(Set.of("b"));
  }

  @Test
  void bulkWithAnExecutorIsDetached() {
    List<Thread> threads = new ArrayList<>();
    SingleflightLoader<String, String> loader =
        SingleflightLoader.newBuilder()
            .executor(THREADS)
            .bulkLoader(
                (Set<String> keys) -> {
                  threads.add(Thread.currentThread());
                  return loadBulk(keys);
                })
            .build(this::load);
    assertThat(loader.getAll(List.of("a", "b"))).hasSize(2);
    assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
  }

  @Test
  void keyThatTheBulkLoaderLeavesOutHasNoValue() {
    SingleflightLoader<String, String> loader =
        SingleflightLoader.newBuilder()
            .bulkLoader(
                (Set<String> keys) -> {
                  bulks.add(keys);
                  return Map.of("a", "v", "unasked", "w");
                })
            .build(this::load);
    assertThat(loader.getAll(List.of("a", "none"))).isEqualTo(Map.of("a", "v"));
    assertThat(loader.getIfPresent("unasked")).isEmpty();
    assertThat(loader.getAll(List.of("a", "none"))).isEqualTo(Map.of("a", "v"));
    assertThat(bulks).containsExactly(Set.of("a", "none"), Set.of("none"));
    assertThatThrownBy(() -> bulks.get(0).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void keyThatTheBulkLoaderLeavesOutIsCachedWhereNullsAre() {
    SingleflightLoader<String, String> loader =
        SingleflightLoader.newBuilder()
            .cacheNulls(Duration.ofMinutes(1))
            .bulkLoader(
                (Set<String> keys) -> {
                  bulks.add(keys);
                  return Map.<String, String>of();
                })
            .build(this::load);
    assertThat(loader.getAll(List.of("none"))).isEmpty();
    assertThat(loader.getAll(List.of("none"))).isEmpty();
    assertThat(loader.get("none")).isNull();
    assertThat(bulks).hasSize(1);
  }

  @Test
  void bulkLoaderThatThrowsFailsAllAndIsNotCached() {
    IOException thrown = new IOException();
    SingleflightLoader<String, String> loader =
        SingleflightLoader.newBuilder()
            .cacheFailures(failure -> true, Duration.ofMinutes(1))
            .<String, String>bulkLoader(
                keys -> {
                  throw thrown;
                })
            .build(this::load);
    assertThatThrownBy(() -> loader.getAll(List.of("a", "b")))
        .isInstanceOf(LoadException.class)
        .cause()
        .isSameAs(thrown);
    assertThat(loader.get("a")).isEqualTo("a#1");
    assertThat(loader.stats().failures()).isEqualTo(1);
  }

  @Test
  @SuppressWarnings("NullAway") // returns null on purpose
  void bulkLoaderThatReturnsNullFails() {
    SingleflightLoader<String, String> loader =
        SingleflightLoader.newBuilder().<String, String>bulkLoader(keys -> null).build(this::load);
    assertThatThrownBy(() -> loader.getAll(List.of("a")))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("bulk loader");
  }

  @Test
  void oneKeysTimeToLiveThatCannotBeToldFailsThatKeyAlone() {
    IllegalStateException thrown = new IllegalStateException();
    SingleflightLoader<String, String> loader =
        SingleflightLoader.newBuilder()
            .expireAfterWrite(
                (String key, String value) -> {
                  if (key.equals("bad")) {
                    throw thrown;
                  }
                  return Duration.ofMinutes(1);
                })
            .bulkLoader(this::loadBulk)
            .build(this::load);
    assertThatThrownBy(() -> loader.getAll(List.of("good", "bad"))).isSameAs(thrown);
    assertThat(loader.getIfPresent("good")).contains("bulk good");
    assertThat(loader.getIfPresent("bad")).isEmpty();
  }

  @Test
  void bulkLoadInFlightDoesNotLandAfterAnInvalidation() {
    GatedLoader<String> gate = GatedLoader.returning("");
    SingleflightLoader<String, String> loader =
        SingleflightLoader.newBuilder()
            .bulkLoader(
                (Set<String> keys) -> {
                  String unused = gate.load("");
                  return loadBulk(keys);
                })
            .build(this::load);
    Call<Map<String, String>> call = Call.start(() -> loader.getAll(List.of("a", "b")));
    gate.awaitBegun();
    loader.invalidate("a");
    gate.open();
    assertThat(call.get()).hasSize(2);
    assertThat(loader.getIfPresent("a")).isEmpty();
    assertThat(loader.getIfPresent("b")).contains("bulk b");
  }
}
