package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("SingleflightRecursiveLoad") // what the check stops is what is tested here
@Timeout(120)
final class RecursionTest {

  private static final Duration LONG = Duration.ofSeconds(Call.PATIENCE_SECONDS);

  private final SingleflightGroup<Integer, Object> group = SingleflightGroup.create();
  private final SingleflightGroup<Integer, Object> other =
      SingleflightGroup.newBuilder().name("other").build();

  @Test
  void sameKeyFailsAtOnceAndNamesTheKey() {
    assertThatThrownBy(() -> group.execute(1, key -> group.execute(key, () -> "inner")))
        .isInstanceOf(RecursiveLoadException.class)
        .hasMessage("The load of key 1 would wait for itself");
    assertThat(group.inFlight()).isZero();
  }

  @Test
  void sameKeyThroughAnotherKeyFails() {
    assertThatThrownBy(
            () ->
                group.execute(1, one -> group.execute(2, two -> group.execute(one, () -> "inner"))))
        .isInstanceOf(RecursiveLoadException.class)
        .hasMessageContaining("key 1");
    assertThat(group.inFlight()).isZero();
  }

  @Test
  void loaderThatCatchesTheFailureMayStillReturn() {
    Object value =
        group.execute(
            1,
            key -> {
              try {
                return group.execute(key, () -> "inner");
              } catch (RecursiveLoadException e) {
                return "outer";
              }
            });
    assertThat(value).isEqualTo("outer");
  }

  @Test
  void nestedCallsWithOtherKeysOrGroupsAreNoRecursion() throws TimeoutException {
    Object value =
        group.execute(
            1,
            one ->
                group.execute(
                    2,
                    two -> other.execute(1, () -> other.executeAsync(2, () -> one + two).join())));
    assertThat(value).isEqualTo(3);
    assertThat(group.execute(1, () -> other.execute(1, () -> "v"), LONG)).isEqualTo("v");
  }

  @Test
  void sameKeyInDetachedLoadFails() {
    SingleflightGroup<Integer, Object> detached =
        SingleflightGroup.newBuilder().executor(Runnable::run).build();
    assertThatThrownBy(() -> detached.execute(1, key -> detached.execute(key, () -> "inner")))
        .isInstanceOf(RecursiveLoadException.class)
        .hasMessageContaining("key 1");
    assertThatThrownBy(
            () -> group.execute(1, key -> wrapTimeout(() -> group.execute(1, () -> 2, LONG)), LONG))
        .isInstanceOf(RecursiveLoadException.class);
  }

  @Test
  void joiningTheFutureOfTheOwnLoadFails() {
    for (Await await : Await.values()) {
      assertThatThrownBy(
              () -> group.execute(1, key -> await.on(group.executeAsync(key, () -> "inner"))))
          .isInstanceOf(RecursiveLoadException.class)
          .hasMessageContaining("key 1");
    }
    assertThat(group.inFlight()).isZero();
  }

