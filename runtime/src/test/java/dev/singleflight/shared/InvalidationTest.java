package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.SingleflightLoader;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an invalidation in one process does to all. */
final class InvalidationTest extends PeersTest {

  private void change() {
    source.write("k", "v1");
    a.loader.invalidate("k");
  }

  @Test
  void invalidationReachesTheTierAndWhatOthersHaveCached() {
    assertThat(a.get("k")).isEqualTo("v0");
    assertThat(b.get("k")).isEqualTo("v0");
    change();
    // The fake engine tells before the step ends.
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(c.get("k")).isEqualTo("v1");
    assertThat(source.loads()).isEqualTo(2);
  }

  @Test
  void invalidationOfAllDoes() {
    source.write("j", "w0");
    assertThat(a.get("k") + a.get("j") + b.get("k") + b.get("j")).isEqualTo("v0w0v0w0");
    source.write("k", "v1");
    source.write("j", "w1");
    a.loader.invalidateAll();
    assertThat(b.get("k") + b.get("j") + a.get("k") + a.get("j")).isEqualTo("v1w1v1w1");
    assertThat(source.loads()).isEqualTo(4);
  }

  @Test
  void tierItselfInvalidatesAll() {
    assertThat(a.get("k") + b.get("k")).isEqualTo("v0v0");
    source.write("k", "v1");
    a.tier.invalidateAll();
    assertThat(a.get("k") + b.get("k")).isEqualTo("v1v1");
  }

  @Test
  void loadFromBeforeFillsNothingAndIsNotCached() throws Exception {
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> old = b.getLater("k");
    gate.awaitBegun();
    source.holdNoMore();
    change();
    assertThat(a.get("k")).isEqualTo("v1");
    gate.open();
    assertThat(Peer.await(old)).isEqualTo("v0");
    assertThat(b.stats().fillsRefused()).isEqualTo(1);
    assertThat(b.get("k")).isEqualTo("v1");
    assertThat(c.get("k")).isEqualTo("v1");
  }

  @Test
  void loadFromBeforeIsNotCachedWhereTheMessageIsLost() throws Exception {
    b.engine.deaf(true);
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> old = b.getLater("k");
    gate.awaitBegun();
    source.holdNoMore();
    change();
    gate.open();
    assertThat(Peer.await(old)).isEqualTo("v0");
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void loadFromBeforeFillsNothingAfterAnInvalidationOfAll() throws Exception {
    b.engine.deaf(true);
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> old = b.getLater("k");
    gate.awaitBegun();
    source.holdNoMore();
    source.write("k", "v1");
    a.loader.invalidateAll();
    gate.open();
    assertThat(Peer.await(old)).isEqualTo("v0");
    assertThat(c.get("k")).isEqualTo("v1");
  }

  @Test
  void whatWasReadFromTheTierMeanwhileIsNotKept() {
    assertThat(b.get("k")).isEqualTo("v0");
    source.write("k", "v1");
    // The tier has the old value until the invalidation gets there, and gives it to this process.
    a.engine.beforeInvalidation(() -> assertThat(a.getLater("k").join()).isEqualTo("v0"));
    a.loader.invalidate("k");
    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void readingThatIsOvertakenByAnInvalidationIsNotKept() {
    assertThat(b.get("k")).isEqualTo("v0");
    source.write("k", "v1");
    a.engine.afterRead(reading -> b.loader.invalidate("k"));
    assertThat(a.get("k")).isEqualTo("v0");
    assertThat(a.get("k")).isEqualTo("v1");
  }

  @Test
  void whoWaitsForALoadFromBeforeLoadsAnew() throws Exception {
    Source.Gate gate = source.hold();
    CompletableFuture<@Nullable String> old = a.getLater("k");
    gate.awaitBegun();
    CompletableFuture<@Nullable String> waiting = b.getLater("k");
    clock.awaitWaiting(1);
    source.holdNoMore();
    source.write("k", "v1");
    c.loader.invalidate("k");
    assertThat(Peer.await(waiting)).isEqualTo("v1");
    gate.open();
    assertThat(Peer.await(old)).isEqualTo("v0");
    assertThat(c.get("k")).isEqualTo("v1");
  }

  @Test
  void lostMessageIsBoundedByTheTimeToLiveHere() {
    assertThat(b.get("k")).isEqualTo("v0");
    b.engine.deaf(true);
    change();
    assertThat(b.get("k")).isEqualTo("v0");
    clock.advance(Peer.FRESH_HERE);
    assertThat(b.get("k")).isEqualTo("v1");
  }

  @Test
  void invalidationInThisProcessReachesOtherLoadersOfTheTier() {
    try (Peer same = new Peer(engine, clock, source)) {
      SingleflightLoader<String, @Nullable String> second =
          SingleflightLoader.newBuilder()
              .expireAfterWrite(Peer.FRESH_HERE)
              .ticker(clock::nanoTime)
              .sharedTier(same.tier)
              .build(source);
      assertThat(second.get("k")).isEqualTo("v0");
      source.write("k", "v1");
      same.loader.invalidate("k");
      assertThat(second.get("k")).isEqualTo("v1");
    }
  }

  @Test
  void ownMessageDoesNotDropWhatWasLoadedSince() {
    assertThat(a.get("k")).isEqualTo("v0");
    a.engine.holdMessages();
    change();
    assertThat(a.get("k")).isEqualTo("v1");
    int loads = source.loads();
    int steps = a.engine.steps();
    a.engine.tellHeld();
    assertThat(a.get("k")).isEqualTo("v1");
    assertThat(source.loads()).isEqualTo(loads);
    assertThat(a.engine.steps()).isEqualTo(steps);
  }

  @Test
  void keyOfHalfASurrogatePairIsLikeAnyOther() {
    String odd = "\ud83dx";
    String other = "\ud83ex";
    source.write(odd, "odd");
    source.write(other, "other");
    assertThat(a.get(odd)).isEqualTo("odd");
    assertThat(b.get(odd)).isEqualTo("odd");
    assertThat(b.get(other)).isEqualTo("other");
    source.write(odd, "odd 1");
    a.loader.invalidate(odd);
    assertThat(b.get(odd)).isEqualTo("odd 1");
  }
}
