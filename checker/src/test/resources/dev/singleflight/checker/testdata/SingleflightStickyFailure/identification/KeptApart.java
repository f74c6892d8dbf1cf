package test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Memoizers that ask what they got before they keep it. */
class KeptApart {
  private final Map<Path, String> present = new ConcurrentHashMap<>();
  private final Map<Path, Optional<String>> all = new ConcurrentHashMap<>();

  private static Optional<String> read(Path path) {
    try {
      return Optional.of(Files.readString(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Optional<String> present(Path path) {
    String known = present.get(path);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<String> text = read(path);
    if (text.isPresent()) {
      present.put(path, text.get());
    }
    return text;
  }

  Optional<String> all(Path path) {
    Optional<String> known = all.get(path);
    if (known == null) {
      known = read(path);
      // BUG: Diagnostic contains: keeps what stands in for a failed load
      all.put(path, known);
    }
    return known;
  }
}
