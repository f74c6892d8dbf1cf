package dev.singleflight.proofs.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

/**
 * Runs the scenarios in a JVM that Fray controls. That needs a run-time image whose own classes are
 * instrumented, which is linked once, from the JDK that runs this test; Fray 0.9 wants JDK 25.
 */
@EnabledForJreRange(min = JRE.JAVA_25)
@EnabledOnOs(value = OS.LINUX, architectures = "amd64") // the agent is native
final class FrayTest {

  private static final String ITERATIONS = System.getProperty("proofs.fray.iterations", "300");
  private static final long PATIENCE_MINUTES = 60;
  private static final Path HOME = Path.of(System.getProperty("java.home"));
  private static final Path DIRECTORY = Path.of("target", "fray").toAbsolutePath();
  private static final Path IMAGE = DIRECTORY.resolve("jdk");
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  /** What the linker's plug-in consists of. */
  private static final Pattern PLUG_IN =
      Pattern.compile(
          "(fray-instrumentation-(jdk|base)|fray-runtime|kotlin-(stdlib|reflect)|annotations|asm(-\\w+)?)"
              + "-[\\d.]+\\.jar");

  @Test
  void nobodyWaitsForEver() throws Exception {
    Files.createDirectories(DIRECTORY);
    if (!Files.exists(IMAGE)) {
      link();
    }
    Path agent = DIRECTORY.resolve("libjvmti.so");
    extract(jar("fray-jvmti"), "libjvmti.so", agent);
    String log =
        run(
            "explore",
            List.of(
                IMAGE.resolve("bin/java").toString(),
                "-javaagent:" + jar("fray-instrumentation-agent"),
                "-agentpath:" + agent,
                "-Dfray.workDir=" + DIRECTORY.resolve("report"),
                "-cp",
                CLASS_PATH,
                FrayRunner.class.getName(),
                ITERATIONS));
    for (Scenario scenario : Scenario.values()) {
      assertThat(log).contains("EXPLORED " + scenario);
    }
  }

  private static void link() throws Exception {
    String plugIn =
        jars().stream()
            .filter(jar -> PLUG_IN.matcher(jar.getFileName().toString()).matches())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    // What links may not link itself, if the JDK has no jmods.
    String modules =
        ModuleLayer.boot().modules().stream()
            .map(Module::getName)
            .filter(name -> name.startsWith("java.") || name.equals("jdk.unsupported"))
            .sorted()
            .collect(Collectors.joining(","));
    String unused =
        run(
            "link",
            List.of(
                HOME.resolve("bin/jlink").toString(),
                "-J-javaagent:" + jar("fray-instrumentation-jdk"),
                "-J--module-path=" + plugIn,
                "-J--add-modules=org.pastalab.fray.instrumentation.jdk",
                "-J--class-path=" + plugIn,
                "--output=" + IMAGE,
                "--add-modules=" + modules,
                "--fray-instrumentation"));
  }

  private static List<Path> jars() {
    return Arrays.stream(CLASS_PATH.split(File.pathSeparator)).map(Path::of).toList();
  }

  private static Path jar(String name) {
    return jars().stream()
        .filter(jar -> jar.getFileName().toString().startsWith(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not on the class path"));
  }

  private static void extract(Path jar, String entry, Path target) throws IOException {
    Files.deleteIfExists(target);
    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream content = zip.getInputStream(zip.getEntry(entry))) {
      Files.copy(content, target);
    }
  }

  /** Runs a program until it ends well, and returns what it wrote. */
  private static String run(String name, List<String> command) throws Exception {
    Path log = DIRECTORY.resolve(name + ".txt");
    Process process =
        new ProcessBuilder(new ArrayList<>(command))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).as(name + " ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String written = Files.readString(log);
    assertThat(process.exitValue()).as(written).isZero();
    return written;
  }
}
