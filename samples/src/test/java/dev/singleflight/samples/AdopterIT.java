package dev.singleflight.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.checker.checks.SingleflightLockHeld;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Builds the projects that show how to adopt the checks, with Maven itself: the build stops on
 * their bug, and no longer once that is put right.
 */
class AdopterIT {
  private static final Path PROJECTS = Path.of("src/it");
  private static final String VERSION = System.getProperty("project.version");

  /** A repository of their own: nobody's own is to hold what has just been built. */
  private static final Path REPOSITORY = Path.of("target/it-repository").toAbsolutePath();

  private static final Pattern FINDING =
      Pattern.compile("(\\w+\\.java):\\[(\\d+),\\d+] \\[(\\w+)]");

  /** Outside this project, whose .mvn/jvm.config would count for projects within it. */
  @TempDir Path folder;

  private record Build(int status, String output) {}

  @BeforeAll
  static void install() throws IOException, URISyntaxException {
    install("parent", Path.of("../pom.xml"), "pom");
    install("checker", Path.of("../checker/pom.xml"), "pom");
    install("checker", jar(SingleflightLockHeld.class), "jar");
    install("runtime", Path.of("../runtime/pom.xml"), "pom");
    install("runtime", jar(SingleflightGroup.class), "jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"adopter", "adopter-forked"})
  void mavenStopsOnTheBugAndNotOnceItIsPutRight(String project) throws Exception {
    copy(PROJECTS.resolve(project), folder);
    Path prices = folder.resolve("src/main/java/com/example/Prices.java");
    assertThat(folder.resolve("pom.xml"))
        .content()
        .as("what people copy names this version")
        .contains("<singleflight.version>" + VERSION + "</singleflight.version>");

    Build buggy = maven("compile");
    assertThat(buggy.status()).as(buggy.output()).isEqualTo(1);
    assertThat(findings(buggy))
        .as(buggy.output())
        .containsExactly(
            "Prices.java:" + line(prices, "queries.execute") + " SingleflightLockHeld");

    Files.copy(PROJECTS.resolve("fixed/Prices.java"), prices, StandardCopyOption.REPLACE_EXISTING);
    Build fixed = maven("compile");
    assertThat(fixed.status()).as(fixed.output()).isZero();
    assertThat(folder.resolve("target/classes/com/example/Prices.class")).exists();
  }

  private Build maven(String goal) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("maven.home"), "bin", windows ? "mvn.cmd" : "mvn")
                    .toString(),
                "--batch-mode",
                "--quiet",
                "--global-settings",
                PROJECTS.resolve("settings.xml").toAbsolutePath().toString(),
                "-Dmaven.repo.local=" + REPOSITORY,
                "-Dthis.build.repository="
                    + Path.of(System.getProperty("this.build.repository")).toUri(),
                "-Derror-prone.version=" + System.getProperty("error-prone.version"),
                goal)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // what this build was told is not what the other is told
    environment.keySet().removeIf(name -> name.startsWith("MAVEN_"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("Maven ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Build(process.exitValue(), Files.readString(output, Charset.defaultCharset()));
  }

  /** Maven says each twice. */
  private static List<String> findings(Build build) {
    return FINDING
        .matcher(build.output())
        .results()
        .map((MatchResult m) -> m.group(1) + ":" + m.group(2) + " " + m.group(3))
        .distinct()
        .toList();
  }

  private static int line(Path file, String text) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return 1 + lines.indexOf(lines.stream().filter(l -> l.contains(text)).findFirst().orElse(""));
  }

  private static Path jar(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void install(String module, Path file, String extension) throws IOException {
    String artifact = "singleflight-" + module;
    Path target =
        REPOSITORY
            .resolve("dev/singleflight")
            .resolve(artifact)
            .resolve(VERSION)
            .resolve(artifact + "-" + VERSION + "." + extension);
    Files.createDirectories(target.getParent());
    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
