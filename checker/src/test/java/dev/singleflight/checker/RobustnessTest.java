package dev.singleflight.checker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Code that a check must survive, and about which it has nothing to say. */
final class RobustnessTest {
  private static final String FLAWED =
      """
      package test;

      import dev.singleflight.SingleflightGroup;

      class Flawed {
        interface Db { String find(String tenant, String name); }
        private final SingleflightGroup<String, String> group = SingleflightGroup.create();
        private final Db db;
        Flawed(Db db) { this.db = db; }
        ANNOTATION
        String load(String tenant, String name) {
          return group.execute(name, k -> db.find(tenant, k));
        }
      }
      """;

  @Test
  void moduleAndPackageDeclarations(@TempDir Path folder) throws IOException {
    Path sources = Files.createDirectories(folder.resolve("test"));
    Path module =
        Files.writeString(folder.resolve("module-info.java"), "module test { exports test; }");
    Path pack = Files.writeString(sources.resolve("package-info.java"), "package test;");
    Path type = Files.writeString(sources.resolve("A.java"), "package test; public class A {}");

    assertThat(Compilations.javac(folder, module, pack, type)).isEmpty();
  }

  @Test
  void erroneousCodeIsLeftToJavac() {
    JavaFileObject broken =
        Compilations.source(
            "test.Broken",
            "package test;",
            "import dev.singleflight.SingleflightGroup;",
            "class Broken {",
            "  SingleflightGroup<String, String> group = SingleflightGroup.create();",
            "  String a(String tenant, Missing m) { return group.execute(m.x, k -> nope(tenant)); }",
            "  String b() { return group.execute(, k -> ); }",
            "  String c() { synchronized (lost) { return group.execute(undefined(), this::gone); } }",
            "}");

    List<String> messages = Compilations.messages(Compilations.compile(List.of(), broken));

    assertThat(messages).isNotEmpty().noneMatch(m -> m.contains("Singleflight"));
    assertThat(messages).noneMatch(m -> m.contains("unhandled exception"));
  }

  @Test
  void switchWhoseLastCaseLeavesAndThatHasNoDefault() {
    assertSilent(
        Compilations.compile(
            List.of(),
            JavaFileObjects.forSourceString(
                "test.Sizes",
                """
                package test;

                import dev.singleflight.SingleflightGroup;

                class Sizes {
                  private final SingleflightGroup<String, String> group = SingleflightGroup.create();

                  String name(String code) {
                    return group.execute(code, () -> size(code));
                  }

                  private static String size(String code) {
                    String name = "other";
                    switch (code) {
                      case "S":
                        name = "small";
                        break;
                      case "L":
                        name = "large";
                        break;
                    }
                    return name;
                  }
                }
                """)));
  }

  @Test
  void recordsSealedTypesEnumsSwitchesAndTextBlocks() {
    assertSilent(
        Compilations.compile(
            List.of(),
            JavaFileObjects.forSourceString(
                "test.Modern",
                """
                package test;

                import dev.singleflight.SingleflightGroup;
                import java.util.function.Function;

                public class Modern {
                  sealed interface Shape permits Circle, Square {}
                  record Circle(double radius) implements Shape {
                    Circle { if (radius < 0) throw new IllegalArgumentException(); }
                  }
                  record Square(double side) implements Shape {}
                  enum Kind { A { @Override int code() { return 1; } }, B; int code() { return 2; } }
                  @interface Marker { String[] value() default {}; }

                  private static final SingleflightGroup<Object, Double> GROUP =
                      SingleflightGroup.create();
                  private final Function<Shape, Double> area = s -> area(s);
                  { double d = area(new Circle(1)); }
                  static { new Modern(); }

                  static double area(Shape shape) {
                    return GROUP.execute(shape, () -> {
                      if (shape instanceof Circle c) return Math.PI * c.radius() * c.radius();
                      var s = (Square) shape;
                      return switch (Kind.values().length) { case 2 -> s.side() * s.side(); default -> 0d; };
                    });
                  }

                  <T extends Comparable<T>> T max(T... ts) {
                    T best = null;
                    outer:
                    for (T t : ts) {
                      do { if (best == null) continue outer; } while (best.compareTo(t) < 0 && (best = t) == null);
                    }
                    int[] a = {1, 2}; a[0]++; --a[1]; a.clone()[0] = 1;
                    Runnable r = () -> { class Local { void m() { synchronized (this) { max(); } } } new Local().m(); };
                    String text = \"\"\"
                        a
                        b\"\"\";
                    return best;
                  }
                }
                """)));
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "pattern switches came with Java 21")
  void patternSwitchesAndRecordPatterns() {
    assertSilent(
        Compilations.compile(
            List.of(),
            JavaFileObjects.forSourceString(
                "test.Patterns",
                """
                package test;

                import dev.singleflight.SingleflightGroup;
                import java.util.List;

                class Patterns {
                  record Point(int x, int y) {}
                  private final SingleflightGroup<Object, String> group = SingleflightGroup.create();

                  String name(Object o) {
                    return group.execute(o, k -> switch (o) {
                      case Point(int x, var y) when x > y -> "p" + x + y;
                      case String s -> s;
                      case null -> "none";
                      default -> { yield String.valueOf(o); }
                    });
                  }

                  int sum(List<Point> points) {
                    int sum = 0;
                    for (Point p : points) {
                      if (p instanceof Point(int a, int b)) { sum += a + b; }
                    }
                    return sum;
                  }
                }
                """)));
  }

