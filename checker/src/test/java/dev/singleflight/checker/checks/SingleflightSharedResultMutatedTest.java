package dev.singleflight.checker.checks;

import dev.singleflight.checker.Check;
import org.junit.jupiter.api.Test;

final class SingleflightSharedResultMutatedTest {
  @Test
  void identification() {
    Check.identifies(SingleflightSharedResultMutated.class);
  }

  @Test
  void options() {
    Check.identifies(
        SingleflightSharedResultMutated.class,
        "options",
        "-XepOpt:Singleflight:CoalescingMethods=test.Configured.Memo#get",
        "-XepOpt:Singleflight:ImmutableTypes=test.Configured.Money");
  }

  @Test
  void strict() {
    Check.identifiesStrictly(SingleflightSharedResultMutated.class);
  }

  @Test
  void replacement() {
    Check.replaces(SingleflightSharedResultMutated.class);
  }
}