  @Test
  void joiningTheFutureOfTheOwnLoadFailsInForkJoinWorkers() {
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      assertThatThrownBy(
              () ->
                  pool.submit(
                          () -> group.execute(1, key -> group.executeAsync(1, () -> "v").join()))
                      .get(Call.PATIENCE_SECONDS, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(RecursiveLoadException.class);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void askingForTheFutureOfTheOwnLoadWithoutWaitingIsNoRecursion() {
    List<CompletableFuture<Object>> inner = new ArrayList<>();
    Object value =
        group.execute(
            1,
            key -> {
              inner.add(group.executeAsync(key, () -> "inner"));
              return "outer";
            });
    assertThat(value).isEqualTo("outer");
    assertThat(inner.get(0).join()).isEqualTo("outer");
  }

  @Test
  void circleOfTwoThreadsFailsAtOnceAndNamesBothKeys() {
    GatedLoader<Object> second = GatedLoader.doing(key -> group.execute(1, () -> "never"));
    GatedLoader<Object> first = GatedLoader.doing(key -> group.execute(2, () -> "never"));
    Call<Object> a = Call.start(() -> group.execute(1, first));
    Call<Object> b = Call.start(() -> group.execute(2, second));
    first.awaitBegun();
    second.awaitBegun().open();
    b.awaitWaiting();
    assertThat(a.isDone()).isFalse();

    first.open();

    assertThat(a.failure())
        .isInstanceOf(RecursiveLoadException.class)
        .hasMessage("The load of key 1 would wait for key 2, whose load waits for key 1")
        .isSameAs(b.failure());
  }

  @Test
  void circleOfThreeThreadsInTwoGroupsFails() {
    GatedLoader<Object> one = GatedLoader.doing(key -> other.execute(2, () -> "never"));
    GatedLoader<Object> two = GatedLoader.doing(key -> group.execute(3, () -> "never"));
    GatedLoader<Object> three = GatedLoader.doing(key -> group.execute(1, () -> "never"));
    Call<Object> a = Call.start(() -> group.execute(1, one));
    Call<Object> b = Call.start(() -> other.execute(2, two));
    Call<Object> c = Call.start(() -> group.execute(3, three));
    List.of(one, two, three).forEach(GatedLoader::awaitBegun);
    one.open();
    a.awaitWaiting();
    two.open();
    b.awaitWaiting();
    three.open();
    assertThat(c.failure())
        .isInstanceOf(RecursiveLoadException.class)
        .hasMessage(
            "The load of key 3 would wait for key 1, whose load waits for key 2 of group other, "
                + "whose load waits for key 3");
    assertThat(a.failure()).isSameAs(c.failure());
    assertThat(b.failure()).isSameAs(c.failure());
  }

  @Test
  void circleThroughFuturesOfDetachedLoadsFails() {
    GatedLoader<Object> back = GatedLoader.doing(key -> group.execute(1, () -> "never"));
    Call<Object> call =
        Call.start(() -> group.execute(1, key -> other.executeAsync(2, back).join()));
    back.awaitBegun();
    Call.awaitTrue(() -> call.thread.getState() == Thread.State.WAITING);
    back.open();
    assertThat(call.failure()).hasRootCauseInstanceOf(RecursiveLoadException.class);
  }

  @Test
  void circleThroughAnExecutorFails() {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      SingleflightGroup<Integer, Object> pooled =
          SingleflightGroup.newBuilder().executor(pool).build();
      GatedLoader<Object> one = GatedLoader.doing(key -> pooled.execute(2, () -> "never"));
      GatedLoader<Object> two = GatedLoader.doing(key -> pooled.execute(1, () -> "never"));
      Call<Object> a = Call.start(() -> pooled.execute(1, one));
      Call<Object> b = Call.start(() -> pooled.execute(2, two));
      one.awaitBegun();
      two.awaitBegun();
      one.open();
      two.open();
      assertThat(a.failure()).isInstanceOf(RecursiveLoadException.class);
      assertThat(b.failure()).isInstanceOf(RecursiveLoadException.class);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void waitThatWasGivenUpLeavesNoEdgeBehind() {
    GatedLoader<Object> second = GatedLoader.doing(key -> group.execute(1, () -> "never"));
    Call<Object> b = Call.start(() -> group.execute(2, second));
    second.awaitBegun();
    GatedLoader<Object> rest = GatedLoader.returning("rest");
    // Leads 1, waits for 2 and gives up, so that the leader of 2 may well wait for 1.
    Call<Object> a =
        Call.start(
            () ->
                group.execute(
                    1,
                    key -> {
                      assertThatThrownBy(() -> group.execute(2, second, Duration.ofMillis(1)))
                          .isInstanceOf(TimeoutException.class);
                      assertThatThrownBy(
                              () -> group.executeAsync(2, second).get(1, TimeUnit.MILLISECONDS))
                          .isInstanceOf(TimeoutException.class);
                      return rest.load(key);
                    }));
    rest.awaitBegun();
    second.open();
    b.awaitWaiting();
    rest.open();
    assertThat(a.get()).isEqualTo("rest");
    assertThat(b.get()).isEqualTo("rest");
  }

  @Test
  void circleThatThreadsCloseAtTheSameInstantIsNeverMissed() {
    int rounds = 5_000;
    AtomicInteger arrived = new AtomicInteger();
    AtomicInteger broken = new AtomicInteger();
    List<Call<Object>> calls = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int own = i;
      calls.add(
          Call.start(
              () -> {
                for (int round = 0; round < rounds; round++) {
                  int meeting = 4 * (round + 1);
                  int key = 2 * round;
                  try {
                    assertThat(
                            group.execute(
                                key + own,
                                k -> {
                                  meet(arrived, meeting - 2);
                                  return group.execute(key + 1 - own, () -> "late");
                                }))
                        .isEqualTo("late");
                  } catch (RecursiveLoadException e) {
                    broken.incrementAndGet();
                  }
                  meet(arrived, meeting);
                }
                return "done";
              }));
    }
    calls.forEach(call -> assertThat(call.get()).isEqualTo("done"));
    assertThat(broken).hasValueGreaterThanOrEqualTo(rounds);
  }

  /**
   * A thread ends the load of 1 and then waits for 2, while the leader of 2, about to wait for 1,
   * has seen the first and not yet the second: what it sees makes a circle that never was.
   */
  @Test
  void waitsThatFollowEachOtherAreNotTakenForACircle() {
    GatedLoader<Object> first = GatedLoader.returning("v");
    FutureTask<Object> task =
        new FutureTask<>(() -> List.of(group.execute(1, first), group.execute(2, () -> "never")));
    LookedUpThread alternating = new LookedUpThread(task);
    alternating.start();
    first.awaitBegun();
    Object value =
        group.execute(
            2,
            two -> {
              alternating.onLookUp =
                  () -> {
                    first.open();
                    Call.awaitTrue(
                        () -> LockSupport.getBlocker(alternating) instanceof Flight<?, ?>);
                  };
              return group.execute(1, () -> "late");
            });
    assertThat(value).isEqualTo("v");
    assertThat(alternating.onLookUp).as("left to do").isNull();
    assertThat(task).succeedsWithin(LONG).isEqualTo(List.of("v", "v"));
  }

  /** Does something when another thread first looks it up in a map. */
  private static final class LookedUpThread extends Thread {
    volatile @Nullable Runnable onLookUp;

    LookedUpThread(Runnable task) {
      super(task);
      setDaemon(true);
    }

    @Override
    public int hashCode() {
      Runnable action = onLookUp;
      if (action != null && Thread.currentThread() != this) {
        onLookUp = null;
        action.run();
      }
      return 1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }
  }

  @Test
  void waitsInOrderAreNeverTakenForACircle() {
    int threads = 8;
    List<Call<Object>> calls = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int own = i;
      calls.add(
          Call.start(
              () -> {
                for (int round = 0; round < 3000; round++) {
                  assertThat(descend(4 + (own + round) % 3)).isEqualTo("bottom");
                }
                return "done";
              }));
    }
    calls.forEach(call -> assertThat(call.get()).isEqualTo("done"));
  }

  /** Loads of a key only ever wait for loads of smaller keys, some of them by futures. */
  private Object descend(int key) {
    if (key == 0) {
      return "bottom";
    }
    if (key % 3 == 0) {
      return group.executeAsync(key, k -> descend(k - 1)).join();
    }
    return group.execute(key, k -> descend(k - 1));
  }

  /** Spins, since threads that a barrier wakes leave it one after the other. */
  @SuppressWarnings("ThreadPriorityCheck") // only so as not to stall where processors are few
  private static void meet(AtomicInteger arrived, int expected) {
    if (arrived.incrementAndGet() < expected) {
      for (int spins = 0; arrived.get() < expected; spins++) {
        if (spins < 1_000) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
    }
  }

  private static Object wrapTimeout(ThrowingSupplier<Object, TimeoutException> supplier) {
    try {
      return supplier.get();
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private enum Await {
    JOIN {
      @Override
      Object on(CompletableFuture<Object> future) {
        return future.join();
      }
    },
    GET {
      @Override
      Object on(CompletableFuture<Object> future) throws Exception {
        return future.get();
      }
    },
    GET_IN_TIME {
      @Override
      Object on(CompletableFuture<Object> future) throws Exception {
        return future.get(Call.PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    };

    abstract Object on(CompletableFuture<Object> future) throws Exception;
  }
}
