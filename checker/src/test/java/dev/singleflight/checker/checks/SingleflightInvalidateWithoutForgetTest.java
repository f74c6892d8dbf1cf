package dev.singleflight.checker.checks;

import dev.singleflight.checker.Check;
import org.junit.jupiter.api.Test;

final class SingleflightInvalidateWithoutForgetTest {
  @Test
  void identification() {
    Check.identifies(SingleflightInvalidateWithoutForget.class);
  }

  @Test
  void replacement() {
    Check.replaces(SingleflightInvalidateWithoutForget.class);
  }

  @Test
  void declared() {
    Check.identifiesDeclared(SingleflightInvalidateWithoutForget.class);
  }
}
