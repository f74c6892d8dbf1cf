package dev.singleflight.checker.checks;

import dev.singleflight.checker.Check;
import org.junit.jupiter.api.Test;

final class SingleflightLoaderNullDereferenceTest {
  @Test
  void identification() {
    Check.identifies(SingleflightLoaderNullDereference.class);
  }
}
