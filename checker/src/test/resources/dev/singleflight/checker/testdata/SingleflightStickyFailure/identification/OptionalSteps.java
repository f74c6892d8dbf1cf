package test;

import dev.singleflight.SingleflightLoader;
import java.util.Map;
import java.util.Optional;

/** A second place that is asked first, and answers with an optional. */
class OptionalSteps {
  private final SingleflightLoader<String, String> tags =
      SingleflightLoader.newBuilder().build(this::load);
  private final SingleflightLoader<String, Optional<String>> known =
      SingleflightLoader.newBuilder().build(key -> second.find(key));
  private static Second second;

  OptionalSteps(Second given) {
    second = given;
  }

  String tag(String key) {
    return tags.get(key);
  }

  Optional<String> knownTag(String key) {
    return known.get(key);
  }

  private String load(String key) {
    Optional<String> found = fromSecond(key);
    if (found.isPresent()) {
      return found.get();
    }
    return "computed " + key;
  }

  private Optional<String> fromSecond(String key) {
    try {
      return Optional.ofNullable(second.entries.get(key));
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
  }

  static class Second {
    final Map<String, String> entries;

    Second(Map<String, String> entries) {
      this.entries = entries;
    }

    Optional<String> find(String key) {
      try {
        return Optional.ofNullable(entries.get(key));
      } catch (IllegalStateException e) {
        // BUG: Diagnostic contains: Optional.empty()
        return Optional.empty();
      }
    }
  }
}