  @Test
  void generatedCodeIsLeftToItsGenerator() {
    String generated = "@javax.annotation.processing.Generated(\"someone\") class Flawed";

    assertSilent(
        Compilations.compile(
            List.of(),
            JavaFileObjects.forSourceString(
                "test.Flawed",
                FLAWED.replace("ANNOTATION", "").replace("class Flawed", generated))));
  }

  @Test
  void suppressionHoldsAtEveryLevelAndOnlyThere() {
    assertThat(Compilations.messages(Compilations.compile(List.of(), flawed(""))))
        .singleElement()
        .asString()
        .contains("[SingleflightTenantMissingFromKey]");
    JavaFileObject onClass =
        JavaFileObjects.forSourceString(
            "test.Flawed",
            FLAWED
                .replace("ANNOTATION", "")
                .replace(
                    "class Flawed",
                    "@SuppressWarnings(\"SingleflightTenantMissingFromKey\") class Flawed"));
    assertSilent(Compilations.compile(List.of(), onClass));
    assertSilent(
        Compilations.compile(
            List.of(), flawed("@SuppressWarnings(\"SingleflightTenantMissingFromKey\")")));
    JavaFileObject onVariable =
        JavaFileObjects.forSourceString(
            "test.Flawed",
            FLAWED
                .replace("ANNOTATION", "")
                .replace(
                    "return group.execute(name, k -> db.find(tenant, k));",
                    "@SuppressWarnings(\"SingleflightTenantMissingFromKey\") String found ="
                        + " group.execute(name, k -> db.find(tenant, k)); return found;"));
    assertSilent(Compilations.compile(List.of(), onVariable));
  }

  @Test
  void codeWithoutTheRuntimeOnItsClassPath() {
    assertSilent(
        Compilations.compile(
            List.of(),
            List.of("-classpath", ""),
            JavaFileObjects.forSourceString(
                "test.Plain",
                """
                package test;

                import java.util.ArrayList;
                import java.util.List;
                import java.util.Map;
                import java.util.concurrent.ConcurrentHashMap;

                class Plain {
                  private final Map<String, List<String>> cache = new ConcurrentHashMap<>();
                  synchronized List<String> get(String tenant, String key) {
                    List<String> l = cache.computeIfAbsent(key, k -> new ArrayList<>());
                    l.add(tenant);
                    return l;
                  }
                }
                """)));
  }

  @Test
  void otherCompilePoliciesOnlySeeLess() {
    JavaFileObject helper =
        JavaFileObjects.forSourceString(
            "test.Helper",
            """
            package test;

            class Helper {
              static String load(String owner, String name) { return owner + name; }
            }
            """);
    JavaFileObject caller =
        JavaFileObjects.forSourceString(
            "test.A",
            """
            package test;

            import dev.singleflight.SingleflightGroup;

            class A {
              private final SingleflightGroup<String, String> group =
                  SingleflightGroup.create();
              String load(String tenant, String name) {
                return group.execute(name, k -> Helper.load(tenant, k));
              }
            }
            """);
    for (String policy : List.of("byfile", "simple")) {
      for (List<JavaFileObject> order : List.of(List.of(caller, helper), List.of(helper, caller))) {
        Compilation compilation =
            Compilations.compile(
                List.of(),
                List.of("-XDcompilePolicy=" + policy),
                order.toArray(new JavaFileObject[0]));

        assertThat(Compilations.messages(compilation))
            .as(policy)
            .singleElement()
            .asString()
            .contains("[SingleflightTenantMissingFromKey]");
      }
    }
  }

  /** Under {@code byfile} the first files are checked before anything is known of the others. */
  @Test
  void filesBeforeTheFirstCoalescingCall() {
    JavaFileObject plain =
        Compilations.source(
            "test.Plain",
            "package test;",
            "class Plain { synchronized void m(java.util.List<String> l) { l.add(\"\"); } }");
    JavaFileObject locked =
        JavaFileObjects.forSourceString(
            "test.Locked",
            """
            package test;

            import dev.singleflight.SingleflightGroup;

            class Locked {
              private final SingleflightGroup<String, String> group = SingleflightGroup.create();
              synchronized String load(String name) {
                return group.execute(name, k -> k);
              }
            }
            """);
    for (String policy : List.of("byfile", "simple")) {
      assertThat(
              Compilations.messages(
                  Compilations.compile(
                      List.of(), List.of("-XDcompilePolicy=" + policy), plain, locked)))
          .as(policy)
          .singleElement()
          .asString()
          .contains("[SingleflightLockHeld]");
    }
  }

  private static JavaFileObject flawed(String annotation) {
    return JavaFileObjects.forSourceString("test.Flawed", FLAWED.replace("ANNOTATION", annotation));
  }

  private static void assertSilent(Compilation compilation) {
    assertThat(Compilations.messages(compilation)).isEmpty();
    assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
  }
}
