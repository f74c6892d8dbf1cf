package dev.singleflight.checker.checks;

import dev.singleflight.checker.Check;
import org.junit.jupiter.api.Test;

final class SingleflightCapturedRequestTest {
  @Test
  void identification() {
    Check.identifies(SingleflightCapturedRequest.class);
  }

  @Test
  void perCallerTypesOfTheUser() {
    Check.identifies(
        SingleflightCapturedRequest.class,
        "options",
        "-XepOpt:Singleflight:PerCallerTypes=test.Callers.Visit,Ticket");
  }

  @Test
  void declared() {
    Check.identifiesDeclared(SingleflightCapturedRequest.class);
  }

  @Test
  void strict() {
    Check.identifiesStrictly(SingleflightCapturedRequest.class);
  }
}
