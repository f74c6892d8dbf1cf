package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loads that every caller has left, in a group that interrupts them and in one that does not. */
@Timeout(60)
final class AbandonedLoadTest {

  private final SingleflightGroup<String, Object> group =
      SingleflightGroup.newBuilder().interruptAbandoned().build();

  /** Runs until it is interrupted. */
  private static final class Endless implements Loader<String, Object, InterruptedException> {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);
    final CountDownLatch end = new CountDownLatch(1);

    @Override
    public Object load(String key) throws InterruptedException {
      begun.countDown();
      try {
        assertThat(end.await(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return "ended";
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    }

    void awaitBegun() throws InterruptedException {
      assertThat(begun.await(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    void awaitInterrupted() throws InterruptedException {
      assertThat(interrupted.await(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void loadIsInterruptedWhenTheLastCallerLeaves() throws Exception {
    Endless loader = new Endless();
    CompletableFuture<Object> leader = group.executeAsync("k", loader);
    loader.awaitBegun();
    Call<Object> follower = Call.start(() -> group.execute("k", loader)).awaitWaiting();
    leader.cancel(true);
    assertThat(loader.interrupted.getCount()).isEqualTo(1);
    follower.thread.interrupt();
    assertThat(follower.failure()).isNotNull();
    loader.awaitInterrupted();
    assertThat(group.execute("k", () -> "next")).isEqualTo("next");
  }

  @Test
  void futureThatItsOwnerEndsInAnyWayHasLeft() throws Exception {
    Endless loader = new Endless();
    CompletableFuture<Object> completed = group.executeAsync("k", loader);
    loader.awaitBegun();
    CompletableFuture<Object> failed = group.executeAsync("k", loader);
    CompletableFuture<Object> cancelled = group.executeAsync("k", loader);
    assertThat(completed.complete("own")).isTrue();
    assertThat(completed.complete("again")).isFalse();
    assertThat(failed.completeExceptionally(new IllegalStateException("own"))).isTrue();
    assertThat(failed.completeExceptionally(new IllegalStateException("again"))).isFalse();
    assertThat(loader.interrupted.getCount()).isEqualTo(1);
    assertThat(cancelled.cancel(true)).isTrue();
    loader.awaitInterrupted();
    assertThat(completed.join()).isEqualTo("own");
  }

  @Test
  void timeoutCountsAsLeaving() throws Exception {
    Endless loader = new Endless();
    assertThatThrownBy(() -> group.execute("k", loader, Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class);
    // It has either been interrupted or never begun.
    if (loader.begun.getCount() == 0) {
      loader.awaitInterrupted();
    }
    assertThat(group.inFlight()).isZero();
  }

  @Test
  void nobodyJoinsALoadThatIsBeingInterrupted() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<Object> left =
        group.executeAsync(
            "k",
            () -> {
              begun.countDown();
              boolean interrupted = false;
              while (true) {
                try {
                  end.await();
                  return interrupted;
                } catch (InterruptedException e) {
                  interrupted = true;
                }
              }
            });
    begun.await();
    left.cancel(true);
    assertThat(group.inFlight()).isZero();
    assertThat(group.execute("k", () -> "new")).isEqualTo("new");
    end.countDown();
  }

  @Test
  void loadThatSomebodyWaitsForIsNotInterrupted() throws Exception {
    Endless loader = new Endless();
    CompletableFuture<Object> leader = group.executeAsync("k", loader);
    CompletableFuture<Object> follower = group.executeAsync("k", loader);
    loader.awaitBegun();
    leader.cancel(true);
    loader.end.countDown();
    assertThat(follower.join()).isEqualTo("ended");
  }

  @Test
  void leaderThatLoadsItselfIsNotInterruptedForItsFollowers() throws Exception {
    Endless loader = new Endless();
    Call<Object> leader = Call.start(() -> group.execute("k", loader));
    loader.awaitBegun();
    Call<Object> follower = Call.start(() -> group.execute("k", loader)).awaitWaiting();
    follower.thread.interrupt();
    assertThat(follower.failure()).isNotNull();
    Call<Object> later = Call.start(() -> group.execute("k", loader)).awaitWaiting();
    loader.end.countDown();
    assertThat(leader.get()).isEqualTo("ended");
    assertThat(later.get()).isEqualTo("ended");
  }

  @Test
  void forgottenLoadIsInterruptedToo() throws Exception {
    Endless loader = new Endless();
    CompletableFuture<Object> leader = group.executeAsync("k", loader);
    loader.awaitBegun();
    assertThat(group.forgetUnshared("k")).isTrue();
    leader.cancel(true);
    loader.awaitInterrupted();
  }

  @Test
  void loadThatHasNotBegunNeverDoes() throws Exception {
    LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    SingleflightGroup<String, Object> queued =
        SingleflightGroup.newBuilder().interruptAbandoned().executor(tasks::add).build();
    AtomicBoolean ran = new AtomicBoolean();
    CompletableFuture<Object> left =
        queued.executeAsync(
            "k",
            () -> {
              ran.set(true);
              return "v";
            });
    Runnable task = tasks.take();
    left.cancel(true);
    task.run();
    assertThat(ran).isFalse();
    assertThat(queued.inFlight()).isZero();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void interruptDoesNotOutlastTheLoad() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      SingleflightGroup<String, Object> pooled =
          SingleflightGroup.newBuilder().interruptAbandoned().executor(pool).build();
      for (int round = 0; round < 2_000; round++) {
        // Leaves at about the time at which the load ends.
        pooled.executeAsync("k", () -> "v").cancel(true);
        Future<Boolean> interrupted = pool.submit(() -> Thread.currentThread().isInterrupted());
        assertThat(interrupted.get()).isFalse();
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void withoutTheOptionTheLoadGoesOnAndIsJoined() throws Exception {
    SingleflightGroup<String, Object> patient = SingleflightGroup.create();
    Endless loader = new Endless();
    patient.executeAsync("k", loader).cancel(true);
    loader.awaitBegun();
    CompletableFuture<Object> later = patient.executeAsync("k", () -> "not run");
    loader.end.countDown();
    assertThat(later.join()).isEqualTo("ended");
  }
}
