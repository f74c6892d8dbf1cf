package dev.singleflight.samples.bugs;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Compiles all bugs at once, as a user's build would, and leaves the last word to javac: its
 * messages as it prints them, and its exit status.
 */
public final class BugCompiler {
  /** The checks that only warn or suggest where nothing is said: here they stop the build too. */
  private static final List<String> RAISED =
      List.of(
          "SingleflightKeyOmitsInput",
          "SingleflightUncachedResult",
          "SingleflightInvalidateWithoutForget",
          "SingleflightStickyFailure",
          "SingleflightLoaderReadsMutableState",
          "SingleflightLoaderNullDereference",
          "SingleflightNullResult");

  private BugCompiler() {}

  /**
   * Runs javac, and ends the JVM with its status: Maven would bury the messages under its own.
   *
   * @param args the folder of this module
   */
  public static void main(String[] args) throws IOException {
    Path module = Path.of("").toAbsolutePath().relativize(Path.of(args[0]).toAbsolutePath());
    List<String> arguments = new ArrayList<>(options(classPath()));
    arguments.addAll(List.of("-d", module.resolve("target/bugs").toString()));
    for (Path file : sources(module.resolve("src/bugs/java"))) {
      arguments.add(file.toString());
    }
    System.exit(
        ToolProvider.getSystemJavaCompiler()
            .run(null, System.out, System.err, arguments.toArray(String[]::new)));
  }

  /** What a user's build tells javac, with the checker and Error Prone on the processor path. */
  static List<String> options(String classPath) {
    return List.of(
        "-classpath",
        classPath,
        "-processorpath",
        classPath,
        "-XDcompilePolicy=simple",
        "--should-stop=ifError=FLOW",
        RAISED.stream()
            .map(check -> " -Xep:" + check + ":ERROR")
            .collect(joining("", "-Xplugin:ErrorProne", "")));
  }

  /** The source files below a folder, in the order of their names. */
  static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** Inside Maven the JVM's own class path is Maven's; ours is in the class loader. */
  private static String classPath() {
    if (BugCompiler.class.getClassLoader() instanceof URLClassLoader loader) {
      return Stream.of(loader.getURLs())
          .map(URL::toString)
          .map(url -> Path.of(URI.create(url)).toString())
          .collect(joining(File.pathSeparator));
    }
    return System.getProperty("java.class.path");
  }
}
