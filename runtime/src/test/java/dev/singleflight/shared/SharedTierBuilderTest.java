package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.singleflight.SingleflightLoader;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a tier refuses when it is built, and says of it. */
final class SharedTierBuilderTest {

  private final VirtualClock clock = new VirtualClock();
  private final FakeEngine engine = new FakeEngine(clock);

  private SharedTier.Builder<String, @Nullable String> builder() {
    return SharedTier.newBuilder("users", engine.member(), KeyCodec.strings(), Peer.TEXT)
        .clock(clock);
  }

  @Test
  void namesThatWouldNotTellTiersApartAreRefused() {
    for (String name : List.of("", "a b", "a@1", "a}", "ä", "x".repeat(101))) {
      assertThatThrownBy(
              () -> SharedTier.newBuilder(name, engine.member(), KeyCodec.strings(), Peer.TEXT))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("letters");
    }
  }

  @Test
  void timeToLiveHasToBeSet() {
    assertThatThrownBy(() -> builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expireAfterWrite");
  }

  @Test
  void loaderBehindATierHasToExpire() {
    SharedTier<String, @Nullable String> tier =
        builder().expireAfterWrite(Duration.ofMinutes(1)).build();
    assertThatThrownBy(
            () -> SingleflightLoader.newBuilder().sharedTier(tier).build((String key) -> key))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expireAfterWrite");
  }

  @Test
  void leaseHasToOutlastSlowRenewals() {
    assertThatThrownBy(
            () ->
                builder()
                    .expireAfterWrite(Duration.ofMinutes(1))
                    .leaseTime(Duration.ofSeconds(2))
                    .build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("callTimeout");
    assertThatThrownBy(
            () ->
                builder()
                    .expireAfterWrite(Duration.ofMinutes(1))
                    .maxLoadTime(Duration.ofSeconds(4))
                    .build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("maxLoadTime");
  }

  @Test
  void durationsOfNoSenseAreRefused() {
    List<Consumer<Duration>> positive =
        List.of(
            d -> builder().expireAfterWrite(d),
            d -> builder().leaseTime(d),
            d -> builder().maxLoadTime(d),
            d -> builder().callTimeout(d),
            d -> builder().pollInterval(d),
            d -> builder().recoveryInterval(d));
    for (Consumer<Duration> option : positive) {
      assertThatThrownBy(() -> option.accept(Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be positive");
    }
    assertThatThrownBy(() -> builder().serveStale(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("serveStale");
    assertThatThrownBy(() -> builder().expireNullsAfter(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expireNullsAfter");
    assertThatThrownBy(() -> builder().schemaVersion(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schemaVersion");
  }

  @Test
  void foreverIsLong() {
    Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
    SharedTier<String, @Nullable String> tier =
        builder()
            .expireAfterWrite(forever)
            .serveStale(forever)
            .maxLoadTime(forever)
            .recoveryInterval(forever)
            .build();
    SingleflightLoader<String, @Nullable String> loader =
        SingleflightLoader.newBuilder()
            .expireAfterWrite(forever)
            .sharedTier(tier)
            .build((String key) -> key + "!");
    assertThat(loader.get("k")).isEqualTo("k!");
    assertThat(tier.stats().fills()).isEqualTo(1);
  }

  @Test
  void versionsDoNotMeet() {
    Source source = new Source();
    source.write("k", "v0");
    Peer old = new Peer(engine, clock, source);
    Peer later = new Peer(engine, clock, source, tier -> tier.schemaVersion(2), loader -> {});
    assertThat(old.get("k")).isEqualTo("v0");
    assertThat(later.get("k")).isEqualTo("v0");
    assertThat(source.loads()).isEqualTo(2);
  }
}
