package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.LoadException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Of several processes that ask for a key, one loads; what becomes of the others. */
final class OneLoadTest extends PeersTest {

  @Test
  void secondProcessTakesWhatTheFirstHasLoaded() {
    assertThat(a.get("k")).isEqualTo("v0");
    assertThat(b.get("k")).isEqualTo("v0");
    assertThat(source.loads()).isEqualTo(1);
    assertThat(a.loader.stats().loads()).isEqualTo(1);
    assertThat(b.loader.stats().loads()).isZero();
    assertThat(a.stats().leases()).isEqualTo(1);
    assertThat(b.stats().hits()).isEqualTo(1);
  }

  @Test
  void missTakesTwoStepsHitOfTheTierOneHitHereNone() {
    int before = a.engine.steps();
    assertThat(a.get("k")).isEqualTo("v0");
    assertThat(a.engine.steps() - before).isEqualTo(2);
    assertThat(a.get("k")).isEqualTo("v0");
    assertThat(a.engine.steps() - before).isEqualTo(2);
    before = b.engine.steps();
    assertThat(b.get("k")).isEqualTo("v0");
    assertThat(b.engine.steps() - before).isEqualTo(1);
  }

  @Test
  void whoComesDuringTheLoadWaitsAndIsTold() throws Exception {
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> first = a.getLater("k");
    gate.awaitBegun();
    CompletableFuture<@Nullable String> second = b.getLater("k");
    CompletableFuture<@Nullable String> third = b.getLater("k");
    clock.awaitWaiting(1);
    gate.open();
    // No time passes: it is the message that wakes them.
    assertThat(Peer.await(first)).isEqualTo("v0");
    assertThat(Peer.await(second)).isEqualTo("v0");
    assertThat(Peer.await(third)).isEqualTo("v0");
    assertThat(source.loads()).isEqualTo(1);
    assertThat(b.stats().waits()).isEqualTo(1);
  }

  @Test
  void whoIsToldBeforeItWaitsDoesNotWait() throws Exception {
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> first = a.getLater("k");
    gate.awaitBegun();
    b.engine.afterRead(
        reading -> {
          assertThat(reading.state()).isEqualTo(Reading.State.BUSY);
          gate.open();
          assertThat(first.join()).isEqualTo("v0");
        });
    // No time passes: what happened between the answer and the wait is not missed.
    assertThat(Peer.await(b.getLater("k"))).isEqualTo("v0");
    assertThat(source.loads()).isEqualTo(1);
  }

  @Test
  void whoIsNotToldLooksAfterAWhile() throws Exception {
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> first = a.getLater("k");
    gate.awaitBegun();
    b.engine.deaf(true);
    CompletableFuture<@Nullable String> second = b.getLater("k");
    clock.awaitWaiting(1);
    gate.open();
    assertThat(Peer.await(first)).isEqualTo("v0");
    assertThat(second).isNotDone();
    clock.passUntilDone(second, Duration.ofMillis(10), Duration.ofSeconds(2));
    assertThat(Peer.await(second)).isEqualTo("v0");
    assertThat(source.loads()).isEqualTo(1);
  }

  @Test
  void expiredValueIsLoadedOnceMore() {
    assertThat(a.get("k")).isEqualTo("v0");
    source.write("k", "v1");
    clock.advance(Peer.FRESH);
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(source.loads()).isEqualTo(2);
  }

  @Test
  void failureIsTheCallersOwnAndFreesTheLeaseAtOnce() throws Exception {
    source.failWith(new IOException("down"));
    assertThat(Peer.failureOf(a.getLater("k")))
        .isInstanceOf(LoadException.class)
        .hasRootCauseMessage("down");
    assertThat(engine.isLeased(Peer.tierKey("k"))).isFalse();
    source.failWith(null);
    assertThat(b.get("k")).isEqualTo("v0");
  }

  @Test
  void whoWaitsForALoadThatFailsTakesOver() throws Exception {
    source.failWith(new IOException("down"));
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> first = a.getLater("k");
    gate.awaitBegun();
    CompletableFuture<@Nullable String> second = b.getLater("k");
    clock.awaitWaiting(1);
    source.failWith(null);
    source.holdNoMore();
    gate.open();
    assertThat(Peer.failureOf(first)).hasRootCauseMessage("down");
    assertThat(Peer.await(second)).isEqualTo("v0");
    assertThat(source.loads()).isEqualTo(2);
  }

