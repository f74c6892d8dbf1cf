package dev.singleflight.benchmarks;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.ErrorProneJavaCompiler;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.scanner.BuiltInCheckerSuppliers;
import com.google.errorprone.scanner.ScannerSupplier;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What checks add to a compilation of jackson-databind's 481 files, none of which coalesces, and of
 * one service that does: where nobody does, the checks know that they have nothing to look for.
 *
 * <p>Each operation compiles once with checks and once without, in turns, and tells the processor
 * time of each: whatever else the machine does meets both, and so does what the JIT has done.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(
    jvmArgsAppend = {
      "-Xmx1g",
      "--add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.main=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.model=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.parser=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.processing=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.tree=ALL-UNNAMED",
      "--add-exports=jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED",
      "--add-opens=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED",
      "--add-opens=jdk.compiler/com.sun.tools.javac.comp=ALL-UNNAMED"
    })
public class CompileBenchmark {

  private static final String ANY_SOURCE = "com/fasterxml/jackson/databind/ObjectMapper.java";

  private static final String SERVICE =
      """
      package app;

      import com.fasterxml.jackson.databind.JsonNode;
      import dev.singleflight.SingleflightGroup;

      class Prices {
        interface Source {
          JsonNode read(String market, String currency);
        }

        private final SingleflightGroup<String, JsonNode> loads = SingleflightGroup.create();
        private final Source source;

        Prices(Source source) {
          this.source = source;
        }

        JsonNode load(String market, String currency) {
          return loads.execute(market + "/" + currency, () -> source.read(market, currency));
        }
      }
      """;

  /** How many files, the first ones; fewer only show that it runs. */
  @Param("1000000")
  public int files;

  private List<JavaFileObject> sources = List.of();
  private String classPath = "";
  private boolean checkedFirst;

  /** Processor time in milliseconds, which JMH gathers. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times {
    public double checked;
    public double unchecked;
  }

  @Setup
  public void read() throws IOException {
    URL any = requireNonNull(CompileBenchmark.class.getClassLoader().getResource(ANY_SOURCE));
    String jar = any.getPath().substring("file:".length(), any.getPath().indexOf("!/"));
    List<JavaFileObject> all = new ArrayList<>(List.of(new Source("app/Prices.java", SERVICE)));
    try (JarFile archive = new JarFile(jar)) {
      for (JarEntry entry : archive.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith("com/") && name.endsWith(".java") && all.size() < files) {
          byte[] text = archive.getInputStream(entry).readAllBytes();
          all.add(new Source(name, new String(text, StandardCharsets.UTF_8)));
        }
      }
    }
    sources = List.copyOf(all);
    classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(part -> !part.endsWith("-sources.jar"))
            .collect(Collectors.joining(File.pathSeparator));
  }

  /** This project's checks. */
  @Benchmark
  public void singleflightChecks(Times times) throws IOException {
    List<Class<? extends BugChecker>> ours = new ArrayList<>();
    for (BugChecker check : ServiceLoader.load(BugChecker.class)) {
      if (check.getClass().getPackageName().startsWith("dev.singleflight.")) {
        ours.add(check.getClass());
      }
    }
    if (ours.isEmpty()) {
      throw new IllegalStateException("The checks are not on the class path");
    }
    compare(ScannerSupplier.fromBugCheckerClasses(ours), times);
  }

  /** What Error Prone itself checks unless told otherwise. */
  @Benchmark
  public void errorProneChecks(Times times) throws IOException {
    compare(BuiltInCheckerSuppliers.defaultChecks(), times);
  }

  private void compare(ScannerSupplier checks, Times times) throws IOException {
    ScannerSupplier none = ScannerSupplier.fromBugCheckerClasses(List.of());
    checkedFirst = !checkedFirst;
    if (checkedFirst) {
      times.checked += compile(checks);
      times.unchecked += compile(none);
    } else {
      times.unchecked += compile(none);
      times.checked += compile(checks);
    }
  }

  /** Returns the processor time it took, in milliseconds. */
  private double compile(ScannerSupplier checks) throws IOException {
    ErrorProneJavaCompiler compiler = new ErrorProneJavaCompiler(checks);
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-classpath",
            classPath,
            "-sourcepath",
            "",
            "-proc:none",
            "-nowarn",
            "-XDcompilePolicy=simple",
            "-XepAllErrorsAsWarnings");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (JavaFileManager output =
        new Discarding(compiler.getStandardFileManager(said, null, StandardCharsets.UTF_8))) {
      long start = threads.getCurrentThreadCpuTime();
      boolean compiled = compiler.getTask(null, output, said, options, null, sources).call();
      long taken = threads.getCurrentThreadCpuTime() - start;
      if (!compiled) {
        throw new IllegalStateException(
            said.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .collect(Collectors.joining("\n")));
      }
      return taken / 1e6;
    }
  }

  /** A source in memory, so that no disk is measured. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("memory:///" + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps no class file. */
  private static final class Discarding extends ForwardingJavaFileManager<JavaFileManager> {
    Discarding(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/')), kind) {
        @Override
        public OutputStream openOutputStream() {
          return OutputStream.nullOutputStream();
        }
      };
    }
  }
}
