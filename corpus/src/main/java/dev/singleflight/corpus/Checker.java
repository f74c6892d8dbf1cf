package dev.singleflight.corpus;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The checker on this program's own class path, with the Error Prone that is there too. */
final class Checker {

  private static final String SERVICE =
      "META-INF/services/com.google.errorprone.bugpatterns.BugChecker";
  private static final String OURS = "Singleflight";

  private Checker() {}

  /** The names of its checks. */
  static NavigableSet<String> checks() throws IOException {
    NavigableSet<String> checks = new TreeSet<>();
    for (URL url : Collections.list(loader().getResources(SERVICE))) {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(url.openStream(), StandardCharsets.UTF_8))) {
        lines
            .lines()
            .map(line -> line.substring(line.lastIndexOf('.') + 1).strip())
            .filter(name -> name.startsWith(OURS))
            .forEach(checks::add);
      }
    }
    return checks;
  }

  /** What javac needs as its processor path. */
  static List<Path> classPath() throws URISyntaxException {
    List<Path> path = new ArrayList<>();
    if (loader() instanceof URLClassLoader loader) {
      for (URL url : loader.getURLs()) {
        path.add(Path.of(url.toURI()));
      }
    }
    if (path.isEmpty()) {
      Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(Path::of)
          .map(Path::toAbsolutePath)
          .forEach(path::add);
    }
    return path;
  }

  private static ClassLoader loader() {
    return Checker.class.getClassLoader();
  }
}
