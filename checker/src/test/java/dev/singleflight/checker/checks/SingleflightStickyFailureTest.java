package dev.singleflight.checker.checks;

import dev.singleflight.checker.Check;
import org.junit.jupiter.api.Test;

final class SingleflightStickyFailureTest {
  @Test
  void identification() {
    Check.identifies(SingleflightStickyFailure.class);
  }

  @Test
  void declared() {
    Check.identifiesDeclared(SingleflightStickyFailure.class);
  }

  /** What coalesces nothing is asked less of than what stands beside a group. */
  @Test
  void maps() {
    Check.identifies(SingleflightStickyFailure.class, "maps");
  }

  @Test
  void strict() {
    Check.identifiesStrictly(SingleflightStickyFailure.class);
  }
}
