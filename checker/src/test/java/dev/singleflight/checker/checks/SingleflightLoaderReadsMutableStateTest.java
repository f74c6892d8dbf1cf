package dev.singleflight.checker.checks;

import dev.singleflight.checker.Check;
import org.junit.jupiter.api.Test;

final class SingleflightLoaderReadsMutableStateTest {
  @Test
  void identification() {
    Check.identifies(SingleflightLoaderReadsMutableState.class);
  }

  @Test
  void replacement() {
    Check.replaces(SingleflightLoaderReadsMutableState.class);
  }
}
