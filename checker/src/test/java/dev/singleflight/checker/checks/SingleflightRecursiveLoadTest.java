package dev.singleflight.checker.checks;

import dev.singleflight.checker.Check;
import org.junit.jupiter.api.Test;

final class SingleflightRecursiveLoadTest {
  @Test
  void identification() {
    Check.identifies(SingleflightRecursiveLoad.class);
  }

  @Test
  void options() {
    Check.identifies(
        SingleflightRecursiveLoad.class,
        "options",
        "-XepOpt:Singleflight:CoalescingMethods=test.Configured.Memo#get");
  }

  @Test
  void strict() {
    Check.identifiesStrictly(SingleflightRecursiveLoad.class);
  }
}
