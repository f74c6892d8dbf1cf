package dev.singleflight.shared;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Any text as one that has bytes: UTF-8 has none for half of a surrogate pair, and would make the
 * same of two of them. Such text is written in hex, behind a mark.
 */
final class WellFormed {

  private static final String MARK = "\u0000";

  private WellFormed() {}

  static String encode(String text) {
    if (!text.startsWith(MARK) && StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return text;
    }
    StringBuilder hex = new StringBuilder(MARK);
    text.chars().forEach(c -> hex.append(HexFormat.of().toHexDigits((char) c)));
    return hex.toString();
  }

  static String decode(String text) {
    if (!text.startsWith(MARK)) {
      return text;
    }
    StringBuilder decoded = new StringBuilder();
    for (int at = MARK.length(); at < text.length(); at += 4) {
      decoded.append((char) HexFormat.fromHexDigits(text, at, at + 4));
    }
    return decoded.toString();
  }
}
