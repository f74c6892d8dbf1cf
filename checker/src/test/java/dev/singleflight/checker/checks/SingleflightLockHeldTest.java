package dev.singleflight.checker.checks;

import dev.singleflight.checker.Check;
import org.junit.jupiter.api.Test;

final class SingleflightLockHeldTest {
  @Test
  void identification() {
    Check.identifies(SingleflightLockHeld.class);
  }

  @Test
  void options() {
    Check.identifies(
        SingleflightLockHeld.class,
        "options",
        "-XepOpt:Singleflight:CoalescingMethods=test.Configured.Memo#get");
  }

  @Test
  void strict() {
    Check.identifiesStrictly(SingleflightLockHeld.class);
  }
}
