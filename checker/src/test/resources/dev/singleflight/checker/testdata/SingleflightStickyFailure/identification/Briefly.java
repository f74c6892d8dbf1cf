package test;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What an object keeps for as long as one request. */
class Briefly {
  interface Bodies {
    String read(String type) throws IOException;
  }

  static final class ReceivedResponse {
    private final Map<String, Optional<String>> bodies = new HashMap<>();
    private final Bodies source;

    ReceivedResponse(Bodies source) {
      this.source = source;
    }

    Optional<String> body(String type) {
      return bodies.computeIfAbsent(
          type,
          t -> {
            try {
              return Optional.of(source.read(t));
            } catch (IOException e) {
              System.err.println("warn " + e);
              // STRICT: Diagnostic contains: keeps what stands in for a failed load
              return Optional.empty();
            }
          });
    }
  }

  static final class Mailbox {
    private final Map<String, Optional<String>> bodies = new HashMap<>();
    private final Bodies source;

    Mailbox(Bodies source) {
      this.source = source;
    }

    Optional<String> body(String type) {
      return bodies.computeIfAbsent(
          type,
          t -> {
            try {
              return Optional.of(source.read(t));
            } catch (IOException e) {
              System.err.println("warn " + e);
              // BUG: Diagnostic contains: keeps what stands in for a failed load
              return Optional.empty();
            }
          });
    }
  }

  /** Converts what it has, and asks nobody. */
  interface ConversionService {
    String convert(String text, String type);
  }

  static final class Texts {
    private final Map<String, Optional<String>> texts = new HashMap<>();
    private final ConversionService conversions;

    Texts(ConversionService conversions) {
      this.conversions = conversions;
    }

    Optional<String> text(String type) {
      return texts.computeIfAbsent(
          type,
          t -> {
            try {
              return Optional.of(conversions.convert("text", t));
            } catch (RuntimeException e) {
              // STRICT: Diagnostic contains: keeps what stands in for a failed load
              return Optional.empty();
            }
          });
    }
  }
}
