package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a load that began before an invalidation reads is never seen after it. */
@Timeout(60)
final class InvalidationTest {

  private final GatedLoader<String> old = GatedLoader.returning("old");
  private final GatedLoader<String> fresh = GatedLoader.returning("fresh");
  private final BlockingQueue<GatedLoader<String>> runs =
      new LinkedBlockingQueue<>(List.of(old, fresh));
  private final AtomicInteger further = new AtomicInteger();
  private final SingleflightLoader<String, String> loader =
      SingleflightLoader.newBuilder().build(this::load);

  private String load(String key) throws Exception {
    GatedLoader<String> run = runs.poll();
    return run == null ? "further" + further.incrementAndGet() : run.load(key);
  }

  @Test
  void cachedValueIsDropped() {
    old.open();
    fresh.open();
    assertThat(loader.get("k")).isEqualTo("old");
    loader.invalidate("k");
    assertThat(loader.getIfPresent("k")).isEmpty();
    assertThat(loader.get("k")).isEqualTo("fresh").isSameAs(loader.get("k"));
  }

  @Test
  void otherKeysStayCached() {
    old.open();
    fresh.open();
    assertThat(loader.get("k")).isEqualTo("old");
    assertThat(loader.get("l")).isEqualTo("fresh");
    loader.invalidate("k");
    assertThat(loader.getIfPresent("l")).contains("fresh");
  }

  @Test
  void loadInFlightIsNeitherCachedNorJoined() {
    Call<String> before = Call.start(() -> loader.get("k"));
    old.awaitBegun();
    Call<String> follower = Call.start(() -> loader.get("k")).awaitWaiting();
    loader.invalidate("k");
    Call<String> after = Call.start(() -> loader.get("k"));
    fresh.awaitBegun();
    assertThat(follower.isDone()).isFalse();

    old.open();
    assertThat(before.get()).isEqualTo("old");
    assertThat(follower.get()).isEqualTo("old");
    assertThat(loader.getIfPresent("k")).isEmpty();

    fresh.open();
    assertThat(after.get()).isEqualTo("fresh");
    assertThat(loader.getIfPresent("k")).contains("fresh");
  }

  @Test
  void loadInFlightDoesNotReplaceWhatWasLoadedAfterTheInvalidation() {
    Call<String> before = Call.start(() -> loader.get("k"));
    old.awaitBegun();
    loader.invalidate("k");
    fresh.open();
    assertThat(loader.get("k")).isEqualTo("fresh");
    old.open();
    assertThat(before.get()).isEqualTo("old");
    assertThat(loader.getIfPresent("k")).contains("fresh");
  }

  @Test
  void allLoadsInFlightAreNeitherCachedNorJoined() {
    Call<String> before = Call.start(() -> loader.get("k"));
    old.awaitBegun();
    fresh.open();
    assertThat(loader.get("l")).isEqualTo("fresh");
    loader.invalidateAll();
    assertThat(loader.getIfPresent("l")).isEmpty();
    assertThat(loader.get("k")).isEqualTo("further1");
    old.open();
    assertThat(before.get()).isEqualTo("old");
    assertThat(loader.getIfPresent("k")).contains("further1");
    assertThat(loader.get("l")).isEqualTo("further2");
  }

  @Test
  void loadInFlightLandsNowhereAfterAllWasInvalidated() {
    Call<String> before = Call.start(() -> loader.get("k"));
    old.awaitBegun();
    loader.invalidateAll();
    old.open();
    assertThat(before.get()).isEqualTo("old");
    assertThat(loader.getIfPresent("k")).isEmpty();
    assertThat(loader.estimatedSize()).isZero();
  }

  @Test
  void refreshInFlightDoesNotLandAfterTheInvalidation() {
    fresh.open();
    runs.poll();
    assertThat(loader.get("k")).isEqualTo("fresh");
    runs.add(old);
    var refreshed = loader.refresh("k");
    old.awaitBegun();
    loader.invalidate("k");
    old.open();
    assertThat(refreshed.join()).isEqualTo("old");
    assertThat(loader.getIfPresent("k")).isEmpty();
  }

  @Test
  void loaderMayInvalidateItsOwnKey() {
    Later<SingleflightLoader<String, Integer>> self = new Later<>();
    AtomicInteger loads = new AtomicInteger();
    self.set(
        SingleflightLoader.newBuilder()
            .build(
                key -> {
                  self.get().invalidate(key);
                  return loads.incrementAndGet();
                }));
    assertThat(self.get().get("k")).isEqualTo(1);
    assertThat(self.get().getIfPresent("k")).isEmpty();
    assertThat(self.get().get("k")).isEqualTo(2);
  }
}
