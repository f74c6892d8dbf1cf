package dev.singleflight.checker.checks;

import dev.singleflight.checker.Check;
import org.junit.jupiter.api.Test;

final class SingleflightKeyOmitsInputTest {
  @Test
  void identification() {
    Check.identifies(SingleflightKeyOmitsInput.class);
  }

  @Test
  void strict() {
    Check.identifiesStrictly(SingleflightKeyOmitsInput.class);
  }

  @Test
  void replacement() {
    Check.replaces(SingleflightKeyOmitsInput.class);
  }

  @Test
  void declared() {
    Check.identifiesDeclared(SingleflightKeyOmitsInput.class);
  }
}
