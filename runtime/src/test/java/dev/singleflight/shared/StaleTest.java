package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Old values are served while one process refreshes. */
@Timeout(60)
final class StaleTest {

  private static final Duration STALE = Duration.ofMinutes(5);

  private final VirtualClock clock = new VirtualClock();
  private final FakeEngine engine = new FakeEngine(clock);
  private final Source source = new Source();
  private final Peer a = peer();
  private final Peer b = peer();

  private Peer peer() {
    return new Peer(engine, clock, source, tier -> tier.serveStale(STALE), loader -> {});
  }

  private CompletableFuture<@Nullable String> refreshHeldUp(Source.Gate gate)
      throws InterruptedException {
    CompletableFuture<@Nullable String> refresh = a.getLater("k");
    gate.awaitBegun();
    source.holdNoMore();
    return refresh;
  }

  @Test
  void onlyTheOneThatLoadsWaits() throws Exception {
    source.write("k", "v0");
    assertThat(a.get("k")).isEqualTo("v0");
    source.write("k", "v1");
    clock.advance(Peer.FRESH.plusSeconds(1));
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> refresh = refreshHeldUp(gate);
    assertThat(b.get("k")).isEqualTo("v0");
    assertThat(b.get("k")).isEqualTo("v0");
    assertThat(b.stats().staleHits()).isEqualTo(2);
    gate.open();
    assertThat(Peer.await(refresh)).isEqualTo("v1");
    // What was old has not been kept here.
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(source.loads()).isEqualTo(2);
  }

  @Test
  void notAfterTheBound() throws Exception {
    source.write("k", "v0");
    assertThat(a.get("k")).isEqualTo("v0");
    source.write("k", "v1");
    clock.advance(Peer.FRESH.plus(STALE));
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> refresh = refreshHeldUp(gate);
    CompletableFuture<@Nullable String> second = b.getLater("k");
    clock.awaitWaiting(1);
    gate.open();
    assertThat(Peer.await(refresh) + Peer.await(second)).isEqualTo("v1v1");
  }

  @Test
  void notAfterAnInvalidation() throws Exception {
    source.write("k", "v0");
    assertThat(a.get("k")).isEqualTo("v0");
    clock.advance(Peer.FRESH.plusSeconds(1));
    source.write("k", "v1");
    b.loader.invalidate("k");
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> refresh = refreshHeldUp(gate);
    CompletableFuture<@Nullable String> second = b.getLater("k");
    clock.awaitWaiting(1);
    gate.open();
    assertThat(Peer.await(refresh) + Peer.await(second)).isEqualTo("v1v1");
  }

  @Test
  void notInPlaceOfAFailure() throws Exception {
    source.write("k", "v0");
    assertThat(a.get("k")).isEqualTo("v0");
    clock.advance(Peer.FRESH.plusSeconds(1));
    source.failWith(new IOException("down"));
    assertThat(Peer.failureOf(a.getLater("k"))).hasRootCauseMessage("down");
  }
}
