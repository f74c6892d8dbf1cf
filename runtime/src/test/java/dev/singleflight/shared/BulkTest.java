package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.singleflight.SingleflightLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several keys at once, by a loader for several. */
@Timeout(60)
final class BulkTest {

  private final VirtualClock clock = new VirtualClock();
  private final FakeEngine engine = new FakeEngine(clock);
  private final List<Set<String>> runs = Collections.synchronizedList(new ArrayList<>());
  private volatile Source.@Nullable Gate gate;
  private volatile @Nullable RuntimeException failure;

  private final class Bulk {
    final FakeEngine.Member member = engine.member();
    final SharedTier<String, @Nullable String> tier = Peer.tier(member, clock, options -> {});
    final SingleflightLoader<String, @Nullable String> loader =
        SingleflightLoader.newBuilder()
            .expireAfterWrite(Peer.FRESH_HERE)
            .ticker(clock::nanoTime)
            .sharedTier(tier)
            .bulkLoader(BulkTest.this::loadAll)
            .build((String key) -> key + "!");

    Map<String, @Nullable String> getAll(String... keys) {
      return loader.getAll(List.of(keys));
    }
  }

  private final Bulk a = new Bulk();
  private final Bulk b = new Bulk();

  private Map<String, String> loadAll(Set<String> keys) throws InterruptedException {
    runs.add(new TreeSet<>(keys));
    RuntimeException thrown = failure;
    Source.Gate held = gate;
    if (held != null) {
      held.pass();
    }
    if (thrown != null) {
      throw thrown;
    }
    Map<String, String> values = new HashMap<>();
    keys.stream().filter(key -> !key.startsWith("none")).forEach(key -> values.put(key, key + "!"));
    return values;
  }

  @Test
  void whatTheTierHasIsNotLoaded() {
    assertThat(a.getAll("1", "2")).isEqualTo(Map.of("1", "1!", "2", "2!"));
    assertThat(b.getAll("1", "2", "3")).isEqualTo(Map.of("1", "1!", "2", "2!", "3", "3!"));
    assertThat(runs).containsExactly(Set.of("1", "2"), Set.of("3"));
    assertThat(b.tier.stats().hits()).isEqualTo(2);
  }

  @Test
  void whatAnotherLoadsIsWaitedForAfterOnesOwn() throws Exception {
    Source.Gate held = new Source.Gate();
    gate = held;
    CompletableFuture<Map<String, @Nullable String>> first =
        Peer.supplyLater(() -> a.getAll("1", "2"));
    held.awaitBegun();
    gate = null;
    CompletableFuture<Map<String, @Nullable String>> second =
        Peer.supplyLater(() -> b.getAll("2", "3"));
    clock.awaitWaiting(1);
    assertThat(runs).containsExactly(Set.of("1", "2"), Set.of("3"));
    held.open();
    assertThat(Peer.await(first)).isEqualTo(Map.of("1", "1!", "2", "2!"));
    assertThat(Peer.await(second)).isEqualTo(Map.of("2", "2!", "3", "3!"));
    assertThat(runs).hasSize(2);
  }

  @Test
  void failureFreesAllLeases() {
    failure = new IllegalStateException("down");
    assertThatThrownBy(() -> a.getAll("1", "2")).hasMessage("down");
    assertThat(engine.isLeased(Peer.tierKey("1"))).isFalse();
    assertThat(engine.isLeased(Peer.tierKey("2"))).isFalse();
    failure = null;
    assertThat(b.getAll("1")).isEqualTo(Map.of("1", "1!"));
  }

  @Test
  void keyWithoutAValueIsLeftOutAndItsLeaseFree() {
    assertThat(a.getAll("1", "none")).isEqualTo(Map.of("1", "1!"));
    assertThat(engine.isLeased(Peer.tierKey("none"))).isFalse();
  }

  @Test
  void withoutTheEngineAllIsLoadedHere() {
    a.member.disconnect();
    assertThat(a.getAll("1", "2")).isEqualTo(Map.of("1", "1!", "2", "2!"));
    assertThat(a.tier.stats().bypasses()).isEqualTo(2);
  }

  @Test
  void engineThatDoesNotAnswerIsNotWaitedForAtEachKey() throws Exception {
    List<String> keys = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
    a.member.way(FakeEngine.Way.SLOW);
    CompletableFuture<Map<String, @Nullable String>> call =
        Peer.supplyLater(() -> a.loader.getAll(keys));
    clock.awaitWaiting(1);
    // Three are waited for; how soon the thread is seen to go on is another matter.
    clock.passUntilDone(call, Peer.CALL, Peer.CALL.multipliedBy(25));
    assertThat(Peer.await(call)).hasSize(50);
    assertThat(a.tier.stats().inUse()).isFalse();
    a.member.way(FakeEngine.Way.OPEN);
    assertThat(keys).noneMatch(key -> engine.isLeased(Peer.tierKey(key)));
  }

  @Test
  void payloadThatCannotBeDecodedIsReplaced() {
    engine.put(Peer.tierKey("1"), TierEngineContract.bytes("\u0001bad"));
    assertThat(a.getAll("1", "2")).isEqualTo(Map.of("1", "1!", "2", "2!"));
    assertThat(a.tier.stats().badPayloads()).isPositive();
    assertThat(b.getAll("1")).isEqualTo(Map.of("1", "1!"));
    assertThat(runs).hasSize(2);
  }

  @Test
  void whatWasInvalidatedMeanwhileIsNotCached() throws Exception {
    Source.Gate held = new Source.Gate();
    gate = held;
    CompletableFuture<Map<String, @Nullable String>> first =
        Peer.supplyLater(() -> a.getAll("1", "2"));
    held.awaitBegun();
    gate = null;
    a.member.deaf(true);
    b.loader.invalidate("1");
    held.open();
    assertThat(Peer.await(first)).isEqualTo(Map.of("1", "1!", "2", "2!"));
    assertThat(a.loader.getIfPresent("1")).isEmpty();
    assertThat(a.loader.getIfPresent("2")).contains("2!");
    assertThat(a.tier.stats().fillsRefused()).isEqualTo(1);
  }
}
