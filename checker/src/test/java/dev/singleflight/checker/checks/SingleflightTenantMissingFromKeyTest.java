package dev.singleflight.checker.checks;

import dev.singleflight.checker.Check;
import org.junit.jupiter.api.Test;

final class SingleflightTenantMissingFromKeyTest {
  @Test
  void identification() {
    Check.identifies(SingleflightTenantMissingFromKey.class);
  }

  @Test
  void tenantNamesOfTheUser() {
    Check.identifies(
        SingleflightTenantMissingFromKey.class,
        "options",
        "-XepOpt:Singleflight:TenantNames=shopId,realm");
  }

  @Test
  void replacement() {
    Check.replaces(SingleflightTenantMissingFromKey.class);
  }

  @Test
  void declared() {
    Check.identifiesDeclared(SingleflightTenantMissingFromKey.class);
  }
}
