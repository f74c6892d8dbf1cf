package dev.singleflight.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the engine has yet to be told of. */
final class PendingInvalidationsTest {

  private static final Invalidation ALL = new Invalidation.OfTier("t@1");

  private final PendingInvalidations pending = new PendingInvalidations("t@1");

  private static Invalidation of(int key) {
    return new Invalidation.OfKey(new TierKey("t@1", "", "key " + key));
  }

  @Test
  void whatIsAddedAgainWhileTheEngineIsToldStays() {
    pending.add(of(1));
    pending.add(of(2));
    Map<Invalidation, Long> told = pending.copy();
    pending.add(of(1));
    pending.told(told);
    assertThat(pending.copy()).containsOnlyKeys(of(1));
    pending.told(pending.copy());
    assertThat(pending.isEmpty()).isTrue();
  }

  @Test
  void everythingThatIsPendingCoversWhatComesAfterIt() {
    for (int key = 0; key <= PendingInvalidations.BOUND; key++) {
      pending.add(of(key));
    }
    Map<Invalidation, Long> told = pending.copy();
    assertThat(told).containsOnlyKeys(ALL);
    pending.add(of(1));
    pending.told(told);
    assertThat(pending.copy()).containsOnlyKeys(ALL);
  }

  @Test
  void sameKeyCountsOnce() {
    for (int i = 0; i < 2 * PendingInvalidations.BOUND; i++) {
      pending.add(of(1));
    }
    assertThat(pending.size()).isEqualTo(1);
  }
}
