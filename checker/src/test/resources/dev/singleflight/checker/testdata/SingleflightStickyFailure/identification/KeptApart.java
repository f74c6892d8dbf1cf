package test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  private final Map<Path, List<String>> rules = new ConcurrentHashMap<>();
  private final Map<Path, List<String>> logged = new ConcurrentHashMap<>();
  private final Map<Path, Outcome> outcomes = new ConcurrentHashMap<>();
  private final Map<Path, Outcome> texts = new ConcurrentHashMap<>();

  /** Where there is no file, there are no rules. */
  List<String> rules(Path path) {
    List<String> known = rules.get(path);
    if (known == null) {
      known = new ArrayList<>();
      try {
        known = Files.readAllLines(path);
      } catch (IOException e) {
        // there is no such file
      }
      rules.put(path, known);
    }
    return known;
  }

  List<String> logged(Path path) {
    List<String> known = logged.get(path);
    if (known == null) {
      known = new ArrayList<>();
      try {
        known = Files.readAllLines(path);
      } catch (IOException e) {
        System.err.println("cannot read " + path);
      }
      // BUG: Diagnostic contains: keeps what stands in for a failed load
      logged.put(path, known);
    }
    return known;
  }

  /** Told as it was to all who ask. */
  record Outcome(String text, IOException failure) {}

  Outcome outcome(Path path) {
    return outcomes.computeIfAbsent(
        path,
        p -> {
          try {
            return new Outcome(Files.readString(p), null);
          } catch (IOException e) {
            return new Outcome(null, e);
          }
        });
  }

  Outcome text(Path path) {
    return texts.computeIfAbsent(
        path,
        p -> {
          try {
            return new Outcome(Files.readString(p), null);
          } catch (IOException e) {
            // BUG: Diagnostic contains: keeps what stands in for a failed load
            return new Outcome("", null);
          }
        });
  }
}
