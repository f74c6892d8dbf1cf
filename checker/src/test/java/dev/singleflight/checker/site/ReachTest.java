package dev.singleflight.checker.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.JavaFileObjects;
import dev.singleflight.checker.Reports;
import dev.singleflight.checker.Reports.Report;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** A file that names nothing that coalesces is looked at where it leads to one that does. */
final class ReachTest {
  private static final JavaFileObject SERVICE =
      file(
          "Service",
          """
          import dev.singleflight.SingleflightGroup;

          class Service {
            interface Source {
              StringBuilder load(String id);
            }

            private final SingleflightGroup<String, StringBuilder> group =
                SingleflightGroup.create();
            private final Source source;
            StringBuilder last;

            Service(Source source) {
              this.source = source;
            }

            StringBuilder fetch(String id) {
              StringBuilder found = group.execute(id, source::load);
              last = found;
              return found;
            }

            static String name() {
              return "service";
            }
          }
          """);

  private static final JavaFileObject FACADE =
      file(
          "Facade",
          """
          class Facade implements Finder {
            private final Service service = new Service(id -> new StringBuilder(id));

            @Override
            public StringBuilder find(String id) {
              return service.fetch(id);
            }
          }
          """);

  private static final JavaFileObject FINDER =
      file("Finder", "interface Finder { StringBuilder find(String id); }");

  @Test
  void callersOfCallersThroughAnInterface() {
    JavaFileObject locked =
        file(
            "Locked",
            """
            class Locked {
              private final Finder finder;

              Locked(Finder finder) {
                this.finder = finder;
              }

              synchronized String find(String id) {
                return finder.find(id).toString();
              }
            }
            """);

    assertThat(Reports.of(List.of(locked, FINDER, FACADE, SERVICE)))
        .extracting(Report::toString)
        .containsExactly("Locked.java:10 SingleflightLockHeld");
  }

  @Test
  void readersOfFields() {
    JavaFileObject editor =
        file(
            "Editor",
            """
            class Editor {
              void edit(Service service) {
                service.last.append("edited");
              }
            }
            """);

    assertThat(Reports.of(List.of(editor, SERVICE)))
        .extracting(Report::toString)
        .containsExactly("Editor.java:4 SingleflightSharedResultMutated");
  }

  private static JavaFileObject file(String name, String text) {
    return JavaFileObjects.forSourceString("test." + name, "package test;\n" + text);
  }
}
