package dev.singleflight.checker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The runtime's classes, compiled from its sources beside this module: the checker is built before
 * the runtime, and tests against anything but the real thing would prove nothing.
 */
public final class RuntimeClasses {
  private static final Path SOURCES = Path.of("..", "runtime", "src", "main", "java");
  private static final Path CLASSES = compile();

  private RuntimeClasses() {}

  /** The class path of user code: the runtime, and what the tests' own class path has. */
  public static String classPath() {
    return CLASSES + File.pathSeparator + System.getProperty("java.class.path");
  }

  private static Path compile() {
    try {
      Path classes = Files.createTempDirectory("singleflight-runtime");
      classes.toFile().deleteOnExit();
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
          Stream<Path> sources = Files.walk(SOURCES)) {
        List<Path> java = sources.filter(path -> path.toString().endsWith(".java")).toList();
        boolean compiled =
            compiler
                .getTask(
                    null,
                    files,
                    null,
                    List.of("-d", classes.toString(), "-proc:none", "--release", "17", "-nowarn"),
                    null,
                    files.getJavaFileObjectsFromPaths(java))
                .call();
        if (!compiled) {
          throw new IllegalStateException("the runtime does not compile");
        }
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
