package dev.singleflight.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CompilationTest {

  private static Compilation of(String output) {
    return new Compilation(1, Duration.ZERO, output);
  }

  @Test
  void findingsAreToldFromOtherWarnings() {
    Compilation compilation =
        of(
            """
            /src/a/Tea.java:12: warning: [LockHeld] Brewing waits for water.
                brew();
            /src/a/Tea.java:13: warning: Tea in a is deprecated
            Note: Some input files use unchecked operations.
            """);
    assertThat(compilation.remarks())
        .containsExactly(
            new Compilation.Remark(
                Path.of("/src/a/Tea.java"), 12, "LockHeld", "Brewing waits for water."));
    assertThat(compilation.errors()).isEmpty();
    assertThat(compilation.crashed()).isFalse();
  }

  @Test
  void theFirstErrorOfAFileIsKept() {
    assertThat(
            of("""
                    /src/a/Tea.java:1: error: package b does not exist
                    /src/a/Tea.java:9: error: cannot find symbol
                    """)
                .errors())
        .containsExactly(
            java.util.Map.entry(Path.of("/src/a/Tea.java"), "package b does not exist"));
  }

  @Test
  void aCrashIsKeptWithTheLineBeforeIt() {
    Compilation crashed =
        of(
            """
            1 warning
            /src/a/Tea.java:3: error: An unhandled exception was thrown by the Error Prone plugin.
                 BugPattern: LockHeld
            """);
    assertThat(crashed.crashed()).isTrue();
    assertThat(crashed.crash()).startsWith("/src/a/Tea.java:3").endsWith("BugPattern: LockHeld");
  }

  @Test
  void javacSaysWhichTypeItLookedAtLast() {
    assertThat(of("[attribute a.Tea]\n[flow a.Tea]\n[attribute a.b.Cup]\n").lastType())
        .isEqualTo("a.b.Cup");
    assertThat(of("").lastType()).isEmpty();
  }
}
