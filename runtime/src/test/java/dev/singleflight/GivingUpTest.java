package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class GivingUpTest {

  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(Call.PATIENCE_SECONDS);

  private final SingleflightGroup<String, Object> group = SingleflightGroup.create();
  private final GatedLoader<Object> loader = GatedLoader.returning("v");
  private final AtomicBoolean otherLoaderRan = new AtomicBoolean();

  @AfterEach
  void noFollowerLoads() {
    loader.open();
    assertThat(otherLoaderRan).isFalse();
    assertThat(loader.runs()).isEqualTo(1);
  }

  private Object otherLoader() {
    otherLoaderRan.set(true);
    return "other";
  }

  @Test
  void leaderTimesOutAndItsLoadGoesOn() {
    assertThatThrownBy(() -> group.execute("k", loader, SHORT))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("key k");
    assertThat(loader.awaitBegun().thread).isNotSameAs(Thread.currentThread());
    assertThat(group.inFlight()).isEqualTo(1);

    Call<Object> follower = Call.start(() -> group.execute("k", this::otherLoader)).awaitWaiting();
    loader.open();
    assertThat(follower.get()).isEqualTo("v");
  }

  @Test
  void followerTimesOutAndDisturbsNobody() {
    Call<Object> leader = Call.start(() -> group.execute("k", loader));
    loader.awaitBegun();
    Call<Object> patient = Call.start(() -> group.execute("k", this::otherLoader)).awaitWaiting();
    assertThatThrownBy(() -> group.execute("k", this::otherLoader, SHORT))
        .isInstanceOf(TimeoutException.class);
    assertThat(leader.isDone()).isFalse();
    assertThat(patient.isWaitingForFlight()).isTrue();
    loader.open();
    assertThat(leader.get()).isEqualTo("v");
    assertThat(patient.get()).isEqualTo("v");
  }

  @Test
  void leaderThatTimesOutDoesNotDisturbFollowers() {
    Call<Object> leader = Call.start(() -> group.execute("k", loader, Duration.ofMillis(200)));
    loader.awaitBegun();
    Call<Object> follower = Call.start(() -> group.execute("k", this::otherLoader)).awaitWaiting();
    assertThat(leader.failure()).isInstanceOf(TimeoutException.class);
    assertThat(follower.isDone()).isFalse();
    loader.open();
    assertThat(follower.get()).isEqualTo("v");
  }

  @Test
  void timeoutThatIsNotReachedChangesNothing() throws TimeoutException {
    loader.open();
    assertThat(group.execute("k", this::loaded, LONG)).isEqualTo("v");
    assertThat(group.inFlight()).isZero();
  }

  private Object loaded(String key) {
    try {
      return loader.load(key);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void extremeTimeouts() throws Exception {
    for (Duration none :
        List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
      assertThatThrownBy(() -> group.execute("k", loader, none))
          .isInstanceOf(TimeoutException.class);
    }
    loader.awaitBegun();
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    Call<Object> call = Call.start(() -> group.execute("k", loader, longest)).awaitWaiting();
    loader.open();
    assertThat(call.get()).isEqualTo("v");
  }

  @Test
  void interruptedFollowerGivesUpAlone() {
    Call<Object> leader = Call.start(() -> group.execute("k", loader));
    loader.awaitBegun();
    AtomicBoolean stillInterrupted = new AtomicBoolean();
    Call<Object> interrupted =
        Call.start(
                () -> {
                  try {
                    return group.execute("k", this::otherLoader);
                  } finally {
                    stillInterrupted.set(Thread.currentThread().isInterrupted());
                  }
                })
            .awaitWaiting();
    Call<Object> follower = Call.start(() -> group.execute("k", this::otherLoader)).awaitWaiting();

    interrupted.thread.interrupt();

    assertThat(interrupted.failure())
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("key k")
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(stillInterrupted).isTrue();
    assertThat(leader.isDone() || follower.isDone()).isFalse();
    loader.open();
    assertThat(leader.get()).isEqualTo("v");
    assertThat(follower.get()).isEqualTo("v");
  }

  @Test
  void interruptedLeaderOfDetachedLoadGivesUpAlone() {
    SingleflightGroup<Object, Object> detached =
        SingleflightGroup.newBuilder().executor(Runnable::run).build();
    Call<Object> leader = Call.start(() -> detached.execute("k", loader)).awaitWaiting();
    loader.awaitBegun();
    Call<Object> follower =
        Call.start(() -> detached.execute("k", this::otherLoader)).awaitWaiting();
    leader.thread.interrupt();
    assertThat(leader.failure()).isInstanceOf(CancellationException.class);
    assertThat(loader.thread).satisfies(thread -> assertThat(thread.isInterrupted()).isFalse());
    loader.open();
    assertThat(follower.get()).isEqualTo("v");
  }

  @Test
  void valueThatIsThereIsWorthMoreThanAnInterrupt() {
    loader.open();
    Thread.currentThread().interrupt();
    assertThat(group.execute("k", this::loadedUninterruptibly)).isEqualTo("v");
    assertThat(Thread.interrupted()).as("left to the caller").isTrue();
  }

  private Object loadedUninterruptibly(String key) {
    boolean interrupted = Thread.interrupted();
    try {
      return loaded(key);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void cancelledFutureGivesUpAlone() {
    CompletableFuture<Object> leader = group.executeAsync("k", loader);
    CompletableFuture<Object> follower = group.executeAsync("k", this::otherLoader);
    Call<Object> waiting = Call.start(() -> group.execute("k", this::otherLoader)).awaitWaiting();
    loader.awaitBegun();
    assertThat(leader).isNotSameAs(follower);
    assertThat(leader.cancel(true)).isTrue();
    assertThat(follower).isNotDone();
    assertThat(waiting.isDone()).isFalse();
    assertThat(loader.thread).satisfies(thread -> assertThat(thread.isInterrupted()).isFalse());
    loader.open();
    assertThat(follower.join()).isEqualTo("v");
    assertThat(waiting.get()).isEqualTo("v");
    assertThat(leader).isCancelled();
  }

  @Test
  void futureThatItsOwnerCompletesLeavesTheOthersAlone() {
    CompletableFuture<Object> leader = group.executeAsync("k", loader);
    CompletableFuture<Object> follower = group.executeAsync("k", this::otherLoader);
    assertThat(leader.complete("mine")).isTrue();
    loader.awaitBegun().open();
    assertThat(follower.join()).isEqualTo("v");
    assertThat(leader.join()).isEqualTo("mine");
  }

  @Test
  void futureThatTimesOutGivesUpAlone() {
    CompletableFuture<Object> leader = group.executeAsync("k", loader);
    CompletableFuture<Object> follower =
        group.executeAsync("k", this::otherLoader).orTimeout(20, TimeUnit.MILLISECONDS);
    assertThatThrownBy(follower::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(leader).isNotDone();
    loader.awaitBegun().open();
    assertThat(leader.join()).isEqualTo("v");
  }

  @Test
  void thoseWhoGaveUpAreNoFollowers() {
    Call<SharedResult<Object>> leader = Call.start(() -> group.executeShared("k", loader));
    loader.awaitBegun();
    Call<Object> follower = Call.start(() -> group.execute("k", this::otherLoader)).awaitWaiting();
    for (int i = 0; i < 1000; i++) {
      assertThatThrownBy(() -> group.execute("k", this::otherLoader, Duration.ofNanos(1)))
          .isInstanceOf(TimeoutException.class);
      group.executeAsync("k", this::otherLoader).cancel(false);
    }
    loader.open();
    assertThat(leader.get()).isEqualTo(new SharedResult<Object>("v", true, 1));
    assertThat(follower.get()).isEqualTo("v");
  }

  @Test
  void nodesOfThoseWhoGaveUpAreUnlinked() throws Exception {
    loader.open();
    assertThat(loader.load("k")).isEqualTo("v");
    Flight<Object, Object> flight =
        new Flight<>(new FlightTable<>(new GroupOptions<>()), "k", Thread.currentThread(), null);
    ThreadWaiter kept = new ThreadWaiter();
    assertThat(flight.join(kept)).isTrue();
    for (int i = 0; i < 1000; i++) {
      ThreadWaiter leaving = new ThreadWaiter();
      assertThat(flight.join(leaving)).isTrue();
      assertThat(leaving.await(flight, 0)).isNull();
    }
    ThreadWaiter last = new ThreadWaiter();
    assertThat(flight.join(last)).isTrue();
    int nodes = 0;
    boolean found = false;
    for (Waiter waiter = last; waiter != null; waiter = waiter.next) {
      nodes++;
      found |= waiter == kept;
    }
    assertThat(nodes).isLessThan(100);
    assertThat(found).as("the one who waits is kept").isTrue();
  }
}
