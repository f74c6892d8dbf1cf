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
    Check.identifies(
        SingleflightKeyOmitsInput.class, "strict", "-XepOpt:Singleflight:Evidence=strict");
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
