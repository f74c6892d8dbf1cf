package dev.singleflight.checker.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.ErrorProneJavaCompiler;
import com.google.errorprone.scanner.ScannerSupplier;
import com.sun.management.ThreadMXBean;
import dev.singleflight.checker.Check;
import dev.singleflight.checker.checks.SingleflightCapturedRequest;
import dev.singleflight.checker.checks.SingleflightLockHeld;
import dev.singleflight.checker.checks.SingleflightRecursiveLoad;
import dev.singleflight.checker.checks.SingleflightSharedResultMutated;
import dev.singleflight.checker.checks.SingleflightTenantMissingFromKey;
import dev.singleflight.checker.checks.SingleflightUnstableKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Code of any size and shape is analysed in bounded time and stack. */
@Timeout(120)
final class SizeTest {
  private static final String HEAD =
      """
      package test;
      import dev.singleflight.SingleflightGroup;
      class Generated {
        private final SingleflightGroup<String, String> group = SingleflightGroup.create();
        String load(String a, String b) { return a + b; }
      """;

  @TempDir private Path classes;

  /** Eight lines, with one finding of {@code SingleflightTenantMissingFromKey}. */
  private static String site(int i) {
    return """
      String get%1$d(String tenantId, String name) {
        String prefix = "p%1$d" + name;
        String key = prefix + ":" + name;
        return group.execute(key, k -> helper%1$d(tenantId, k));
      }
      private String helper%1$d(String of, String key) {
        return load(of, key);
      }
    """
        .formatted(i);
  }

  @Test
  void linesOfSites() {
    // without findings: for each that has a fix Error Prone copies the whole source
    long half = compile(sites(1_250).replace("tenantId", "owner"), 0);
    long whole = compile(sites(2_500).replace("tenantId", "owner"), 0);
    assertThat(whole).as("bytes allocated for twice the lines").isLessThan(half * 5 / 2);
  }

  private static String sites(int count) {
    return HEAD + lines(count, SizeTest::site) + "}";
  }

  @Test
  void concatenationOfManyTerms() throws InterruptedException {
    String terms = IntStream.range(0, 5_000).mapToObj(i -> "name").collect(Collectors.joining("+"));
    String body =
        HEAD
            + "String get(String tenantId, String name) {\n"
            + "  return group.execute("
            + terms
            + ", k -> load(tenantId, name));\n}}";
    // javac itself needs more than the usual stack for so many operators
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread = new Thread(null, () -> compile(body, 1), "large stack", 64L << 20);
    thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
    thread.start();
    thread.join();
    assertThat(failure).hasValue(null);
  }

  @Test
  void concatenationOfManyLocals() {
    String body =
        HEAD
            + "String get(String tenantId, String a0) {\n"
            + lines(1_000, i -> "String a" + (i + 1) + " = a" + i + " + \"" + i + "\";\n")
            + "return group.execute(a1000, k -> load(tenantId, a1000));\n}}";
    compile(body, 1);
  }

  @Test
  void doublingLocals() {
    String body =
        HEAD
            + "String get(String tenantId, String a0) {\n"
            + lines(40, i -> "String a" + (i + 1) + " = a" + i + " + a" + i + ";\n")
            + "return group.execute(a40, k -> load(tenantId, a40));\n}}";
    compile(body, 1);
  }

  @Test
  void doublingHelpers() {
    String body =
        HEAD
            + "String h0(String a) { return a; }\n"
            + lines(
                40,
                i -> "String h" + (i + 1) + "(String a) { return h" + i + "(h" + i + "(a)); }\n")
            + "String get(String tenantId, String name) {\n"
            + "return group.execute(name, k -> load(tenantId, h40(k)));\n}}";
    compile(body, 1);
  }

  @Test
  void doublingFunctions() {
    String body =
        HEAD
            + "String get(String tenantId, String name) {\n"
            + "java.util.function.Function<String, String> f0 = a -> a + tenantId;\n"
            + lines(
                30,
                i ->
                    "java.util.function.Function<String, String> f%d = a -> f%d.apply(f%d.apply(a));\n"
                        .formatted(i + 1, i, i))
            + "return group.execute(name, k -> f2.apply(k) + f30.apply(k));\n}}";
    compile(body, 1);
  }

  @Test
  void helpersThatCallEachOther() {
    String body =
        HEAD
            + """
            String even(String tenantId, String n) { return n.isEmpty() ? tenantId : odd(tenantId, n); }
            String odd(String owner, String n) { return n.isEmpty() ? n : even(owner, n.substring(1)); }
            String self(String owner) { return self(owner + 1); }
            String get(String tenantId, String name) {
              String unused = self(name);
              return group.execute(name, k -> even(tenantId, k));
            }
            java.util.function.Supplier<String> knot = () -> this.knot.get();
            String knotted(String tenantId, String name) {
              return group.execute(knot.get() + name, k -> knot.get() + load(tenantId, k));
            }
            }
            """;
    compile(body, 2);
  }

  @Test
  void deepNesting() {
    int depth = 150;
    String body =
        HEAD
            + "static String id(String s) { return s; }\n"
            + "String get(String tenantId, String name) {\n"
            + "return group.execute("
            + "id(".repeat(depth)
            + "name"
            + ")".repeat(depth)
            + ", k -> load(tenantId, k));\n}}";
    compile(body, 1);
  }

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
  }

  /** Compiles with all checks, which have to find so many tenants and not to fail. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** Returns the bytes allocated, which tell the work done and do not depend on the machine. */
  private long compile(String source, int tenants) {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> args = new ArrayList<>(Check.args("-d", classes.toString(), "-proc:none"));
    args.add("-Xmaxwarns");
    args.add("100000");
    args.add("-Xmaxerrs");
    args.add("100000");
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///test/Generated.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
            return source;
          }
        };
    long start = allocated();
    boolean unused =
        new ErrorProneJavaCompiler(
                ScannerSupplier.fromBugCheckerClasses(
                    List.of(
                        SingleflightCapturedRequest.class,
                        SingleflightTenantMissingFromKey.class,
                        SingleflightUnstableKey.class,
                        SingleflightLockHeld.class,
                        SingleflightRecursiveLoad.class,
                        SingleflightSharedResultMutated.class)))
            .getTask(null, null, diagnostics, args, null, List.of(file))
            .call();
    long taken = allocated() - start;
    List<String> messages =
        diagnostics.getDiagnostics().stream()
            .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
            .map(diagnostic -> diagnostic.getMessage(null))
            .toList();
    assertThat(messages)
        .hasSize(tenants)
        .allSatisfy(message -> assertThat(message).contains("SingleflightTenantMissingFromKey"));
    return taken;
  }
}
