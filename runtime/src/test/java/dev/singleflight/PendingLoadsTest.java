package dev.singleflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PendingLoadsTest {

  private final PendingLoads<String> pending = new PendingLoads<>();

  @Test
  void ticketIsUsedOnce() {
    PendingLoads.Ticket ticket = pending.draw("k");
    assertThat(pending.use("other", ticket)).isFalse();
    assertThat(pending.use("k", ticket)).isTrue();
    assertThat(pending.use("k", ticket)).isFalse();
    pending.giveBack("k", ticket);
    assertThat(pending.size()).isZero();
  }

  @Test
  void voidTicketIsOfNoUse() {
    PendingLoads.Ticket ticket = pending.draw("k");
    PendingLoads.Ticket other = pending.draw("other");
    pending.voidAll("k");
    PendingLoads.Ticket later = pending.draw("k");
    assertThat(pending.use("k", ticket)).isFalse();
    pending.giveBack("k", ticket);
    assertThat(pending.use("k", later)).isTrue();
    assertThat(pending.use("other", other)).isTrue();
    assertThat(pending.size()).isZero();
  }

  @Test
  void useVoidsTheOlderAndLeavesTheNewer() {
    PendingLoads.Ticket first = pending.draw("k");
    PendingLoads.Ticket second = pending.draw("k");
    PendingLoads.Ticket third = pending.draw("k");
    assertThat(pending.use("k", second)).isTrue();
    assertThat(pending.use("k", first)).isFalse();
    assertThat(pending.use("k", third)).isTrue();
    assertThat(pending.size()).isZero();
  }

  @Test
  void ticketGivenBackLeavesTheOthers() {
    for (int given = 0; given < 3; given++) {
      List<PendingLoads.Ticket> tickets =
          List.of(pending.draw("k"), pending.draw("k"), pending.draw("k"));
      pending.giveBack("k", tickets.get(given));
      for (int used = 0; used < 3; used++) {
        assertThat(pending.use("k", tickets.get(used))).isEqualTo(used != given);
      }
      assertThat(pending.size()).isZero();
    }
  }

  @Test
  void loaderLeavesNoneBehind() {
    CountingLoader counting = new CountingLoader();
    SingleflightLoader<String, String> loader =
        SingleflightLoader.newBuilder()
            .<String, String>bulkLoader(
                keys -> {
                  if (keys.contains("bad")) {
                    throw new IOException();
                  }
                  return Map.of("b", "bulk");
                })
            .build(counting);
    assertThat(loader.get("k")).isEqualTo("k#1");
    assertThat(loader.getAll(List.of("a", "b"))).hasSize(1);
    assertThat(loader.refresh("k").join()).isEqualTo("k#2");
    assertThatThrownBy(() -> loader.getAll(List.of("bad", "worse")))
        .isInstanceOf(LoadException.class);
    counting.failWith(new IllegalStateException());
    assertThatThrownBy(() -> loader.get("bad")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> loader.refresh("k").join()).cause().isNotNull();
    assertThat(loader.store().pendingLoads()).isZero();
  }
}
