package dev.singleflight.checker.checks;

import dev.singleflight.checker.Check;
import org.junit.jupiter.api.Test;

final class SingleflightResultTypeMismatchTest {
  @Test
  void identification() {
    Check.identifies(SingleflightResultTypeMismatch.class);
  }

  @Test
  void declared() {
    Check.identifiesDeclared(SingleflightResultTypeMismatch.class);
  }
}
