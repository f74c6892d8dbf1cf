package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may load, and for how long. */
final class LeaseTest extends PeersTest {

  @Test
  void leaseOfAProcessThatIsGonePassesOn() throws Exception {
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> dead = a.getLater("k");
    gate.awaitBegun();
    a.engine.disconnect();
    source.holdNoMore();
    CompletableFuture<@Nullable String> second = b.getLater("k");
    clock.awaitWaiting(1);
    clock.advance(Peer.LEASE.minusMillis(1));
    assertThat(second).isNotDone();
    clock.passUntilDone(second, Duration.ofMillis(10), Duration.ofSeconds(2));
    assertThat(Peer.await(second)).isEqualTo("v0");
    assertThat(source.loads()).isEqualTo(2);
    gate.open();
    assertThat(Peer.await(dead)).isEqualTo("v0");
  }

  @Test
  void slowLoadKeepsItsLease() throws Exception {
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> slow = a.getLater("k");
    gate.awaitBegun();
    CompletableFuture<@Nullable String> second = b.getLater("k");
    clock.awaitWaiting(1);
    clock.advance(Peer.LEASE.multipliedBy(3));
    assertThat(second).isNotDone();
    assertThat(source.loads()).isEqualTo(1);
    assertThat(a.stats().renewals()).isGreaterThanOrEqualTo(8);
    gate.open();
    assertThat(Peer.await(slow)).isEqualTo("v0");
    assertThat(Peer.await(second)).isEqualTo("v0");
    assertThat(source.loads()).isEqualTo(1);
  }

  @Test
  void loadThatHangsIsTakenOverOnceItsTimeIsOver() throws Exception {
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> hanging = a.getLater("k");
    gate.awaitBegun();
    source.holdNoMore();
    CompletableFuture<@Nullable String> second = b.getLater("k");
    clock.awaitWaiting(1);
    clock.advance(Peer.MAX_LOAD.minusSeconds(1));
    assertThat(second).isNotDone();
    clock.passUntilDone(second, Duration.ofMillis(100), Peer.LEASE.plusSeconds(3));
    assertThat(Peer.await(second)).isEqualTo("v0");
    source.write("k", "v1");
    b.loader.invalidate("k");
    assertThat(b.get("k")).isEqualTo("v1");
    gate.open();
    assertThat(Peer.await(hanging)).isEqualTo("v0");
    assertThat(a.stats().fillsRefused()).isEqualTo(1);
    // What was refused by the tier is not kept here either.
    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void renewalsEndWithTheLoad() throws Exception {
    assertThat(a.get("k")).isEqualTo("v0");
    int steps = a.engine.steps();
    clock.advance(Duration.ofMinutes(1));
    assertThat(a.engine.steps()).isEqualTo(steps);
  }

  @Test
  void lostLeaseDoesNotFill() throws Exception {
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> first = a.getLater("k");
    gate.awaitBegun();
    engine.forgetLease(Peer.tierKey("k"));
    gate.open();
    assertThat(Peer.await(first)).isEqualTo("v0");
    assertThat(a.stats().fillsRefused()).isEqualTo(1);
    source.holdNoMore();
    assertThat(b.get("k")).isEqualTo("v0");
    assertThat(source.loads()).isEqualTo(2);
  }

  @Test
  void leaseThatIsGrantedTooLateIsGivenBack() throws Exception {
    a.engine.way(FakeEngine.Way.MUTE);
    CompletableFuture<@Nullable String> first = a.getLater("k");
    clock.awaitWaiting(1);
    assertThat(engine.isLeased(Peer.tierKey("k"))).isTrue();
    clock.advance(Peer.CALL);
    assertThat(Peer.await(first)).isEqualTo("v0");
    assertThat(a.stats().bypasses()).isEqualTo(1);
    assertThat(a.stats().engineTimeouts()).isEqualTo(1);
    a.engine.way(FakeEngine.Way.OPEN);
    assertThat(engine.isLeased(Peer.tierKey("k"))).isFalse();
  }

  @Test
  void loadsThatWaitForEachOtherInTwoProcessesEnd() throws Exception {
    Peer[] peers = new Peer[2];
    Source.Gate[] gates = {new Source.Gate(), new Source.Gate()};
    for (int i = 0; i < 2; i++) {
      int self = i;
      peers[i] = nested(gates, peers, self);
    }
    CompletableFuture<@Nullable String> one = peers[0].getLater("0");
    CompletableFuture<@Nullable String> two = peers[1].getLater("1");
    gates[0].awaitBegun();
    gates[1].awaitBegun();
    gates[0].open();
    gates[1].open();
    clock.awaitWaiting(2);
    for (int i = 0; i < 20 && !(one.isDone() && two.isDone()); i++) {
      clock.advance(Duration.ofSeconds(1));
    }
    // One of them, at least, has loaded the other's key by itself.
    assertThat(Peer.await(one)).isIn("0 of 1 alone", "0 of 1 of 0 alone");
    assertThat(Peer.await(two)).isIn("1 of 0 alone", "1 of 0 of 1 alone");
  }

  /** A process whose load of its own key asks for the other's. */
  private Peer nested(Source.Gate[] gates, Peer[] peers, int self) {
    String own = Integer.toString(self);
    String other = Integer.toString(1 - self);
    return new Peer(
        engine,
        clock,
        key -> {
          if (!key.equals(own)) {
            return key + " alone";
          }
          gates[self].pass();
          return own + " of " + peers[self].get(other);
        });
  }

  @Test
  void whoIsInterruptedWaitsNoLonger() throws Exception {
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> first = a.getLater("k");
    gate.awaitBegun();
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    CompletableFuture<Void> second =
        Peer.later(
            () -> {
              thread.complete(Thread.currentThread());
              try {
                String unused = b.get("k");
              } finally {
                boolean unusedToo = Thread.interrupted();
              }
            });
    clock.awaitWaiting(1);
    Peer.await(thread).interrupt();
    assertThat(Peer.failureOf(second)).hasRootCauseInstanceOf(InterruptedException.class);
    gate.open();
    assertThat(Peer.await(first)).isEqualTo("v0");
  }
}
