package dev.singleflight.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.eclipse.aether.RepositoryException;

/**
 * An artifact's sources on disk, with what they are compiled against.
 *
 * @param folder for work files
 * @param files the sources, sorted
 * @param classPath what they are compiled against
 * @param processors Lombok, if they are written with it, or nothing
 */
record Checkout(Path folder, List<Path> files, List<Path> classPath, List<Path> processors) {

  private static final String LOMBOK = "org.projectlombok:lombok:1.18.42";

  /**
   * What old sources expect from the JDK, or what poms often leave out since it is not there at run
   * time.
   */
  private static final List<String> OFTEN_MISSING =
      List.of(
          "com.google.code.findbugs:jsr305:3.0.2",
          "javax.annotation:javax.annotation-api:1.3.2",
          "javax.xml.bind:jaxb-api:2.3.1",
          "org.checkerframework:checker-qual:3.42.0");

  Checkout {
    files = List.copyOf(files);
    classPath = List.copyOf(classPath);
    processors = List.copyOf(processors);
  }

  /** Fetches and unpacks an artifact below a folder. */
  static Checkout of(Artifact artifact, Repository repository, Path work)
      throws IOException, RepositoryException {
    Path folder = work.resolve(artifact.folder());
    Path src = folder.resolve("src");
    if (!Files.isDirectory(src)) {
      Path unpacking = folder.resolve("unpacking");
      unpack(repository.sources(artifact.coordinates()), unpacking);
      Files.move(unpacking, src);
    }
    Set<Path> classPath = new LinkedHashSet<>(repository.compileClassPath(artifact.coordinates()));
    for (String coordinates : artifact.beside()) {
      classPath.addAll(repository.classPath(coordinates));
    }
    for (String coordinates : OFTEN_MISSING) {
      classPath.addAll(repository.classPath(coordinates));
    }
    boolean lombok = classPath.stream().anyMatch(Checkout::isLombok);
    return new Checkout(
        folder,
        sources(src),
        List.copyOf(classPath),
        lombok ? repository.classPath(LOMBOK) : List.of());
  }

  /** The same with fewer files. */
  Checkout only(List<Path> fewer) {
    return new Checkout(folder, fewer, classPath, processors);
  }

  /** A file's name as its package gives it. */
  String name(Path file) {
    return folder.resolve("src").relativize(file).toString().replace('\\', '/');
  }

  /** How many lines the files have. */
  long lines() throws IOException {
    long lines = 0;
    for (Path file : files) {
      // Old sources are in every encoding, and all of them have line feeds.
      lines +=
          Files.readString(file, StandardCharsets.ISO_8859_1)
              .chars()
              .filter(c -> c == '\n')
              .count();
    }
    return lines;
  }

  private static boolean isLombok(Path jar) {
    return jar.getFileName().toString().matches("lombok-\\d.*\\.jar");
  }

  private static void unpack(Path jar, Path folder) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        Path to = folder.resolve(entry.getName()).normalize();
        if (isSource(entry.getName()) && to.startsWith(folder)) {
          Files.createDirectories(to.getParent());
          try (InputStream in = zip.getInputStream(entry)) {
            Files.write(to, in.readAllBytes());
          }
        }
      }
    }
  }

  private static boolean isSource(String name) {
    return name.endsWith(".java")
        && !name.startsWith("META-INF/")
        && !name.endsWith("module-info.java")
        && !name.endsWith("package-info.java");
  }

  private static List<Path> sources(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return new ArrayList<>(
          files.filter(file -> file.toString().endsWith(".java")).sorted().toList());
    }
  }
}
