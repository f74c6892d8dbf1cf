package dev.singleflight.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a check reported.
 *
 * @param key which finding it is, in every version of the artifact
 * @param line where it stands in this one
 * @param message what the check says
 */
record Finding(Key key, int line, String message) {

  /**
   * Which finding it is.
   *
   * @param artifact {@code group:artifact}
   * @param file its path below its source folder
   * @param place the member it stands in, and for a second one of the check there {@code #2}
   * @param check the check's name
   */
  record Key(String artifact, String file, String place, String check) implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::artifact)
            .thenComparing(Key::file)
            .thenComparing(Key::place)
            .thenComparing(Key::check);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** Gives each remark of a compilation its place. */
  static List<Finding> of(Artifact artifact, Checkout checkout, List<Compilation.Remark> remarks)
      throws IOException {
    List<Compilation.Remark> inOrder = new ArrayList<>(remarks);
    inOrder.sort(
        Comparator.comparing(Compilation.Remark::file).thenComparing(Compilation.Remark::line));
    Map<Path, Places> read = new HashMap<>();
    Map<Key, Integer> seen = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (Compilation.Remark remark : inOrder) {
      Places places = read.get(remark.file());
      if (places == null) {
        places = Places.of(remark.file());
        read.put(remark.file(), places);
      }
      Key key =
          new Key(
              artifact.id(),
              checkout.name(remark.file()),
              places.at(remark.line()),
              remark.check());
      int count = seen.merge(key, 1, Integer::sum);
      findings.add(
          new Finding(
              count == 1
                  ? key
                  : new Key(key.artifact(), key.file(), key.place() + "#" + count, key.check()),
              remark.line(),
              remark.message()));
    }
    return findings;
  }
}
