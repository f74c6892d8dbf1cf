package dev.singleflight.checker;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources with javac and {@code -Xplugin:ErrorProne}, as a user's build does. */
public final class Compilations {
  private Compilations() {}

  /** All of our checks at their default severity, and none of Error Prone's own. */
  public static Compilation compile(List<String> options, JavaFileObject... sources) {
    return compile(options, List.of(), sources);
  }

  /** The same with further arguments of javac. */
  public static Compilation compile(
      List<String> pluginOptions, List<String> javacOptions, JavaFileObject... sources) {
    return Compiler.javac().withOptions(options(pluginOptions, javacOptions)).compile(sources);
  }

  private static List<String> options(List<String> pluginOptions, List<String> javacOptions) {
    List<String> plugin = new ArrayList<>(List.of("-Xplugin:ErrorProne", "-XepDisableAllChecks"));
    for (String check : Checks.names()) {
      plugin.add("-Xep:" + check + ":ERROR");
    }
    plugin.addAll(pluginOptions);
    List<String> all =
        new ArrayList<>(
            List.of(
                "-classpath",
                RuntimeClasses.classPath(),
                "-processorpath",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-XDcompilePolicy=simple",
                "--should-stop=ifError=FLOW",
                String.join(" ", plugin)));
    all.addAll(javacOptions);
    return all;
  }

  /** The same for files on disk, as a module needs them; returns what javac said. */
  public static String javac(Path output, Path... files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = new ArrayList<>(options(List.of(), List.of()));
      options.addAll(List.of("-d", output.toString()));
      boolean unused =
          compiler
              .getTask(said, manager, null, options, null, manager.getJavaFileObjects(files))
              .call();
    }
    return said.toString();
  }

  public static JavaFileObject source(String name, String... lines) {
    return JavaFileObjects.forSourceLines(name, lines);
  }

  /** What javac said, errors and warnings. */
  public static List<String> messages(Compilation compilation) {
    return compilation.diagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() != Diagnostic.Kind.NOTE)
        .map(diagnostic -> diagnostic.getMessage(null))
        .toList();
  }
}
