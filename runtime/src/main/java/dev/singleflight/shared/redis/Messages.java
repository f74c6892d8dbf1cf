package dev.singleflight.shared.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.singleflight.shared.Event;
import org.jspecify.annotations.Nullable;

/** Events as they are published: the kind, and each text with its length before it. */
final class Messages {

  private Messages() {}

  static byte[] encode(Event.Kind kind, String tenant, String key, String detail) {
    return Names.bytes(kind.name() + ' ' + sized(tenant) + sized(key) + sized(detail));
  }

  private static String sized(String text) {
    return text.length() + ":" + text;
  }

  /** Returns the event of a message, or null if it is none. */
  static @Nullable Event decode(byte[] message) {
    String text = new String(message, UTF_8);
    try {
      int at = text.indexOf(' ');
      Event.Kind kind = Event.Kind.valueOf(text.substring(0, at));
      String[] parts = new String[3];
      for (int i = 0; i < parts.length; i++) {
        int colon = text.indexOf(':', at + 1);
        int end = colon + 1 + Integer.parseInt(text, at + 1, colon, 10);
        parts[i] = text.substring(colon + 1, end);
        at = end - 1;
      }
      return new Event(kind, parts[0], parts[1], parts[2]);
    } catch (RuntimeException e) {
      return null;
    }
  }
}
