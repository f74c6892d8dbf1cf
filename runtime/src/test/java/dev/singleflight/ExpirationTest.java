package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ExpirationTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FakeTicker clock = new FakeTicker();
  private final CountingLoader counting = new CountingLoader();
  private double random;

  private SingleflightLoader.Builder<Object, @Nullable Object> builder() {
    DoubleSupplier drawn = () -> random;
    return SingleflightLoader.newBuilder().ticker(clock).random(drawn);
  }

  @Test
  void valueLivesForItsTime() {
    SingleflightLoader<String, String> loader = builder().expireAfterWrite(MINUTE).build(counting);
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(MINUTE.minusMillis(1));
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(Duration.ofMillis(1));
    assertThat(loader.getIfPresent("k")).isEmpty();
    assertThat(loader.get("k")).isEqualTo("k#2");
  }

  @Test
  void timeRunsFromTheEndOfTheLoad() {
    SingleflightLoader<String, String> loader =
        builder()
            .expireAfterWrite(MINUTE)
            .build(
                key -> {
                  clock.advanceSeconds(59);
                  return counting.load(key);
                });
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advanceSeconds(59);
    assertThat(loader.get("k")).isEqualTo("k#1");
  }

  @Test
  void nothingExpiresUnlessToldTo() {
    SingleflightLoader<String, String> loader = builder().build(counting);
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(Duration.ofDays(365 * 50));
    assertThat(loader.get("k")).isEqualTo("k#1");
  }

  @Test
  void zeroCachesNothing() {
    SingleflightLoader<String, String> loader =
        builder().expireAfterWrite(Duration.ZERO).build(counting);
    assertThat(loader.get("k")).isEqualTo("k#1");
    assertThat(loader.get("k")).isEqualTo("k#2");
    assertThat(loader.estimatedSize()).isZero();
  }

  @Test
  void extremeTimesAreForever() {
    SingleflightLoader<String, String> loader =
        builder()
            .expireAfterWrite(Duration.ofSeconds(Long.MAX_VALUE))
            .staleIfError(Duration.ofSeconds(Long.MAX_VALUE))
            .build(counting);
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advance(Duration.ofDays(365 * 50));
    assertThat(loader.get("k")).isEqualTo("k#1");
  }

  @Test
  void eachValueMayHaveATimeOfItsOwn() {
    SingleflightLoader<String, String> loader =
        builder()
            .expireAfterWrite(
                (String key, String value) ->
                    value.equals("short#1") ? Duration.ofSeconds(1) : MINUTE)
            .build(counting);
    assertThat(loader.get("short")).isEqualTo("short#1");
    assertThat(loader.get("long")).isEqualTo("long#2");
    clock.advanceSeconds(1);
    assertThat(loader.get("short")).isEqualTo("short#3");
    assertThat(loader.get("long")).isEqualTo("long#2");
    clock.advance(MINUTE);
    assertThat(loader.get("long")).isEqualTo("long#4");
  }

  @Test
  void valueWithoutTimeIsNotCached() {
    for (Duration none : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
      AtomicInteger runs = new AtomicInteger();
      SingleflightLoader<String, Integer> loader =
          builder()
              .expireAfterWrite((String key, Integer value) -> none)
              .build(key -> runs.incrementAndGet());
      assertThat(loader.get("k")).isEqualTo(1);
      assertThat(loader.get("k")).isEqualTo(2);
    }
  }

  @Test
  void functionThatThrowsFailsTheLoad() {
    IllegalStateException thrown = new IllegalStateException();
    SingleflightLoader<String, String> loader =
        builder()
            .expireAfterWrite(
                (String key, String value) -> {
                  throw thrown;
                })
            .build(counting);
    assertThatThrownBy(() -> loader.get("k")).isSameAs(thrown);
    assertThat(loader.getIfPresent("k")).isEmpty();
    assertThat(loader.inFlight()).isZero();
  }

  @Test
  @SuppressWarnings("NullAway") // returns null on purpose
  void functionThatReturnsNullFailsTheLoad() {
    SingleflightLoader<String, String> loader =
        builder().expireAfterWrite((String key, String value) -> null).build(counting);
    assertThatThrownBy(() -> loader.get("k"))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("expireAfterWrite");
  }

  @Test
  void jitterShortensEachTimeByARandomPart() {
    SingleflightLoader<String, String> loader =
        builder().expireAfterWrite(MINUTE).jitter(0.5).build(counting);
    random = 0;
    assertThat(loader.get("whole")).isEqualTo("whole#1");
    random = 0.5;
    assertThat(loader.get("three quarters")).isEqualTo("three quarters#2");
    clock.advance(Duration.ofSeconds(45).minusNanos(1));
    assertThat(loader.getIfPresent("three quarters")).isPresent();
    clock.advance(Duration.ofNanos(1));
    assertThat(loader.getIfPresent("three quarters")).isEmpty();
    assertThat(loader.getIfPresent("whole")).isPresent();
    clock.advance(Duration.ofSeconds(15));
    assertThat(loader.getIfPresent("whole")).isEmpty();
  }

  @Test
  void jitterHoldsForTimesOfTheirOwnToo() {
    SingleflightLoader<String, String> loader =
        builder()
            .expireAfterWrite((String key, String value) -> MINUTE)
            .jitter(0.5)
            .build(counting);
    random = 0.5;
    assertThat(loader.get("k")).isEqualTo("k#1");
    clock.advanceSeconds(45);
    assertThat(loader.getIfPresent("k")).isEmpty();
  }

  /** An entry must not live longer for a load that began before and comes too late to land. */
  @Test
  void loadThatIsSupersededProlongsNothing() {
    GatedLoader<String> slow = GatedLoader.returning("slow");
    AtomicInteger runs = new AtomicInteger();
    SingleflightLoader<String, String> loader =
        builder()
            .expireAfterWrite(MINUTE)
            .build(key -> runs.incrementAndGet() == 1 ? slow.load(key) : "v" + runs.get());
    Call<String> first = Call.start(() -> loader.get("k"));
    slow.awaitBegun();
    loader.invalidate("k");
    assertThat(loader.get("k")).isEqualTo("v2");
    clock.advanceSeconds(59);
    slow.open();
    assertThat(first.get()).isEqualTo("slow");
    assertThat(loader.get("k")).isEqualTo("v2");
    clock.advanceSeconds(1);
    assertThat(loader.get("k")).isEqualTo("v3");
  }

  @Test
  void sizeIsBounded() {
    SingleflightLoader<Integer, String> loader =
        SingleflightLoader.newBuilder().maximumSize(10).build(key -> "v" + key);
    for (int key = 0; key < 1_000; key++) {
      assertThat(loader.get(key)).isEqualTo("v" + key);
    }
    Call.awaitTrue(
        () -> {
          assertThat(loader.get(0)).isEqualTo("v0");
          return loader.estimatedSize() <= 10;
        });
  }

  @Test
  void weightIsBoundedAndAskedForOncePerLoad() {
    AtomicInteger weighed = new AtomicInteger();
    SingleflightLoader<Integer, String> loader =
        SingleflightLoader.newBuilder()
            .maximumWeight(100)
            .weigher(
                (Integer key, String value) -> {
                  weighed.incrementAndGet();
                  return key == 0 ? 101 : 1;
                })
            .build(key -> "v" + key);
    assertThat(loader.get(1)).isEqualTo("v1");
    assertThat(loader.get(0)).as("heavier than all that fits").isEqualTo("v0");
    Call.awaitTrue(() -> loader.getIfPresent(0).isEmpty());
    assertThat(loader.getIfPresent(1)).contains("v1");
    assertThat(weighed).hasValue(2);
  }

  @Test
  void weigherThatThrowsOrReturnsLessThanNothingFailsTheLoad() {
    IllegalStateException thrown = new IllegalStateException();
    SingleflightLoader<Integer, String> loader =
        SingleflightLoader.newBuilder()
            .maximumWeight(100)
            .weigher(
                (Integer key, String value) -> {
                  if (key == 0) {
                    throw thrown;
                  }
                  return -1;
                })
            .build(key -> "v" + key);
    assertThatThrownBy(() -> loader.get(0)).isSameAs(thrown);
    assertThatThrownBy(() -> loader.get(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThat(loader.estimatedSize()).isZero();
  }
}
