package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The load takes a second; with β = 1 a draw of 1/e refreshes from one second before the end. */
@Timeout(60)
final class EarlyRefreshTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final double ONE_DELTA = 1 - Math.exp(-1);

  private final FakeTicker clock = new FakeTicker();
  private final CountingLoader counting = new CountingLoader();
  private final AtomicInteger draws = new AtomicInteger();
  private double random = ONE_DELTA;

  private SingleflightLoader<String, String> loader(double beta) {
    return SingleflightLoader.newBuilder()
        .ticker(clock)
        .expireAfterWrite(Duration.ofSeconds(100))
        .refreshEarly(beta)
        .recordStats(false)
        .random(
            () -> {
              draws.incrementAndGet();
              return random;
            })
        .build(
            key -> {
              clock.advance(SECOND);
              return counting.load(key);
            });
  }

  private void awaitRuns(int runs, SingleflightLoader<?, ?> loader) {
    Call.awaitTrue(() -> counting.runs() == runs && loader.inFlight() == 0);
  }

  @Test
  void refreshesAsSoonAsTheDrawReachesTheEnd() {
    SingleflightLoader<String, String> loader = loader(1);
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(Duration.ofMillis(98_999));
    assertThat(loader.get("k")).isEqualTo("k#1");
    assertThat(loader.inFlight()).isZero();
    assertThat(counting.runs()).isEqualTo(1);
    clock.advance(Duration.ofMillis(2));
    assertThat(loader.get("k")).as("the old one, at once").isEqualTo("k#1");
    awaitRuns(2, loader);
    assertThat(loader.get("k")).isEqualTo("k#2");
  }

  @Test
  void greaterBetaRefreshesEarlier() {
    SingleflightLoader<String, String> loader = loader(3);
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(Duration.ofMillis(96_999));
    assertThat(loader.get("k")).isEqualTo("k#1");
    assertThat(counting.runs()).isEqualTo(1);
    clock.advance(Duration.ofMillis(2));
    assertThat(loader.get("k")).isEqualTo("k#1");
    awaitRuns(2, loader);
  }

  @Test
  void drawOfOneNeverRefreshes() {
    random = 0;
    SingleflightLoader<String, String> loader = loader(1);
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(Duration.ofMillis(99_999));
    assertThat(loader.get("k")).isEqualTo("k#1");
    assertThat(draws).hasPositiveValue();
    assertThat(counting.runs()).isEqualTo(1);
  }

  @Test
  void nothingIsDrawnWhereNoDrawCouldReachTheEnd() {
    random = Math.nextDown(1.0);
    SingleflightLoader<String, String> loader = loader(1);
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(Duration.ofSeconds(62));
    assertThat(loader.get("k")).isEqualTo("k#1");
    assertThat(draws).hasValue(0);
    clock.advance(Duration.ofSeconds(2));
    assertThat(loader.get("k")).isEqualTo("k#1");
    assertThat(draws).as("the furthest draw reaches 36.7 s").hasValue(1);
    awaitRuns(2, loader);
  }

  @Test
  void hitsStartOneRefreshAtATime() {
    GatedLoader<String> gated = GatedLoader.returning("new");
    SingleflightLoader<String, String> loader =
        SingleflightLoader.newBuilder()
            .ticker(clock)
            .expireAfterWrite(Duration.ofSeconds(100))
            .refreshEarly(1)
            .random(() -> random)
            .build(
                key -> {
                  clock.advance(SECOND);
                  String old = counting.load(key);
                  return counting.runs() == 1 ? old : gated.load(key);
                });
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(Duration.ofMillis(98_500));
    random = Math.nextDown(1.0);
    for (int i = 0; i < 100; i++) {
      assertThat(loader.get("k")).isEqualTo("k#1");
    }
    gated.awaitBegun().open();
    awaitRuns(2, loader);
    assertThat(loader.get("k")).isEqualTo("new");
    assertThat(loader.stats().leaders()).isEqualTo(2);
  }

  @Test
  void failedRefreshMayBeDrawnAgain() {
    SingleflightLoader<String, String> loader = loader(1);
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(Duration.ofSeconds(90));
    random = Math.nextDown(1.0);
    counting.failWith(new IllegalStateException());
    assertThat(loader.get("k")).isEqualTo("k#1");
    awaitRuns(2, loader);
    counting.failWith(null);
    Call.awaitTrue(
        () -> {
          // The failure may be about to be noted.
          assertThat(loader.get("k")).isIn("k#1", "k#3");
          return counting.runs() == 3;
        });
    awaitRuns(3, loader);
    assertThat(loader.get("k")).isEqualTo("k#3");
  }

  /** With draws from all of [0, 1) the share of refreshes is that of the paper. */
  @Test
  void shareOfRefreshesIsThatOfTheExponentialDistribution() {
    Random seeded = new Random(42);
    int refreshes = 0;
    for (int i = 0; i < 2_000; i++) {
      random = seeded.nextDouble();
      SingleflightLoader<String, String> loader = loader(1);
      int before = counting.runs();
      assertThat(loader.get("k")).isNotNull();
      clock.advance(Duration.ofSeconds(98));
      assertThat(loader.get("k")).isNotNull();
      if (loader.inFlight() > 0 || counting.runs() > before + 1) {
        refreshes++;
        awaitRuns(before + 2, loader);
      }
    }
    // Two deltas before the end: e⁻², 13.5 %.
    assertThat(refreshes / 2_000.0).isBetween(0.115, 0.155);
  }
}
