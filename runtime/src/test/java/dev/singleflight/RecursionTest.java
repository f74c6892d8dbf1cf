package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
  void waitThatIsOverLeavesNoEdgeBehind() {
    GatedLoader<Object> slow = GatedLoader.returning("slow");
    Call<Object> leader = Call.start(() -> group.execute(2, slow));
    slow.awaitBegun();
    CountDownLatch gaveUp = new CountDownLatch(1);
    GatedLoader<Object> rest = GatedLoader.returning("rest");
    // Leads 1, waits for 2 and gives up, so that whoever leads 2 may wait for 1 again.
    Call<Object> quitter =
        Call.start(
            () ->
                group.execute(
                    1,
                    key -> {
                      assertThatThrownBy(() -> group.execute(2, slow, Duration.ofMillis(1)))
                          .isInstanceOf(TimeoutException.class);
                      gaveUp.countDown();
                      return rest.load(key);
                    }));
    rest.awaitBegun();
    GatedLoader<Object> again = GatedLoader.doing(key -> group.execute(1, () -> "never"));
    slow.open();
    assertThat(leader.get()).isEqualTo("slow");
    Call<Object> waiting = Call.start(() -> group.execute(2, again));
    again.awaitBegun().open();
    waiting.awaitWaiting();
    rest.open();
    assertThat(waiting.get()).isEqualTo("rest");
    assertThat(quitter.get()).isEqualTo("rest");
  }

  @Test
  void circleThatThreadsCloseAtTheSameInstantIsNeverMissed() {
    int threads = 3;
    CyclicBarrier barrier = new CyclicBarrier(threads);
    AtomicInteger broken = new AtomicInteger();
    int rounds = 3000;
    List<Call<Object>> calls = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int own = i;
      calls.add(
          Call.start(
              () -> {
                for (int round = 0; round < rounds; round++) {
                  int base = round * threads;
                  int next = base + (own + 1) % threads;
                  try {
                    assertThat(
                            group.execute(
                                base + own,
                                key -> {
                                  meet(barrier);
                                  return group.execute(next, () -> "late");
                                }))
                        .isEqualTo("late");
                  } catch (RecursiveLoadException e) {
                    broken.incrementAndGet();
                  }
                  meet(barrier);
                }
                return "done";
              }));
    }
    calls.forEach(call -> assertThat(call.get()).isEqualTo("done"));
    assertThat(broken).hasValueGreaterThanOrEqualTo(rounds);
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

  private static void meet(CyclicBarrier barrier) {
    try {
      assertThat(barrier.await(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNegative();
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
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
