package dev.singleflight.checker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of docs/apis.md say what the code knows. */
final class ApisPageTest {
  private static final Path PAGE = Path.of("..", "docs", "apis.md");

  @Test
  void calls() throws IOException {
    Map<String, Set<String>> methods = new LinkedHashMap<>();
    for (Api api : BuiltIn.APIS) {
      String row = "| `" + api.type() + "` | %s | " + traits(api) + " |";
      methods.computeIfAbsent(row, r -> new TreeSet<>()).add("`" + name(api) + "`");
    }
    String table =
        methods.entrySet().stream()
            .map(entry -> entry.getKey().replace("%s", String.join(", ", entry.getValue())))
            .collect(Collectors.joining("\n"));

    assertThat(Files.readString(PAGE)).contains(table);
  }

  private static String name(Api api) {
    String loader = api.loaderType().isEmpty() ? "loader" : api.loaderType();
    String parameters =
        api.loader() == Api.NO_LOADER
            ? api.keys().isEmpty() ? "" : "key"
            : api.keys().isEmpty() ? loader : "key, " + loader;
    return api.method() + "(" + parameters + ")";
  }

  private static String traits(Api api) {
    return api.traits().stream()
        .sorted()
        .map(trait -> trait.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .collect(Collectors.joining(", "));
  }

  @Test
  void annotations() throws IOException {
    String table =
        Annotations.ROWS.stream()
            .map(
                row ->
                    "| `@"
                        + row.type()
                        + "` | "
                        + row.role().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + " | "
                        + switch (row.keys()) {
                          case EXPRESSION -> "`key`, an expression";
                          case NAMED -> "`parameters`, by name";
                          case MARKED -> "parameters with `@CacheKey`";
                        }
                        + " | "
                        + (row.isProxied() ? "a proxy" : "a subclass")
                        + " |")
            .collect(Collectors.joining("\n"));

    assertThat(Files.readString(PAGE)).contains(table);
  }
}
