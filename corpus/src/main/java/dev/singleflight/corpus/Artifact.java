package dev.singleflight.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A published artifact.
 *
 * @param part the smallest part of the corpus that holds it
 * @param coordinates {@code group:artifact:version}
 * @param beside coordinates of what its sources need and its pom leaves out
 */
record Artifact(Part part, String coordinates, List<String> beside) {

  private static final List<String> COLUMNS = List.of("part", "artifact", "beside");

  Artifact {
    beside = List.copyOf(beside);
    if (coordinates.split(":", -1).length != 3) {
      throw new IllegalArgumentException(
          "'" + coordinates + "' is not of the form group:artifact:version");
    }
  }

  static List<Artifact> read(Path file) throws IOException {
    return Tsv.read(file, COLUMNS).stream()
        .map(
            row ->
                new Artifact(
                    Part.named(row.get("part")), row.get("artifact"), Tsv.words(row.get("beside"))))
        .toList();
  }

  /** {@code group:artifact}, which a new version keeps. */
  String id() {
    return coordinates.substring(0, coordinates.lastIndexOf(':'));
  }

  /** What a folder of its own may be called. */
  String folder() {
    return coordinates.replace(':', '_');
  }
}
