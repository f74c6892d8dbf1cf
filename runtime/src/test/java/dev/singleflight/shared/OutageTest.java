package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.LoaderTier;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The engine cannot be reached, or is slow, and comes back. */
final class OutageTest extends PeersTest {

  /** Longer than it takes to notice that the engine is back. */
  private static final Duration BACK = Peer.RECOVERY.multipliedBy(2).plusMillis(100);

  private void change() {
    source.write("k", "v1");
    a.loader.invalidate("k");
  }

  @Test
  void withoutTheEngineEachProcessLoadsByItselfOnce() {
    a.engine.disconnect();
    b.engine.disconnect();
    assertThat(a.get("k") + a.get("k") + b.get("k")).isEqualTo("v0v0v0");
    assertThat(source.loads()).isEqualTo(2);
    assertThat(a.stats().bypasses()).isEqualTo(1);
    assertThat(a.stats().inUse()).isFalse();
    assertThat(a.stats().outages()).isEqualTo(1);
  }

  @Test
  void localCallersShareTheLoadMeanwhile() throws Exception {
    a.engine.disconnect();
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> first = a.getLater("k");
    gate.awaitBegun();
    CompletableFuture<@Nullable String> second = a.getLater("k");
    while (a.loader.stats().followers() == 0) {
      Thread.onSpinWait();
    }
    gate.open();
    assertThat(Peer.await(first)).isEqualTo("v0");
    assertThat(Peer.await(second)).isEqualTo("v0");
    assertThat(source.loads()).isEqualTo(1);
  }

  @Test
  void engineThatWasNeverThereIsUsedWhenItComes() {
    FakeEngine.Member absent = engine.member();
    absent.way(FakeEngine.Way.CUT);
    try (SharedTier<String, @Nullable String> tier =
        // It waits for the engine for a while.
        Peer.await(
            clock,
            () -> Peer.tier(absent, clock, builder -> {}),
            Duration.ofMillis(100),
            Duration.ofSeconds(10))) {
      assertThat(tier.stats().inUse()).isFalse();
      absent.reconnect();
      clock.settle();
      assertThat(tier.stats().inUse()).isTrue();
    }
  }

  @Test
  void slowStepCostsItsBoundAndThenTheLoadRuns() throws Exception {
    a.engine.way(FakeEngine.Way.SLOW);
    CompletableFuture<@Nullable String> call = a.getLater("k");
    clock.awaitWaiting(1);
    clock.advance(Peer.CALL.minusMillis(1));
    assertThat(call).isNotDone();
    clock.advance(Duration.ofMillis(1));
    assertThat(Peer.await(call)).isEqualTo("v0");
    assertThat(a.stats().engineTimeouts()).isEqualTo(1);
    assertThat(a.stats().inUse()).isTrue();
  }

  @Test
  void afterThreeSlowStepsNobodyPaysTheBound() throws Exception {
    a.engine.way(FakeEngine.Way.SLOW);
    for (int i = 0; i < 3; i++) {
      CompletableFuture<@Nullable String> call = a.getLater("slow " + i);
      clock.awaitWaiting(1);
      clock.advance(Peer.CALL);
      assertThat(Peer.await(call)).isNull();
    }
    assertThat(a.stats().inUse()).isFalse();
    int steps = a.engine.steps();
    assertThat(a.get("k")).isEqualTo("v0");
    assertThat(a.engine.steps()).isEqualTo(steps);
    // Probes are not answered either.
    clock.advance(BACK.multipliedBy(5));
    assertThat(a.stats().inUse()).isFalse();
    a.engine.way(FakeEngine.Way.OPEN);
    clock.advance(BACK);
    assertThat(a.stats().inUse()).isTrue();
  }

