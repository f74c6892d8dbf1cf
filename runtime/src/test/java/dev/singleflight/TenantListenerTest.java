package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TenantListenerTest {

  private final FakeTicker clock = new FakeTicker();
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());
  private final TenantLoader<String, String, String> loader =
      SingleflightLoader.newBuilder()
          .ticker(clock)
          .expireTenantsAfterAccess(Duration.ofMinutes(1))
          .buildPerTenant((tenant, key) -> key);

  private final TenantListener<Object> listener =
      new TenantListener<>() {
        @Override
        public void tenantAdded(Object tenant, SingleflightLoader<?, ?> added) {
          told.add("+" + tenant + (added == loader.forTenant((String) tenant) ? "" : "?"));
        }

        @Override
        public void tenantDropped(Object tenant) {
          told.add("-" + tenant);
        }
      };

  @Test
  void isToldOfTenantsThatComeAndGoInTurn() {
    loader.addTenantListener(listener);
    assertThat(loader.get("a", "k")).isEqualTo("k");
    assertThat(loader.get("a", "k")).isEqualTo("k");
    assertThat(loader.get("b", "k")).isEqualTo("k");
    assertThat(told).containsExactly("+a", "+b");
    clock.advanceSeconds(30);
    assertThat(loader.get("b", "k")).isEqualTo("k");
    clock.advanceSeconds(31);
    assertThat(loader.get("a", "k")).isEqualTo("k");
    Call.awaitTrue(() -> told.size() == 4);
    assertThat(told).containsExactly("+a", "+b", "-a", "+a");
  }

  @Test
  void isToldOfADropWithoutAnotherTenantBeingAdded() {
    loader.addTenantListener(listener);
    assertThat(loader.get("a", "k")).isEqualTo("k");
    assertThat(loader.get("b", "k")).isEqualTo("k");
    clock.advanceSeconds(30);
    assertThat(loader.get("b", "k")).isEqualTo("k");
    clock.advanceSeconds(31);
    Call.awaitTrue(
        () -> {
          assertThat(loader.get("b", "k")).isEqualTo("k");
          return told.contains("-a");
        });
    assertThat(told).containsExactly("+a", "+b", "-a");
  }

  @Test
  void isToldOfTenantsThatWereThereBefore() {
    assertThat(loader.get("gone", "k")).isEqualTo("k");
    clock.advanceSeconds(61);
    assertThat(loader.get("a", "k")).isEqualTo("k");
    Call.awaitTrue(() -> loader.estimatedTenants() == 1);
    loader.addTenantListener(listener);
    // Another thread may be about to tell of the drop, and then tells of this too.
    Call.awaitTrue(() -> told.contains("+a"));
    Call.awaitTrue(() -> !told.contains("+gone") || told.contains("-gone"));
  }

  @Test
  void thrownExceptionsReachNobody() {
    loader.addTenantListener(
        new TenantListener<String>() {
          @Override
          public void tenantAdded(String tenant, SingleflightLoader<?, ?> added) {
            throw new AssertionError("of the listener");
          }
        });
    loader.addTenantListener(listener);
    assertThat(loader.get("a", "k")).isEqualTo("k");
    assertThat(told).containsExactly("+a");
  }

  @Test
  void methodsOfTheInterfaceDoNothing() {
    loader.addTenantListener(new TenantListener<String>() {});
    assertThat(loader.get("a", "k")).isEqualTo("k");
    clock.advanceSeconds(61);
    assertThat(loader.get("a", "k")).isEqualTo("k");
  }

  @Test
  void slowListenerHoldsUpNobodyElseAndIsToldOneThingAtATime() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    loader.addTenantListener(
        new TenantListener<String>() {
          @Override
          public void tenantAdded(String tenant, SingleflightLoader<?, ?> added) {
            if (tenant.equals("slow")) {
              slow.countDown();
              try {
                assertThat(go.await(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            }
            told.add(tenant);
          }
        });
    Call<String> call = Call.start(() -> loader.get("slow", "k"));
    assertThat(slow.await(Call.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(loader.get("b", "k")).isEqualTo("k");
    assertThat(told).isEmpty();
    go.countDown();
    assertThat(call.get()).isEqualTo("k");
    assertThat(told).containsExactly("slow", "b");
  }

  @Test
  void listenerMayUseTheLoader() {
    loader.addTenantListener(
        new TenantListener<String>() {
          @Override
          public void tenantAdded(String tenant, SingleflightLoader<?, ?> added) {
            told.add(tenant);
            if (tenant.length() < 3) {
              assertThat(loader.get(tenant + "x", "k")).isEqualTo("k");
            }
          }
        });
    assertThat(loader.get("a", "k")).isEqualTo("k");
    assertThat(told).containsExactly("a", "ax", "axx");
  }
}
