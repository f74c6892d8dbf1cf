package dev.singleflight.checker.checks;

import dev.singleflight.checker.Check;
import org.junit.jupiter.api.Test;

final class SingleflightUncachedResultTest {
  @Test
  void identification() {
    Check.identifies(SingleflightUncachedResult.class);
  }

  @Test
  void aspectj() {
    Check.identifies(SingleflightUncachedResult.class, "aspectj");
  }

  @Test
  void declared() {
    Check.identifiesDeclared(SingleflightUncachedResult.class);
  }
}
