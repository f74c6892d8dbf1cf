package dev.singleflight.shared.jcache;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** Several texts as one: each with its length before it. */
final class Texts {

  private Texts() {}

  static final class Writer {
    private final StringBuilder text = new StringBuilder();

    @CanIgnoreReturnValue
    Writer add(String one) {
      text.append(one.length()).append(':').append(one);
      return this;
    }

    String text() {
      return text.toString();
    }
  }

  static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    /** Returns the next text. */
    String next() {
      int colon = text.indexOf(':', at);
      if (colon < 0) {
        throw new IllegalArgumentException("not written by this library: " + text);
      }
      int end;
      try {
        end = colon + 1 + Integer.parseInt(text, at, colon, 10);
        at = end;
        return text.substring(colon + 1, end);
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException("not written by this library: " + text, e);
      }
    }
  }
}
