package dev.singleflight.corpus;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Finds the files of a checkout that javac can attribute. The others need what the pom does not
 * name; they are left out, and their classes come from the binary jar.
 */
final class Attributable {

  /** Each round loses the files whose supertypes the one before it lost. */
  private static final int ROUNDS = 30;

  private final Javac javac;

  Attributable(Javac javac) {
    this.javac = javac;
  }

  /** The checkout without the files that cannot be attributed; without any if that has no end. */
  Checkout of(Checkout checkout) throws IOException, InterruptedException {
    Path known = checkout.folder().resolve("attributable-" + fingerprint(checkout) + ".txt");
    if (!Files.exists(known)) {
      List<String> kept =
          find(checkout).files().stream().map(checkout::name).collect(Collectors.toList());
      Files.write(known, kept);
    }
    Path src = checkout.folder().resolve("src");
    return checkout.only(Files.readAllLines(known).stream().map(src::resolve).toList());
  }

  private Checkout find(Checkout checkout) throws IOException, InterruptedException {
    Checkout rest = checkout;
    for (int round = 0; round < ROUNDS && !rest.files().isEmpty(); round++) {
      Compilation compilation = javac.attribute(rest);
      Set<Path> lost = new HashSet<>(compilation.errors().keySet());
      if (lost.isEmpty() && compilation.status() == 0) {
        return rest;
      }
      if (lost.isEmpty()) {
        lost.addAll(crashedIn(rest));
      }
      List<Path> fewer = rest.files().stream().filter(file -> !lost.contains(file)).toList();
      if (fewer.size() == rest.files().size()) {
        break;
      }
      rest = rest.only(fewer);
    }
    return rest.only(List.of());
  }

  /** Where javac itself crashes, it names no file, but on request the last type it looked at. */
  private List<Path> crashedIn(Checkout checkout) throws IOException, InterruptedException {
    String type = javac.attribute(checkout, "-XDverboseCompilePolicy=true").lastType();
    Path file = checkout.folder().resolve("src").resolve(type.replace('.', '/') + ".java");
    return type.isEmpty() ? List.of() : List.of(file);
  }

  /** What can be attributed depends on the files, the class path and the compiler. */
  private static UUID fingerprint(Checkout checkout) {
    String all = Runtime.version() + "\n" + checkout.classPath() + "\n" + checkout.files();
    return UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
  }
}
