package dev.singleflight.checker.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.errorprone.ErrorProneJavaCompiler;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.scanner.ScannerSupplier;
import com.sun.management.ThreadMXBean;
import dev.singleflight.checker.Check;
import dev.singleflight.checker.Checks;
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

  /** Eight lines of a load through a helper. */
  private static String site(int i) {
    return """
      String of%1$d(String owner, String name) {
        String prefix = "p%1$d" + owner;
        String key = prefix + ":" + name;
        return group.execute(key, k -> helper%1$d(owner, name));
      }
      private String helper%1$d(String of, String key) {
        return load(of, key);
      }
    """
        .formatted(i);
  }

  /** Twenty lines of what each of the analyses has to look at. */
  private static String busySite(int i) {
    return """
      private final java.util.Map<String, String> stored%1$d = new java.util.HashMap<>();
      java.util.List<String> busy%1$d(String owner, String name) {
        String key = keyOf%1$d(owner, name);
        synchronized (stored%1$d) {
          stored%1$d.remove(key);
        }
        java.util.List<String> found = lists.execute(key, () -> chain%1$d(owner, name));
        java.util.List<String> copy = new java.util.ArrayList<>(found);
        copy.add(coalesced(key, () -> load(owner, name)));
        return changed%1$d(copy);
      }
      private static String keyOf%1$d(String owner, String name) {
        return "%1$d" + owner + name;
      }
      private java.util.List<String> chain%1$d(String owner, String name) {
        return %2$s;
      }
      private java.util.List<String> changed%1$d(java.util.List<String> all) {
        all.add("%1$d");
        return all;
      }
    """
        .formatted(
            i, i == 0 ? "java.util.List.of(owner, name)" : "chain" + (i - 1) + "(owner, name)");
  }

  private static String busySites(int count) {
    return HEAD
        + """
        private final SingleflightGroup<String, java.util.List<String>> lists =
            SingleflightGroup.create();
        String coalesced(String key, dev.singleflight.ThrowingSupplier<String, RuntimeException> l) {
          return group.execute(key, l);
        }
        """
        + lines(count, SizeTest::busySite)
        + "}";
  }

  private static String busyMethod(int count) {
    return HEAD
        + "void all(String owner, String name) {\n"
        + lines(
            count,
            i ->
                """
                String key%1$d = owner + name + %1$d;
                String found%1$d = group.execute(key%1$d, () -> load(owner, name + %1$d));
                """
                    .formatted(i))
        + "}}";
  }

  // without findings: for each that has a fix Error Prone copies the whole source
  @Test
  void linesOfSites() {
    assertLinear(count -> HEAD + lines(count, SizeTest::site) + "}", 2_500);
  }

  @Test
  void linesOfBusySites() {
    assertLinear(SizeTest::busySites, 1_000);
  }

  @Test
  void methodOfManySites() {
    assertLinear(SizeTest::busyMethod, 1_200);
  }

  /** What they cost where there is nothing to look for is what most of a program pays. */
  @Test
  void linesThatHaveNothingToDoWithCoalescing() {
    String plain =
        "package test;\nclass Plain {\n"
            + "String load(String a, String b) { return a + b; }\n"
            + lines(
                2_000,
                i ->
                    """
                    private final java.util.Map<String, String> map%1$d = new java.util.HashMap<>();
                    synchronized String of%1$d(String owner, String name) {
                      String key = owner + ":" + name;
                      map%1$d.remove(key);
                      return load(key, helper%1$d(owner));
                    }
                    private String helper%1$d(String of) {
                      return of.isEmpty() ? load(of, "none") : map%1$d.get(of);
                    }
                    """
                        .formatted(i))
            + "}";
    String service = (HEAD + site(0) + "}").replace("Generated", "Service");
    compile(service, 0); // what is only done once does not count
    long with = compile(List.of(plain, service), checks(), new DiagnosticCollector<>());
    long without = compile(List.of(plain, service), List.of(), new DiagnosticCollector<>());

    assertThat(with - without).as("bytes allocated by the checks").isLessThan(without / 20);
  }

  private void assertLinear(IntFunction<String> source, int size) {
    long half = ofTheChecks(source.apply(size / 2));
    long whole = ofTheChecks(source.apply(size));
    assertThat(whole).as("bytes allocated for twice the size").isLessThan(half * 5 / 2);
  }

  /** Bytes that the checks allocate; javac itself is not linear in everything. */
  private long ofTheChecks(String source) {
    long with = compile(source, 0);
    long without = compile(List.of(source), List.of(), new DiagnosticCollector<>());
    return with - without;
  }

  @Test
  void concatenationOfManyTerms() throws InterruptedException {
    // javac itself needs more than the usual stack for so many operators
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            null, () -> assertLinear(SizeTest::concatenation, 5_000), "large stack", 64L << 20);
    thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
    thread.start();
    thread.join();
    assertThat(failure).hasValue(null);
  }

  private static String concatenation(int terms) {
    return HEAD
        + "String get(String owner, String name) {\n"
        + "  return group.execute("
        + IntStream.range(0, terms).mapToObj(i -> "name").collect(Collectors.joining("+"))
        + " + owner, k -> load(owner, name));\n}}";
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

  /** What {@code this} is in a function counts to its size: it would double with each object. */
  @Test
  void objectsInFunctionsOfObjects() {
    String body =
        HEAD
            + """
            static class Box {
              final java.util.function.Supplier<String> inner;
              Box(java.util.function.Supplier<String> inner) { this.inner = inner; }
              Box next() { return new Box(() -> inner.get() + inner.get()); }
            }
            """
            + "static Box boxed(String text) { return new Box(() -> text)"
            + ".next()".repeat(40)
            + "; }\n"
            + "String get(String tenantId, String name) {\n"
            + "Box box = boxed(tenantId);\n"
            + "return group.execute(name, k -> box.inner.get() + load(tenantId, k));\n}}";
    compile(body, 1);
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

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  /** Compiles with all checks, which have to find so many tenants and not to fail. */
  private long compile(String source, int tenants) {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    long taken = compile(List.of(source), checks(), diagnostics);
    List<String> messages = errors(diagnostics);
    assertThat(messages)
        .hasSize(tenants)
        .allSatisfy(message -> assertThat(message).contains("SingleflightTenantMissingFromKey"));
    return taken;
  }

  private static List<Class<? extends BugChecker>> checks() {
    return Checks.all().stream().<Class<? extends BugChecker>>map(BugChecker::getClass).toList();
  }

  /** Returns the bytes allocated, which tell the work done and do not depend on the machine. */
  private long compile(
      List<String> sources,
      List<Class<? extends BugChecker>> checks,
      DiagnosticCollector<JavaFileObject> diagnostics) {
    List<String> args = new ArrayList<>(Check.args("-d", classes.toString(), "-proc:none"));
    args.add("-Xmaxwarns");
    args.add("100000");
    args.add("-Xmaxerrs");
    args.add("100000");
    List<JavaFileObject> files = sources.stream().map(SizeTest::file).toList();
    long start = allocated();
    boolean unused =
        new ErrorProneJavaCompiler(ScannerSupplier.fromBugCheckerClasses(checks))
            .getTask(null, null, diagnostics, args, null, files)
            .call();
    return allocated() - start;
  }

  private static JavaFileObject file(String source) {
    String name =
        source.lines().filter(line -> line.startsWith("class ")).findFirst().orElseThrow();
    return new SimpleJavaFileObject(
        URI.create("string:///test/" + Splitter.on(' ').splitToList(name).get(1) + ".java"),
        JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
        return source;
      }
    };
  }

  private static List<String> errors(DiagnosticCollector<JavaFileObject> diagnostics) {
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(diagnostic -> diagnostic.getMessage(null))
        .toList();
  }
}
