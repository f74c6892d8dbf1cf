package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class FailureTest {

  private final SingleflightGroup<Object, Object> group = SingleflightGroup.create();

  static Stream<Throwable> throwables() {
    return Stream.of(
        new IOException("checked"),
        new IllegalStateException("unchecked"),
        new AssertionError("error"),
        new StackOverflowError("made up"),
        new OutOfMemoryError("made up"),
        new InterruptedException("the loader's own"),
        new Throwable("neither"));
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void reachesEachCallerAsTheSameInstance(Throwable thrown) throws Exception {
    GatedLoader<Object> loader = GatedLoader.doing(key -> throwAny(thrown));
    Call<Object> leader = Call.start(() -> group.execute("k", loader));
    loader.awaitBegun();
    List<Call<Object>> followers =
        List.of(
            Call.start(() -> group.execute("k", loader)),
            Call.start(() -> group.executeShared("k", loader)),
            Call.start(() -> group.execute("k", loader, java.time.Duration.ofDays(1))));
    followers.forEach(Call::awaitWaiting);
    CompletableFuture<Object> future = group.executeAsync("k", loader);
    loader.open();

    assertThat(leader.failure()).isSameAs(thrown);
    assertThat(followers).allSatisfy(call -> assertThat(call.failure()).isSameAs(thrown));
    assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).cause().isSameAs(thrown);
    assertThat(loader.runs()).isEqualTo(1);
    assertThat(group.inFlight()).isZero();
    assertThat(group.execute("k", () -> "next")).isEqualTo("next");
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void ofDetachedLoadReachesEachCallerAsTheSameInstance(Throwable thrown) {
    SingleflightGroup<Object, Object> detached =
        SingleflightGroup.newBuilder().executor(Runnable::run).build();
    GatedLoader<Object> loader = GatedLoader.doing(key -> throwAny(thrown));
    Call<Object> leader = Call.start(() -> detached.execute("k", loader)).awaitWaiting();
    Call<Object> follower = Call.start(() -> detached.execute("k", loader)).awaitWaiting();
    loader.open();
    assertThat(leader.failure()).isSameAs(thrown);
    assertThat(follower.failure()).isSameAs(thrown);
    assertThat(detached.inFlight()).isZero();
  }

  @Test
  void loaderThatOverflowsTheStackEndsItsFlight() {
    GatedLoader<Object> loader = GatedLoader.doing(key -> overflow(0));
    Call<Object> leader = Call.start(() -> group.execute("k", loader));
    loader.awaitBegun();
    Call<Object> follower = Call.start(() -> group.execute("k", loader)).awaitWaiting();
    loader.open();
    assertThat(leader.failure())
        .isInstanceOf(StackOverflowError.class)
        .isSameAs(follower.failure());
    assertThat(group.inFlight()).isZero();
  }

  /** The stack runs out at any place of the group's own code: no later call may hang for that. */
  @Test
  void callsThatNestUntilTheStackOverflowsLeaveNothingThatHangs() {
    for (int round = 0; round < 20; round++) {
      Call<Object> calls =
          Call.start(
              () -> {
                assertThatThrownBy(() -> nest(0)).isInstanceOf(StackOverflowError.class);
                assertThat(deepest).isGreaterThan(100);
                // On this very thread, so that none of its flights is taken for one of the dead.
                for (int key = deepest + 1; key >= 0; key--) {
                  assertThat(group.execute(key, () -> "fresh")).isEqualTo("fresh");
                }
                return "done";
              });
      assertThat(calls.get()).isEqualTo("done");
    }
  }

  private volatile int deepest;

  private int nest(int depth) {
    deepest = depth;
    return depth % 2 == 0
        ? (Integer) group.execute(depth, key -> nest(depth + 1))
        : (Integer) group.executeShared(depth, key -> nest(depth + 1)).value();
  }

  @Test
  void executorThatRejectsFailsTheFlightOfEachCaller() throws Exception {
    RejectedExecutionException rejection = new RejectedExecutionException("full");
    GatedLoader<Object> executor = GatedLoader.doing(key -> throwAny(rejection));
    SingleflightGroup<Object, Object> rejecting =
        SingleflightGroup.newBuilder()
            .executor(
                task -> {
                  try {
                    assertThat(executor.load("k")).isNull();
                  } catch (Exception e) {
                    throw (RejectedExecutionException) e;
                  }
                })
            .build();
    Call<Object> leader = Call.start(() -> rejecting.execute("k", () -> "v")).awaitWaiting();
    Call<Object> follower = Call.start(() -> rejecting.execute("k", () -> "v")).awaitWaiting();
    CompletableFuture<Object> future = rejecting.executeAsync("k", () -> "v");
    executor.open();
    assertThat(leader.failure()).isSameAs(rejection);
    assertThat(follower.failure()).isSameAs(rejection);
    assertThatThrownBy(future::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isSameAs(rejection);
    assertThat(rejecting.inFlight()).isZero();
  }

  @Test
  void taskThatIsRunTwiceLoadsOnce() {
    SingleflightGroup<Object, Object> twice =
        SingleflightGroup.newBuilder()
            .executor(
                task -> {
                  task.run();
                  task.run();
                })
            .build();
    List<Object> keys = new ArrayList<>();
    assertThat(twice.execute("k", key -> keys.add(key))).isEqualTo(true);
    assertThat(twice.execute("l", key -> keys.add(key))).isEqualTo(true);
    assertThat(keys).containsExactly("k", "l");
  }

  @Test
  void keyThatCannotBeFoundAgainHangsNobody() {
    FickleKey key = new FickleKey();
    GatedLoader<Object> loader = GatedLoader.returning("v");
    Call<Object> leader = Call.start(() -> group.execute(key, loader));
    loader.awaitBegun();
    Call<Object> follower = Call.start(() -> group.execute(key, loader)).awaitWaiting();
    key.broken = true;
    loader.open();
    assertThat(leader.failure()).hasMessage("broken");
    assertThat(follower.get()).isEqualTo("v");
    key.broken = false;
    assertThat(group.execute(key, () -> "next")).isEqualTo("next");
    assertThat(group.inFlight()).isZero();
  }

  @Test
  void leaderThatDiedWithoutEndingItsFlightIsFoundOut() {
    GroupOptions<Object> options = new GroupOptions<>();
    options.name("users");
    FlightTable<Object, Object> table = new FlightTable<>(options);
    Call<Object> dying = Call.start(() -> "done");
    ThreadWaiter early = new ThreadWaiter();
    Flight<Object, Object> dead = new Flight<>(table, "k", dying.thread, early);
    assertThat(dying.get()).isEqualTo("done");
    Call.awaitTrue(() -> !dying.thread.isAlive());

    assertThat(dead.join(new ThreadWaiter())).as("joined by one who comes later").isFalse();
    assertThatThrownBy(() -> early.await(dead).get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("key k of group users");
  }

  /** Who came just then would be told of a loss, though there was none. */
  @Test
  void leaderThatDiedAfterItsFlightHadEndedIsNotTakenForLost() {
    FlightTable<Object, Object> table = new FlightTable<>(new GroupOptions<>());
    AtomicReference<@Nullable Flight<Object, Object>> flight = new AtomicReference<>();
    Call<Object> leader =
        Call.start(
            () ->
                table.execute(
                    "k",
                    key -> {
                      flight.set(table.mapped(key));
                      return "v";
                    }));
    assertThat(leader.get()).isEqualTo("v");
    Call.awaitTrue(() -> !leader.thread.isAlive());

    Flight<Object, Object> ended = Objects.requireNonNull(flight.get());
    assertThat(ended.endIfLost()).isFalse();
    assertThat(ended.outcome()).isNull();
  }

  @Test
  void followerOfALeaderThatDiesLaterIsFreed() {
    FlightTable<Object, Object> table = new FlightTable<>(new GroupOptions<>());
    GatedLoader<Object> life = GatedLoader.returning("done");
    Call<Object> dying = Call.start(() -> life.load("k"));
    Flight<Object, Object> flight = new Flight<>(table, "k", dying.thread, null);
    Call<Object> follower =
        Call.start(
                () -> {
                  ThreadWaiter waiter = new ThreadWaiter();
                  assertThat(flight.join(waiter)).isTrue();
                  return waiter.await(flight).get();
                })
            .awaitWaiting();
    life.open();
    assertThat(follower.failure()).isInstanceOf(IllegalStateException.class);
  }

  private static Object overflow(int depth) {
    return depth < 0 ? depth : (Integer) overflow(depth + 1) + 1;
  }

  private static Object throwAny(Throwable thrown) throws Exception {
    throw FailureTest.<Exception>uncheckedly(thrown);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // to throw what is not declared
  private static <X extends Throwable> RuntimeException uncheckedly(Throwable thrown) throws X {
    throw (X) thrown;
  }

  private static final class FickleKey {
    volatile boolean broken;

    @Override
    public int hashCode() {
      if (broken) {
        throw new IllegalStateException("broken");
      }
      return 1;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }
}
