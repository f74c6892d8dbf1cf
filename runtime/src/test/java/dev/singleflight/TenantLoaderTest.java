package dev.singleflight;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TenantLoaderTest {

  private final AtomicInteger runs = new AtomicInteger();
  private final FakeTicker clock = new FakeTicker();
  private final GatedLoader<String> gated = GatedLoader.returning("v");
  private final TenantLoader<String, String, String> loader =
      SingleflightLoader.newBuilder().buildPerTenant(this::load);

  private String load(String tenant, String key) {
    return tenant + ":" + key + "#" + runs.incrementAndGet();
  }

  private TenantLoader<String, String, String> idleAfterOneMinute(
      TenantKeyLoader<String, String, String, ?> keyLoader) {
    return SingleflightLoader.newBuilder()
        .ticker(clock)
        .expireTenantsAfterAccess(Duration.ofMinutes(1))
        .buildPerTenant(keyLoader);
  }

  @Test
  void tenantsShareNoEntry() {
    assertThat(loader.get("a", "k")).isEqualTo("a:k#1").isSameAs(loader.get("a", "k"));
    assertThat(loader.get("b", "k")).isEqualTo("b:k#2");
    assertThat(loader.get("a", "k")).isEqualTo("a:k#1");
    assertThat(loader.estimatedTenants()).isEqualTo(2);
  }

  @Test
  void tenantsShareNoFlight() {
    TenantLoader<String, String, String> slow =
        SingleflightLoader.newBuilder()
            .buildPerTenant((tenant, key) -> tenant.equals("slow") ? gated.load(key) : "quick");
    Call<String> call = Call.start(() -> slow.get("slow", "k"));
    gated.awaitBegun();
    assertThat(slow.get("other", "k")).isEqualTo("quick");
    gated.open();
    assertThat(call.get()).isEqualTo("v");
  }

  @Test
  void callersOfOneTenantShareItsFlight() {
    TenantLoader<String, String, String> slow =
        SingleflightLoader.newBuilder().buildPerTenant((tenant, key) -> gated.load(key));
    Call<String> leader = Call.start(() -> slow.get("a", "k"));
    gated.awaitBegun();
    Call<String> follower = Call.start(() -> slow.get("a", "k")).awaitWaiting();
    gated.open();
    assertThat(leader.get()).isEqualTo("v");
    assertThat(follower.get()).isEqualTo("v");
    assertThat(gated.runs()).isEqualTo(1);
  }

  @Test
  void aTenantHasOneLoader() {
    assertThat(loader.forTenant("a")).isSameAs(loader.forTenant("a"));
    assertThat(loader.forTenant("a")).isNotSameAs(loader.forTenant("b"));
  }

  @Test
  void invalidatesForTheTenantOnly() {
    assertThat(loader.get("a", "k")).isEqualTo("a:k#1");
    assertThat(loader.get("a", "l")).isEqualTo("a:l#2");
    assertThat(loader.get("b", "k")).isEqualTo("b:k#3");
    loader.invalidate("a", "k");
    loader.invalidate("unknown", "k");
    loader.invalidateAll("unknown");
    assertThat(loader.get("a", "k")).isEqualTo("a:k#4");
    assertThat(loader.get("a", "l")).isEqualTo("a:l#2");
    assertThat(loader.get("b", "k")).isEqualTo("b:k#3");
    loader.invalidateAll("a");
    assertThat(loader.get("a", "l")).isEqualTo("a:l#5");
    assertThat(loader.get("b", "k")).isEqualTo("b:k#3");
    loader.invalidateAll();
    assertThat(loader.get("b", "k")).isEqualTo("b:k#6");
    assertThat(loader.estimatedTenants()).isEqualTo(2);
  }

  @Test
  void otherMethodsGoToTheTenantsLoader() throws Exception {
    assertThat(loader.get("a", "k", Duration.ofSeconds(Call.PATIENCE_SECONDS))).isEqualTo("a:k#1");
    assertThat(loader.getAsync("a", "k").join()).isEqualTo("a:k#1");
    assertThat(loader.getAll("a", List.of("k", "l"))).isEqualTo(Map.of("k", "a:k#1", "l", "a:l#2"));
    assertThat(loader.forTenant("a").getIfPresent("l")).contains("a:l#2");
  }

  @Test
  void bulkLoaderIsToldTheTenant() {
    TenantLoader<String, String, String> bulk =
        SingleflightLoader.newBuilder()
            .buildPerTenant(
                this::load,
                (tenant, keys) -> {
                  runs.incrementAndGet();
                  return keys.stream().collect(Collectors.toMap(key -> key, key -> tenant + key));
                });
    assertThat(bulk.getAll("a", List.of("k", "l"))).isEqualTo(Map.of("k", "ak", "l", "al"));
    assertThat(bulk.getAll("b", List.of("k", "l"))).isEqualTo(Map.of("k", "bk", "l", "bl"));
    assertThat(runs).hasValue(2);
  }

  @Test
  void bulkLoaderThatIsNotToldTheTenantIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                SingleflightLoader.newBuilder()
                    .<String, String>bulkLoader(keys -> Map.of())
                    .<String, String, String>buildPerTenant(this::load))
        .withMessageContaining("buildPerTenant");
  }

  @Test
  void checkedExceptionIsWrapped() {
    IOException thrown = new IOException();
    TenantLoader<String, String, String> failing =
        SingleflightLoader.newBuilder()
            .buildPerTenant(
                (tenant, key) -> {
                  throw thrown;
                });
    assertThatThrownBy(() -> failing.get("a", "k"))
        .isInstanceOf(LoadException.class)
        .cause()
        .isSameAs(thrown);
  }

  @Test
  void idleTenantIsDroppedWithItsEntries() {
    TenantLoader<String, String, String> one = idleAfterOneMinute(this::load);
    assertThat(one.get("a", "k")).isEqualTo("a:k#1");
    clock.advanceSeconds(59);
    assertThat(one.get("a", "k")).as("access keeps it").isEqualTo("a:k#1");
    clock.advanceSeconds(59);
    assertThat(one.get("a", "k")).isEqualTo("a:k#1");
    WeakReference<SingleflightLoader<String, String>> first =
        new WeakReference<>(one.forTenant("a"));
    clock.advanceSeconds(61);
    assertThat(one.get("other", "k")).isEqualTo("other:k#2");
    awaitCollected(first);
    assertThat(one.get("a", "k")).isEqualTo("a:k#3");
  }

  @Test
  void droppedTenantWhoseLoaderIsHeldGetsTheSameAgain() {
    TenantLoader<String, String, String> one = idleAfterOneMinute(this::load);
    SingleflightLoader<String, String> held = one.forTenant("a");
    assertThat(held.get("k")).isEqualTo("a:k#1");
    clock.advanceSeconds(61);
    assertThat(one.get("other", "k")).isEqualTo("other:k#2");
    Call.awaitTrue(() -> one.estimatedTenants() == 1);
    collectGarbage();
    assertThat(one.forTenant("a")).isSameAs(held);
    assertThat(one.get("a", "k")).isEqualTo("a:k#1");
  }

  @Test
  void droppedTenantIsInvalidatedWhileItsLoaderIsHeld() {
    TenantLoader<String, String, String> one = idleAfterOneMinute(this::load);
    SingleflightLoader<String, String> held = one.forTenant("a");
    assertThat(held.get("k")).isEqualTo("a:k#1");
    assertThat(held.get("l")).isEqualTo("a:l#2");
    clock.advanceSeconds(61);
    one.invalidate("a", "k");
    assertThat(held.getIfPresent("k")).isEmpty();
    one.invalidateAll("a");
    assertThat(held.getIfPresent("l")).isEmpty();
  }

  /** Nothing but the detached load itself holds the tenant's loader here. */
  @Test
  void droppedTenantThatLoadsGetsTheSameLoaderAgain() {
    AtomicInteger loads = new AtomicInteger();
    TenantLoader<String, String, String> one =
        idleAfterOneMinute(
            (tenant, key) -> {
              loads.incrementAndGet();
              return tenant.equals("a") ? gated.load(key) : key;
            });
    assertThatThrownBy(() -> one.get("a", "k", Duration.ZERO)).isInstanceOf(TimeoutException.class);
    gated.awaitBegun();
    clock.advanceSeconds(61);
    assertThat(one.get("other", "k")).isEqualTo("k");
    Call.awaitTrue(() -> one.estimatedTenants() == 1);
    collectGarbage();

    Call<String> again = Call.start(() -> one.get("a", "k")).awaitWaiting();
    gated.open();
    assertThat(again.get()).isEqualTo("v");
    assertThat(loads).hasValue(2);
  }

  @Test
  void tenantsAreBounded() {
    TenantLoader<Integer, String, String> bounded =
        SingleflightLoader.newBuilder()
            .maximumTenants(3)
            .buildPerTenant((tenant, key) -> key + tenant);
    for (int tenant = 0; tenant < 100; tenant++) {
      assertThat(bounded.get(tenant, "k")).isEqualTo("k" + tenant);
    }
    Call.awaitTrue(
        () -> {
          assertThat(bounded.get(0, "k")).isEqualTo("k0");
          return bounded.estimatedTenants() <= 3;
        });
  }

  @Test
  void statisticsAreOfAllTenantsThatEverWere() {
    TenantLoader<String, String, String> one = idleAfterOneMinute(this::load);
    assertThat(one.get("a", "k")).isNotNull();
    assertThat(one.get("a", "k")).isNotNull();
    clock.advanceSeconds(61);
    assertThat(one.get("b", "k")).isNotNull();
    assertThat(one.stats().calls()).isEqualTo(3);
    assertThat(one.stats().hits()).isEqualTo(1);
    assertThat(one.stats().loads()).isEqualTo(2);
    assertThat(one.stats().leaders()).isEqualTo(2);
    assertThat(one.forTenant("b").stats()).as("not recorded").isEqualTo(Stats.NONE);
  }

  @Test
  void statisticsOfEachTenantAreOptional() {
    TenantLoader<String, String, String> one =
        SingleflightLoader.newBuilder().recordStatsPerTenant().buildPerTenant(this::load);
    assertThat(one.get("a", "k")).isNotNull();
    assertThat(one.get("a", "k")).isNotNull();
    assertThat(one.get("b", "k")).isNotNull();
    assertThat(one.forTenant("a").stats().calls()).isEqualTo(2);
    assertThat(one.forTenant("a").stats().hits()).isEqualTo(1);
    assertThat(one.forTenant("b").stats().misses()).isEqualTo(1);
    assertThat(one.stats().calls()).isEqualTo(3);
    assertThat(one.stats().loads()).isEqualTo(2);
  }

  @Test
  void statisticsCanBeSwitchedOff() {
    TenantLoader<String, String, String> one =
        SingleflightLoader.newBuilder().recordStats(false).buildPerTenant(this::load);
    assertThat(one.get("a", "k")).isNotNull();
    assertThat(one.stats()).isEqualTo(Stats.NONE);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                SingleflightLoader.newBuilder()
                    .recordStats(false)
                    .recordStatsPerTenant()
                    .<String, String, String>buildPerTenant(this::load))
        .withMessageContaining("recordStats(true)");
  }

  @Test
  void namesTellTheTenant() {
    TenantLoader<Object, String, String> named =
        SingleflightLoader.newBuilder().name("users").buildPerTenant((tenant, key) -> key);
    assertThat(named.forTenant("acme").toString()).contains("name=users/acme,");
    assertThat(loader.forTenant("acme").toString()).contains("name=acme,");
    assertThat(named.forTenant(new Unnameable()).toString()).contains("Unnameable");
    assertThat(named).hasToString("TenantLoader{name=users, estimatedTenants=2}");
    assertThat(loader).hasToString("TenantLoader{estimatedTenants=1}");
  }

  private static final class Unnameable {
    @Override
    public String toString() {
      throw new IllegalStateException();
    }
  }

  @Test
  @SuppressWarnings("NullAway") // passes null on purpose
  void nullsAreRefused() {
    String none = null;
    assertThatNullPointerException()
        .isThrownBy(() -> loader.get(none, "k"))
        .withMessage("tenant must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> loader.get("a", none))
        .withMessage("key must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> loader.invalidate(none, "k"))
        .withMessage("tenant must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> loader.invalidate("unknown", none))
        .withMessage("key must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> loader.invalidateAll(none))
        .withMessage("tenant must not be null");
    assertThatNullPointerException()
        .isThrownBy(() -> loader.addTenantListener(null))
        .withMessage("listener must not be null");
  }

  private static void awaitCollected(WeakReference<?> reference) {
    Call.awaitTrue(
        () -> {
          System.gc();
          return reference.get() == null;
        });
  }

  /** Collects whatever can be, which is sure once something else that can be is gone. */
  private static void collectGarbage() {
    awaitCollected(new WeakReference<>(new Object()));
    awaitCollected(new WeakReference<>(new Object()));
  }

  /** Not that of whoever happens to be the first to call for a tenant. */
  @Test
  void loadsOfAllTenantsHaveTheBuildersContextClassLoader() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader application = new URLClassLoader(new URL[0])) {
      thread.setContextClassLoader(application);
      TenantLoader<String, String, Object> tenants =
          SingleflightLoader.newBuilder()
              .buildPerTenant((tenant, key) -> Thread.currentThread().getContextClassLoader());
      thread.setContextClassLoader(before);
      assertThat(tenants.getAsync("acme", "k").join()).isSameAs(application);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  @SuppressWarnings("SingleflightRecursiveLoad") // to be refused, and counted
  void whatIsCountedForATenantIsCountedForAll() {
    GatedLoader<String> gated = GatedLoader.returning("v");
    AtomicReference<TenantLoader<String, String, String>> self = new AtomicReference<>();
    TenantLoader<String, String, String> tenants =
        SingleflightLoader.newBuilder()
            .recordStatsPerTenant()
            .maxInFlight(1, SingleflightGroup.WhenFull.REFUSE)
            .buildPerTenant(
                (tenant, key) ->
                    key.equals("again")
                        ? requireNonNull(self.get()).get(tenant, key)
                        : gated.load(key));
    self.set(tenants);
    assertThatThrownBy(() -> tenants.get("acme", "again"))
        .isInstanceOf(RecursiveLoadException.class);
    CompletableFuture<String> leader = tenants.getAsync("acme", "k");
    CompletableFuture<String> follower = tenants.getAsync("acme", "k");
    gated.awaitBegun();
    assertThatThrownBy(() -> tenants.get("acme", "refused"))
        .isInstanceOf(FlightRejectedException.class);
    leader.cancel(true);
    follower.cancel(true);
    gated.open();
    Call.awaitTrue(() -> tenants.forTenant("acme").inFlight() == 0);
    Stats one = tenants.forTenant("acme").stats();
    assertThat(one.leaders()).isEqualTo(3);
    assertThat(one.followers()).isEqualTo(2);
    assertThat(one.recursionsRefused()).isEqualTo(1);
    assertThat(one.abandoned()).isEqualTo(1);
    assertThat(one.failures()).isEqualTo(2);
    assertThat(tenants.stats()).isEqualTo(one);
  }
}
