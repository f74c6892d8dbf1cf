package dev.singleflight.checker;

import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;

/** Stubs of other frameworks' annotations, as sources to compile along. */
final class Stubs {
  private static final Path FOLDER =
      Path.of("src/test/resources/dev/singleflight/checker/testdata/stubs");

  private Stubs() {}

  /** The same as sources of a compilation. */
  static List<JavaFileObject> sources() {
    List<JavaFileObject> sources = new ArrayList<>();
    all()
        .forEach(
            (path, lines) -> {
              String pack = lines[0].substring("package ".length(), lines[0].length() - 1);
              String type = Path.of(path).getFileName().toString().replace(".java", "");
              sources.add(JavaFileObjects.forSourceLines(pack + "." + type, lines));
            });
    return sources;
  }

  /** Their lines, by a path for each: some have one simple name. */
  static Map<String, String[]> all() {
    Map<String, String[]> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.put(
            FOLDER.relativize(file).toString(), Files.readAllLines(file).toArray(String[]::new));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
