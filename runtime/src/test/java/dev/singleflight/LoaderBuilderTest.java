package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Weigher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LoaderBuilderTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Weigher<Object, Object> WEIGHER = (key, value) -> 1;

  private final SingleflightLoader.Builder<Object, @Nullable Object> builder =
      SingleflightLoader.newBuilder();

  private void assertRefused(String... words) {
    assertThatIllegalStateException()
        .isThrownBy(() -> builder.build(key -> "v"))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void weigherWithoutMaximumWeight() {
    builder.weigher(WEIGHER);
    assertRefused("weigher", "maximumWeight");
    builder.maximumWeight(1);
    assertThat(builder.build(key -> key)).isNotNull();
  }

  @Test
  void maximumWeightWithoutWeigher() {
    builder.maximumWeight(1);
    assertRefused("weigher", "maximumWeight");
  }

  @Test
  void maximumSizeAndWeight() {
    builder.weigher(WEIGHER).maximumSize(1).maximumWeight(1);
    assertRefused("maximumSize", "maximumWeight");
  }

  @Test
  void twoTimesToLive() {
    builder.expireAfterWrite(MINUTE).expireAfterWrite((Object key, Object value) -> MINUTE);
    assertRefused("expireAfterWrite");
  }

  @Test
  void jitterOfNothing() {
    builder.jitter(0.1);
    assertRefused("jitter", "expireAfterWrite");
    builder.cacheNulls(MINUTE);
    assertThat(builder.build(key -> key)).isNotNull();
  }

  @Test
  void refreshThatWouldNeverBe() {
    builder.refreshAfterWrite(MINUTE).expireAfterWrite(MINUTE);
    assertRefused("refreshAfterWrite", "expireAfterWrite");
    builder.refreshAfterWrite(MINUTE.minusNanos(1));
    assertThat(builder.build(key -> key)).isNotNull();
  }

  @Test
  void earlyRefreshOfWhatDoesNotExpire() {
    builder.refreshEarly(1);
    assertRefused("refreshEarly", "expireAfterWrite");
    builder.expireAfterWrite((Object key, Object value) -> MINUTE);
    assertThat(builder.build(key -> key)).isNotNull();
  }

  @Test
  void staleValuesOfWhatDoesNotExpire() {
    builder.staleIfError(MINUTE);
    assertRefused("staleIfError", "expireAfterWrite");
  }

  @Test
  void optionsOfTenantsWithoutTenants() {
    for (SingleflightLoader.Builder<Object, @Nullable Object> one :
        List.of(
            SingleflightLoader.newBuilder().maximumTenants(1),
            SingleflightLoader.newBuilder().expireTenantsAfterAccess(MINUTE),
            SingleflightLoader.newBuilder().recordStatsPerTenant())) {
      assertThatIllegalStateException()
          .isThrownBy(() -> one.build(key -> key))
          .withMessageContaining("buildPerTenant");
    }
  }

  @Test
  void numbersOutOfRange() {
    Duration negative = Duration.ofNanos(-1);
    assertOutOfRange("maximumSize", () -> builder.maximumSize(-1));
    assertOutOfRange("maximumWeight", () -> builder.maximumWeight(-1));
    assertOutOfRange("maximumTenants", () -> builder.maximumTenants(-1));
    assertOutOfRange("expireAfterWrite", () -> builder.expireAfterWrite(negative));
    assertOutOfRange("cacheNulls", () -> builder.cacheNulls(negative));
    assertOutOfRange("ttl", () -> builder.cacheFailures(failure -> true, negative));
    assertOutOfRange("staleIfError", () -> builder.staleIfError(negative));
    assertOutOfRange("refreshAfterWrite", () -> builder.refreshAfterWrite(negative));
    assertOutOfRange("refreshAfterWrite", () -> builder.refreshAfterWrite(Duration.ZERO));
    assertOutOfRange(
        "expireTenantsAfterAccess", () -> builder.expireTenantsAfterAccess(Duration.ZERO));
    assertOutOfRange("maxJoinAge", () -> builder.maxJoinAge(negative));
    assertOutOfRange("maxInFlight", () -> builder.maxInFlight(0));
    for (double fraction : new double[] {-0.1, 1, Double.NaN}) {
      assertOutOfRange("jitter", () -> builder.jitter(fraction));
    }
    for (double beta : new double[] {-1, 0, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertOutOfRange("beta", () -> builder.refreshEarly(beta));
    }
    builder.jitter(0).maximumSize(0).staleIfError(Duration.ZERO).expireAfterWrite(Duration.ZERO);
    assertThat(builder.build(key -> key)).isNotNull();
  }

  private static void assertOutOfRange(String name, ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(name);
  }

  @Test
  @SuppressWarnings("NullAway") // passes null on purpose
  void nulls() {
    Duration none = null;
    BiFunction<Object, Object, Duration> noFunction = null;
    Function<Throwable, Duration> noTtl = null;
    UnaryOperator<Object> noCopier = null;
    Loader<Object, Object, RuntimeException> noLoader = null;
    TenantKeyLoader<Object, Object, Object, RuntimeException> noTenantLoader = null;
    SingleflightLoader.Builder<Object, @Nullable Object> of = SingleflightLoader.newBuilder();
    assertNull("name", () -> of.name(null));
    assertNull("executor", () -> of.executor(null));
    assertNull("context", () -> of.loadContext(null));
    assertNull("listener", () -> of.listener(null));
    assertNull("weigher", () -> of.weigher(null));
    assertNull("expireAfterWrite", () -> of.expireAfterWrite(none));
    assertNull("ttl", () -> of.expireAfterWrite(noFunction));
    assertNull("permanent", () -> of.cacheFailures(null, MINUTE));
    assertNull("ttl", () -> of.cacheFailures(failure -> true, null));
    assertNull("ttl", () -> of.cacheFailures(noTtl));
    assertNull("cacheNulls", () -> of.cacheNulls(null));
    assertNull("refreshAfterWrite", () -> of.refreshAfterWrite(null));
    assertNull("staleIfError", () -> of.staleIfError(null));
    assertNull("copier", () -> of.copyOnReturn(noCopier));
    assertNull("bulkLoader", () -> of.bulkLoader(null));
    assertNull("ticker", () -> of.ticker(null));
    assertNull("expireTenantsAfterAccess", () -> of.expireTenantsAfterAccess(null));
    assertNull("loader", () -> of.build(noLoader));
    assertNull("loader", () -> of.buildPerTenant(noTenantLoader));
    TenantKeyLoader<Object, Set<Object>, Map<Object, Object>, RuntimeException> noBulk = null;
    assertNull("loader", () -> of.buildPerTenant(noTenantLoader, noBulk));
    assertNull("bulkLoader", () -> of.buildPerTenant((tenant, key) -> key, noBulk));
    SingleflightLoader<Object, Object> built = of.build(key -> key);
    assertNull("timeout", () -> built.get("k", none));
    assertNull("keys", () -> built.getAll(null));
  }

  private static void assertNull(String name, ThrowingCallable call) {
    assertThatNullPointerException().isThrownBy(call).withMessage(name + " must not be null");
  }

  @Test
  void laterChangesDoNotReachALoader() {
    FakeTicker clock = new FakeTicker();
    AtomicInteger runs = new AtomicInteger();
    SingleflightLoader.Builder<Object, Integer> own =
        SingleflightLoader.newBuilder()
            .ticker(clock)
            .expireAfterWrite(MINUTE)
            .copyOnReturn((Integer value) -> value);
    SingleflightLoader<Object, Integer> loader =
        own.name("first").build(key -> runs.incrementAndGet());
    own.name("second").expireAfterWrite(Duration.ZERO).copyOnReturn((Integer value) -> -value);
    assertThat(loader.get("k")).isEqualTo(1);
    assertThat(loader.get("k")).isEqualTo(1);
    assertThat(loader.toString()).contains("first");
  }

  @Test
  void optionsOfTheGroupAreHandedOn() {
    GatedLoader<String> gated = GatedLoader.returning("v");
    SingleflightLoader<String, String> loader =
        SingleflightLoader.newBuilder()
            .name("named")
            .maxInFlight(1, SingleflightGroup.WhenFull.REFUSE)
            .loadContext(
                load ->
                    () -> {
                      Thread.currentThread().setName("wrapped");
                      load.run();
                    })
            .build(gated);
    assertThatThrownBy(() -> loader.get("k", Duration.ZERO)).isInstanceOf(TimeoutException.class);
    Thread thread = gated.awaitBegun().thread;
    assertThat(thread).isNotNull();
    assertThat(thread == null ? "" : thread.getName()).isEqualTo("wrapped");
    assertThatThrownBy(() -> loader.get("other")).isInstanceOf(FlightRejectedException.class);
    gated.open();
    Call.awaitTrue(() -> loader.getIfPresent("k").isPresent());
  }

  @Test
  void furtherLoadsWaitForTheirTurn() {
    GatedLoader<String> gated = GatedLoader.returning("v");
    SingleflightLoader<String, String> loader =
        SingleflightLoader.newBuilder()
            .maxInFlight(1)
            .build(key -> key.equals("slow") ? gated.load(key) : "quick");
    Call<String> slow = Call.start(() -> loader.get("slow"));
    gated.awaitBegun();
    Call<String> waiting = Call.start(() -> loader.get("other")).awaitWaiting();
    gated.open();
    assertThat(slow.get()).isEqualTo("v");
    assertThat(waiting.get()).isEqualTo("quick");
  }
}
