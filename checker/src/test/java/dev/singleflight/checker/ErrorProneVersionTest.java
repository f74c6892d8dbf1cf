package dev.singleflight.checker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.bugpatterns.BugChecker;
import org.junit.jupiter.api.Test;

final class ErrorProneVersionTest {
  /** A property that was not taken would run the same version twice, and nobody would notice. */
  @Test
  void testsRunAgainstTheVersionAskedFor() {
    assertThat(BugChecker.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .endsWith("/error_prone_check_api-" + System.getProperty("error-prone.version") + ".jar");
  }
}