  @Test
  void whoSeesTwoLoadsFailFailsToo() throws Exception {
    source.failWith(new IOException("down"));
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> first = a.getLater("k");
    gate.awaitBegun();
    CompletableFuture<@Nullable String> second = b.getLater("k");
    CompletableFuture<@Nullable String> third = c.getLater("k");
    clock.awaitWaiting(2);
    Source.Gate next = source.hold();
    gate.open();
    assertThat(Peer.failureOf(first)).hasRootCauseMessage("down");
    next.awaitBegun();
    clock.awaitWaiting(1);
    next.open();
    Throwable one = Peer.failureOf(second);
    Throwable other = Peer.failureOf(third);
    // Which of the two took over is theirs to decide.
    Throwable shared = one instanceof SharedLoadException ? one : other;
    Throwable own = shared == one ? other : one;
    assertThat(shared)
        .isInstanceOf(SharedLoadException.class)
        .hasMessageContaining("key k")
        .hasMessageContaining("java.io.IOException");
    assertThat(own).hasRootCauseMessage("down");
    assertThat(source.loads()).isEqualTo(2);
  }

  @Test
  void nullIsNotSharedUnlessTold() {
    assertThat(a.get("none")).isNull();
    assertThat(b.get("none")).isNull();
    assertThat(source.loads()).isEqualTo(2);
    assertThat(engine.isLeased(Peer.tierKey("none"))).isFalse();
  }

  @Test
  void nullIsSharedIfTold() {
    Duration ttl = Duration.ofSeconds(10);
    Peer d = new Peer(engine, clock, source, tier -> tier.expireNullsAfter(ttl), loader -> {});
    Peer e = new Peer(engine, clock, source, tier -> tier.expireNullsAfter(ttl), loader -> {});
    assertThat(d.get("none")).isNull();
    assertThat(e.get("none")).isNull();
    assertThat(source.loads()).isEqualTo(1);
    clock.advance(ttl);
    assertThat(e.get("none")).isNull();
    assertThat(source.loads()).isEqualTo(2);
  }

  @Test
  void refreshLoadsAnewAndReplacesWhatIsInTheTier() throws Exception {
    assertThat(a.get("k")).isEqualTo("v0");
    source.write("k", "v1");
    assertThat(Peer.await(b.loader.refresh("k"))).isEqualTo("v1");
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(c.get("k")).isEqualTo("v1");
    assertThat(source.loads()).isEqualTo(2);
  }

  @Test
  void refreshJoinsTheRefreshOfAnotherProcess() throws Exception {
    assertThat(a.get("k")).isEqualTo("v0");
    source.write("k", "v1");
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> first = a.loader.refresh("k");
    gate.awaitBegun();
    CompletableFuture<@Nullable String> second = b.loader.refresh("k");
    clock.awaitWaiting(1);
    gate.open();
    assertThat(Peer.await(first)).isEqualTo("v1");
    assertThat(Peer.await(second)).isEqualTo("v1");
    assertThat(source.loads()).isEqualTo(2);
  }

  @Test
  void refreshInTheBackgroundTakesWhatAnotherProcessHasLoadedSince() {
    Duration age = Duration.ofSeconds(30);
    Peer d =
        new Peer(
            engine, clock, source, t -> {}, l -> l.refreshAfterWrite(age).executor(Runnable::run));
    Peer e =
        new Peer(
            engine, clock, source, t -> {}, l -> l.refreshAfterWrite(age).executor(Runnable::run));
    assertThat(d.get("k")).isEqualTo("v0");
    assertThat(e.get("k")).isEqualTo("v0");
    source.write("k", "v1");
    clock.advance(age.plusSeconds(1));
    assertThat(d.get("k")).isEqualTo("v0");
    awaitGets(d, "v1");
    assertThat(e.get("k")).isEqualTo("v0");
    awaitGets(e, "v1");
    assertThat(source.loads()).isEqualTo(2);
  }

  /** The refresh is on a thread of its own. */
  private static void awaitGets(Peer peer, String value) {
    long end = System.nanoTime() + Duration.ofSeconds(VirtualClock.PATIENCE_SECONDS).toNanos();
    while (!value.equals(peer.get("k"))) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.onSpinWait();
    }
  }

  @Test
  void getIfPresentLooksHereOnly() {
    assertThat(a.get("k")).isEqualTo("v0");
    assertThat(b.loader.getIfPresent("k")).isEmpty();
    assertThat(a.loader.getIfPresent("k")).contains("v0");
  }
}
