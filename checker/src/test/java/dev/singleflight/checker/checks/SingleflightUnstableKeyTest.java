package dev.singleflight.checker.checks;

import dev.singleflight.checker.Check;
import org.junit.jupiter.api.Test;

final class SingleflightUnstableKeyTest {
  @Test
  void identification() {
    Check.identifies(SingleflightUnstableKey.class);
  }

  @Test
  void immutableTypesOfTheUser() {
    Check.identifies(
        SingleflightUnstableKey.class,
        "options",
        "-XepOpt:Singleflight:ImmutableTypes=test.FrozenKeys.Money");
  }

  @Test
  void strict() {
    Check.identifiesStrictly(SingleflightUnstableKey.class);
  }

  @Test
  void replacement() {
    Check.replaces(SingleflightUnstableKey.class);
  }

  @Test
  void declared() {
    Check.identifiesDeclared(SingleflightUnstableKey.class);
  }
}
