package dev.singleflight.proofs.regressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.singleflight.SharedResult;
import dev.singleflight.SingleflightGroup;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A caller finds a flight, and before it joins, that cannot be joined any more: the oldest mistake
 * in coalescing is to join it all the same.
 */
@Timeout(60)
final class LateJoinTest {

  private final SingleflightGroup<HeldKey, String> group = SingleflightGroup.create();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);
  private final HeldKey late = HeldKey.held();

  private String old() {
    begun.countDown();
    Task.await(open);
    return "old";
  }

  private Task<String> startOld() {
    Task<String> leader = Task.start(() -> group.execute(HeldKey.free(), this::old));
    Task.await(begun);
    return leader;
  }

  private Task<SharedResult<String>> startLate() {
    Task<SharedResult<String>> task = Task.start(() -> group.executeShared(late, () -> "new"));
    late.awaitFound();
    return task;
  }

  @Test
  void joinOfAFinishedFlight() throws Exception {
    Task<String> leader = startOld();
    Task<SharedResult<String>> joining = startLate();
    open.countDown();
    assertThat(leader.get()).isEqualTo("old");

    late.release();

    assertThat(joining.get()).isEqualTo(new SharedResult<>("new", true, 0));
    assertThat(group.inFlight()).isZero();
  }

  @Test
  void joinOfAFailedFlight() throws Exception {
    Task<String> leader =
        Task.start(
            () ->
                group.execute(
                    HeldKey.free(),
                    () -> {
                      throw new IllegalStateException(old());
                    }));
    Task.await(begun);
    Task<SharedResult<String>> joining = startLate();
    open.countDown();
    assertThatThrownBy(leader::get).hasRootCauseMessage("old");

    late.release();

    assertThat(joining.get()).isEqualTo(new SharedResult<>("new", true, 0));
  }

  /** Whoever finds that it is too late makes way for a new flight, but not of one that is there. */
  @Test
  void joinOfAFinishedFlightThatHasASuccessor() throws Exception {
    Task<String> leader = startOld();
    Task<SharedResult<String>> joining = startLate();
    open.countDown();
    assertThat(leader.get()).isEqualTo("old");
    CountDownLatch successorBegun = new CountDownLatch(1);
    CountDownLatch successorOpen = new CountDownLatch(1);
    Task<SharedResult<String>> successor =
        Task.start(
            () ->
                group.executeShared(
                    HeldKey.free(),
                    () -> {
                      successorBegun.countDown();
                      Task.await(successorOpen);
                      return "successor";
                    }));
    Task.await(successorBegun);

    late.release();

    joining.awaitWaitingForFlight();
    CompletableFuture<String> afterwards = group.executeAsync(HeldKey.free(), () -> "another");
    successorOpen.countDown();
    assertThat(joining.get()).isEqualTo(new SharedResult<>("successor", false, 2));
    assertThat(successor.get()).isEqualTo(new SharedResult<>("successor", true, 2));
    assertThat(afterwards.get()).isEqualTo("successor");
  }

  @Test
  void joinOfAFlightThatWasForgottenAsUnshared() throws Exception {
    Task<String> leader = startOld();
    Task<SharedResult<String>> joining = startLate();
    assertThat(group.forgetUnshared(HeldKey.free())).isTrue();

    late.release();

    assertThat(joining.get()).isEqualTo(new SharedResult<>("new", true, 0));
    open.countDown();
    assertThat(leader.get()).isEqualTo("old");
  }

  /** The last waiter leaves, a new one joins: the load is being interrupted, and is not for it. */
  @Test
  void joinOfALoadThatEveryCallerHasLeft() throws Exception {
    SingleflightGroup<HeldKey, String> interrupting =
        SingleflightGroup.newBuilder().interruptAbandoned().build();
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch over = new CountDownLatch(1);
    CompletableFuture<String> last =
        interrupting.executeAsync(
            HeldKey.free(),
            () -> {
              begun.countDown();
              try {
                open.await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
              over.countDown();
              return "old";
            });
    Task.await(begun);
    Task<SharedResult<String>> joining =
        Task.start(() -> interrupting.executeShared(late, () -> "new"));
    late.awaitFound();
    assertThat(last.cancel(true)).isTrue();

    late.release();

    assertThat(joining.get()).isEqualTo(new SharedResult<>("new", true, 0));
    Task.await(over);
    assertThat(interrupted).isTrue();
    assertThat(interrupting.inFlight()).isZero();
  }

  /** It joins after all, for its call began before the key was forgotten. */
  @Test
  void joinOfAFlightThatWasForgottenMeanwhile() throws Exception {
    Task<String> leader = startOld();
    Task<SharedResult<String>> joining = startLate();
    assertThat(group.forget(HeldKey.free())).isTrue();
    late.release();
    joining.awaitWaitingForFlight();
    assertThat(group.execute(HeldKey.free(), () -> "third")).isEqualTo("third");
    open.countDown();
    assertThat(leader.get()).isEqualTo("old");
    assertThat(joining.get()).isEqualTo(new SharedResult<>("old", false, 1));
  }

  /** A caller that does not wait at all does not lead a second load of a flight that it found. */
  @Test
  void lookupThatTimesOutJoinsBeforeItLeaves() throws Exception {
    Task<String> leader = startOld();
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(
              () ->
                  group.execute(
                      HeldKey.free(),
                      () -> {
                        throw new AssertionError("loaded");
                      },
                      Duration.ZERO))
          .isInstanceOf(TimeoutException.class);
    }
    open.countDown();
    assertThat(leader.get()).isEqualTo("old");
  }
}