  @Test
  void stepsThatFailInARowCountOnlyInARow() {
    for (int i = 0; i < 5; i++) {
      a.engine.way(FakeEngine.Way.CUT);
      assertThat(a.get("x" + i)).isNull();
      assertThat(a.get("y" + i)).isNull();
      a.engine.way(FakeEngine.Way.OPEN);
      assertThat(a.get("z" + i)).isNull();
    }
    assertThat(a.stats().inUse()).isTrue();
    assertThat(a.stats().engineFailures()).isEqualTo(10);
  }

  @Test
  void invalidationMeanwhileIsMadeUpForBeforeTheEngineIsUsedAgain() {
    assertThat(a.get("k")).isEqualTo("v0");
    a.engine.disconnect();
    change();
    assertThat(a.stats().pendingInvalidations()).isEqualTo(1);
    assertThat(a.get("k")).isEqualTo("v1");
    a.engine.reconnect();
    clock.settle();
    assertThat(a.stats().pendingInvalidations()).isZero();
    assertThat(a.get("k")).isEqualTo("v1");
    // Nobody else had an outage: what they get is right as soon as the engine knows.
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void invalidationThatIsNotAcknowledgedKeepsThisProcessFromTheTier() throws Exception {
    assertThat(a.get("k")).isEqualTo("v0");
    a.engine.way(FakeEngine.Way.SLOW);
    source.write("k", "v1");
    CompletableFuture<Void> invalidation = Peer.later(() -> a.loader.invalidate("k"));
    clock.awaitWaiting(1);
    clock.advance(Peer.CALL);
    Void unused = Peer.await(invalidation);
    assertThat(a.stats().inUse()).isFalse();
    // The engine still has the old value, and would answer now.
    assertThat(engine.isLeased(Peer.tierKey("k"))).isFalse();
    assertThat(a.get("k")).isEqualTo("v1");
    a.engine.way(FakeEngine.Way.OPEN);
    clock.advance(BACK);
    assertThat(a.stats().inUse()).isTrue();
    assertThat(a.stats().pendingInvalidations()).isZero();
    assertThat(a.get("k") + b.get("k")).isEqualTo("v1v1");
  }

  @Test
  void whoIsBackSoonerDoesNotTakeWhatTheOtherHasYetToInvalidate() {
    assertThat(c.get("k")).isEqualTo("v0");
    a.engine.disconnect();
    b.engine.disconnect();
    change();
    b.engine.reconnect();
    clock.settle();
    assertThat(b.stats().inUse()).isTrue();
    // The old value is still in the engine, and so it is for c, which has noticed nothing.
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(c.get("k")).isEqualTo("v0");
    a.engine.reconnect();
    clock.settle();
    assertThat(c.get("k")).isEqualTo("v1");
  }

  @Test
  void whatOneHasLoadedSinceIsGoodForTheNextThatIsBack() {
    assertThat(c.get("k")).isEqualTo("v0");
    a.engine.disconnect();
    b.engine.disconnect();
    a.engine.reconnect();
    b.engine.reconnect();
    clock.settle();
    clock.advance(Duration.ofSeconds(1));
    assertThat(a.get("k") + b.get("k")).isEqualTo("v0v0");
    assertThat(source.loads()).isEqualTo(2);
  }

  @Test
  void whatIsCachedHereIsDroppedWhenTheEngineIsBack() {
    assertThat(a.get("k") + b.get("k")).isEqualTo("v0v0");
    b.engine.disconnect();
    change();
    assertThat(b.get("k")).isEqualTo("v0");
    b.engine.reconnect();
    clock.settle();
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void loadOfBeforeTheOutageIsNotFilledAfterIt() throws Exception {
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> old = b.getLater("k");
    gate.awaitBegun();
    source.holdNoMore();
    a.engine.disconnect();
    b.engine.disconnect();
    change();
    b.engine.reconnect();
    clock.settle();
    gate.open();
    assertThat(Peer.await(old)).isEqualTo("v0");
    assertThat(b.stats().fills()).isZero();
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(c.get("k")).isEqualTo("v1");
  }

  @Test
  void whoWaitsWhenTheEngineGoesLoadsByItself() throws Exception {
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> first = a.getLater("k");
    gate.awaitBegun();
    source.holdNoMore();
    CompletableFuture<@Nullable String> second = b.getLater("k");
    clock.awaitWaiting(1);
    b.engine.disconnect();
    assertThat(Peer.await(second)).isEqualTo("v0");
    gate.open();
    assertThat(Peer.await(first)).isEqualTo("v0");
  }

  @Test
  void invalidationsBeyondABoundBecomeOneOfEverything() {
    assertThat(c.get("k")).isEqualTo("v0");
    a.engine.disconnect();
    for (int i = 0; i <= PendingInvalidations.BOUND; i++) {
      a.loader.invalidate("key " + i);
    }
    assertThat(a.stats().pendingInvalidations()).isEqualTo(1);
    change();
    a.engine.reconnect();
    clock.settle();
    assertThat(a.stats().pendingInvalidations()).isZero();
    assertThat(c.get("k")).isEqualTo("v1");
  }

  @Test
  void invalidationOfAllMeanwhileIsMadeUpFor() {
    assertThat(c.get("k")).isEqualTo("v0");
    a.engine.disconnect();
    source.write("k", "v1");
    a.loader.invalidateAll();
    a.engine.reconnect();
    clock.settle();
    assertThat(c.get("k")).isEqualTo("v1");
  }

  @Test
  void engineThatGoesAgainWhileItIsMadeUpForIsWaitedForAgain() {
    a.engine.disconnect();
    change();
    a.engine.reconnect();
    a.engine.disconnect();
    clock.advance(BACK);
    assertThat(a.stats().inUse()).isFalse();
    a.engine.reconnect();
    clock.advance(BACK);
    assertThat(a.stats().inUse()).isTrue();
    assertThat(a.stats().pendingInvalidations()).isZero();
  }

  /** Does something when it is told to drop what it has; which is before the engine is used. */
  private static final class Dropped implements LoaderTier.Copies<String> {
    private final Runnable once;
    private final AtomicInteger times = new AtomicInteger();

    Dropped(Runnable once) {
      this.once = once;
    }

    @Override
    public void invalidate(String key) {}

    @Override
    public void invalidateAll() {
      if (times.getAndIncrement() == 0) {
        once.run();
      }
    }
  }

  @Test
  void invalidationJustBeforeTheEngineIsUsedAgainIsMadeUpForToo() {
    assertThat(c.get("k")).isEqualTo("v0");
    a.engine.disconnect();
    Dropped dropped = new Dropped(this::change);
    LoaderTier.Attachment<String, @Nullable String> attachment = a.tier.attach(null, dropped);
    a.engine.reconnect();
    clock.settle();
    assertThat(dropped.times).hasValue(2);
    assertThat(a.stats().inUse()).isTrue();
    assertThat(a.stats().pendingInvalidations()).isZero();
    assertThat(c.get("k")).isEqualTo("v1");
    assertThat(attachment).isNotNull();
  }

  @Test
  void connectionThatIsRenewedJustBeforeItIsUsedHasCopiesDroppedAgain() {
    a.engine.disconnect();
    Dropped dropped =
        new Dropped(
            () -> {
              a.engine.disconnect();
              a.engine.reconnect();
            });
    LoaderTier.Attachment<String, @Nullable String> attachment = a.tier.attach(null, dropped);
    a.engine.reconnect();
    clock.settle();
    assertThat(dropped.times).hasValue(2);
    assertThat(a.stats().inUse()).isTrue();
    assertThat(attachment).isNotNull();
  }

  @Test
  void closedTierIsNoMoreThanNone() {
    assertThat(a.get("k")).isEqualTo("v0");
    a.close();
    source.write("k", "v1");
    a.loader.invalidate("k");
    assertThat(a.get("k")).isEqualTo("v1");
    a.engine.reconnect();
    assertThat(a.stats().inUse()).isFalse();
  }
}
