package dev.singleflight.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.errorprone.BugPattern.SeverityLevel;
import com.google.errorprone.bugpatterns.BugChecker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ChecksTest {
  @Test
  void namesAndSeveritiesAreTheContract() {
    assertThat(Checks.all())
        .extracting(BugChecker::canonicalName, BugChecker::defaultSeverity)
        .containsExactlyInAnyOrder(
            tuple("SingleflightCapturedRequest", SeverityLevel.ERROR),
            tuple("SingleflightGroupNotShared", SeverityLevel.ERROR),
            tuple("SingleflightInvalidateWithoutForget", SeverityLevel.WARNING),
            tuple("SingleflightKeyOmitsInput", SeverityLevel.WARNING),
            tuple("SingleflightLoaderNullDereference", SeverityLevel.WARNING),
            tuple("SingleflightLoaderReadsMutableState", SeverityLevel.WARNING),
            tuple("SingleflightLockHeld", SeverityLevel.ERROR),
            tuple("SingleflightNullResult", SeverityLevel.WARNING),
            tuple("SingleflightRecursiveLoad", SeverityLevel.ERROR),
            tuple("SingleflightResultTypeMismatch", SeverityLevel.ERROR),
            tuple("SingleflightSharedResultMutated", SeverityLevel.ERROR),
            tuple("SingleflightStickyFailure", SeverityLevel.WARNING),
            tuple("SingleflightTenantMissingFromKey", SeverityLevel.ERROR),
            tuple("SingleflightUncachedResult", SeverityLevel.SUGGESTION),
            tuple("SingleflightUnstableKey", SeverityLevel.ERROR));
  }

  @TestFactory
  Stream<DynamicTest> eachHasAPageTestsAndIsShort() {
    return Checks.names().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      assertThat(Path.of("../docs/checks", name + ".md")).isRegularFile();
                      assertThat(
                              Path.of(
                                  "src/test/resources/dev/singleflight/checker/testdata",
                                  name,
                                  "identification"))
                          .isNotEmptyDirectory();
                      Path source =
                          Path.of("src/main/java/dev/singleflight/checker/checks", name + ".java");
                      assertThat(Files.readAllLines(source)).hasSizeLessThan(130);
                    }));
  }
}
