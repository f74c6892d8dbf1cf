package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantLoader;
import java.time.DayOfWeek;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tenants share a tier and nothing else. */
@Timeout(60)
final class TenantsTest {

  private final VirtualClock clock = new VirtualClock();
  private final FakeEngine engine = new FakeEngine(clock);
  private final AtomicInteger loads = new AtomicInteger();
  private volatile String suffix = "";

  private final FakeEngine.Member memberOfA = engine.member();

  private TenantLoader<Object, String, @Nullable String> process(FakeEngine.Member member) {
    SharedTier<String, @Nullable String> tier = Peer.tier(member, clock, options -> {});
    return SingleflightLoader.newBuilder()
        .expireAfterWrite(Peer.FRESH_HERE)
        .ticker(clock::nanoTime)
        .sharedTier(tier)
        .buildPerTenant(
            (Object tenant, String key) -> {
              loads.incrementAndGet();
              return tenant.getClass().getSimpleName() + tenant + key + suffix;
            });
  }

  private final TenantLoader<Object, String, @Nullable String> a = process(memberOfA);
  private final TenantLoader<Object, String, @Nullable String> b = process(engine.member());

  @Test
  void tenantsShareNothing() {
    List<Object> tenants = List.of("1", 1, 1L, "", new UUID(0, 1), DayOfWeek.MONDAY, "MONDAY", "e");
    for (Object tenant : tenants) {
      String expected = tenant.getClass().getSimpleName() + tenant + "k";
      assertThat(a.get(tenant, "k")).isEqualTo(expected);
      assertThat(b.get(tenant, "k")).isEqualTo(expected);
    }
    assertThat(loads).hasValue(tenants.size());
  }

  @Test
  void invalidationReachesTheTenantThatThisProcessHasNotAskedFor() {
    assertThat(a.get("t", "k") + a.get("other", "k")).isEqualTo("StringtkStringotherk");
    suffix = "!";
    b.invalidate("t", "k");
    assertThat(a.get("t", "k") + a.get("other", "k")).isEqualTo("Stringtk!Stringotherk");
    // What the other tenant had cached here has not been dropped: nobody had to be asked.
    int steps = memberOfA.steps();
    b.invalidate("t", "k");
    assertThat(a.get("other", "k")).isEqualTo("Stringotherk");
    assertThat(memberOfA.steps()).isEqualTo(steps);
  }

  @Test
  void invalidationOfOneTenantsKeysSparesOthers() {
    assertThat(a.get("t", "k") + a.get("other", "k")).isEqualTo("StringtkStringotherk");
    suffix = "!";
    b.invalidateAll("t");
    assertThat(a.get("t", "k") + a.get("other", "k")).isEqualTo("Stringtk!Stringotherk");
    assertThat(b.get("t", "k") + b.get("other", "k")).isEqualTo("Stringtk!Stringotherk");
  }

  @Test
  void invalidationOfAllReachesAllTenants() {
    assertThat(a.get("t", "k") + a.get("other", "k")).isEqualTo("StringtkStringotherk");
    suffix = "!";
    b.invalidateAll();
    assertThat(a.get("t", "k") + a.get("other", "k")).isEqualTo("Stringtk!Stringotherk!");
    assertThat(b.get("t", "k") + b.get("other", "k")).isEqualTo("Stringtk!Stringotherk!");
  }

  record Region(String name) {}

  @Test
  void tenantOfUnknownTypeIsRefused() {
    assertThatThrownBy(() -> a.get(new Region("eu"), "k"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Region.class.getName())
        .hasMessageContaining("tenants(");
  }

  @Test
  void tenantOfUnknownTypeIsNamedByAFunction() {
    SharedTier<String, @Nullable String> tier =
        Peer.tier(
            engine.member(), clock, options -> options.tenants(tenant -> ((Region) tenant).name()));
    TenantLoader<Region, String, @Nullable String> loader =
        SingleflightLoader.newBuilder()
            .expireAfterWrite(Peer.FRESH_HERE)
            .sharedTier(tier)
            .buildPerTenant((Region region, String key) -> region.name() + key);
    assertThat(loader.get(new Region("eu"), "k") + loader.get(new Region(""), "k"))
        .isEqualTo("eukk");
  }
}
