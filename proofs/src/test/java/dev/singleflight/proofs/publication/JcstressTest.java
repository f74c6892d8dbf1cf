package dev.singleflight.proofs.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs all tests of this package under jcstress, which is a program of its own. */
final class JcstressTest {

  private static final String FORKS = System.getProperty("proofs.jcstress.forks", "1");
  private static final String ITERATIONS = System.getProperty("proofs.jcstress.iterations", "1");

  /** How long each iteration lasts. */
  private static final String MILLIS = System.getProperty("proofs.jcstress.millis", "300");

  private static final long PATIENCE_MINUTES = 60;

  private static final Pattern SUMMARY =
      Pattern.compile(
          "Results: (\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard");

  @Test
  void noForbiddenResultIsSeen() throws Exception {
    Path directory = Files.createDirectories(Path.of("target", "jcstress"));
    Path log = directory.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main",
                "-f",
                FORKS,
                "-iters",
                ITERATIONS,
                "-time",
                MILLIS,
                "-jvmArgs",
                "-Xmx512m",
                // The actors call the same methods: compiling each apart would explore nothing new.
                "-sc",
                "false",
                "-v")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).as("ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String report = Files.readString(log);
    assertThat(process.exitValue()).as(report).isZero();
    List<MatchResult> summaries = SUMMARY.matcher(report).results().toList();
    assertThat(summaries).as(report).isNotEmpty();
    MatchResult last = summaries.get(summaries.size() - 1);
    assertThat(Integer.parseInt(last.group(1))).as(report).isPositive();
    assertThat(last.group(2)).as("passed, of those planned: %s", report).isEqualTo(last.group(1));
    System.out.println("jcstress: " + last.group());
  }
}
