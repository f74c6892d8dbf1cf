package dev.singleflight.checker.api;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;

/** The words and signs of a {@link Spel} expression, read one after the other. */
final class SpelTokens {
  private static final ImmutableSet<String> DOUBLE =
      ImmutableSet.of("?.", "?:", "==", "!=", "<=", ">=", "&&", "||", "?[", "![", "^[", "$[");

  /** An end that no expression can have a word for. */
  private static final String END = "";

  private final List<String> tokens = new ArrayList<>();
  private int at;

  SpelTokens(String text) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int end = i + 1;
      if (Character.isWhitespace(c)) {
        i++;
        continue;
      }
      if (Character.isJavaIdentifierStart(c)) {
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
          end++;
        }
      } else if (Character.isDigit(c)) {
        while (end < text.length() && isOfNumber(text.charAt(end))) {
          end++;
        }
      } else if (c == '\'' || c == '"') {
        end = endOfString(text, i);
      } else if (i + 1 < text.length() && DOUBLE.contains(text.substring(i, i + 2))) {
        end = i + 2;
      }
      tokens.add(text.substring(i, end));
      i = end;
    }
  }

  private static boolean isOfNumber(char c) {
    return Character.isLetterOrDigit(c) || c == '.';
  }

  /** A quote inside is doubled; without an end the string goes to the end of all. */
  private static int endOfString(String text, int start) {
    char quote = text.charAt(start);
    for (int i = start + 1; i < text.length(); i++) {
      if (text.charAt(i) == quote) {
        if (i + 1 >= text.length() || text.charAt(i + 1) != quote) {
          return i + 1;
        }
        i++;
      }
    }
    return text.length();
  }

  String peek() {
    return at < tokens.size() ? tokens.get(at) : END;
  }

  boolean isAtEnd() {
    return at >= tokens.size();
  }

  String next() {
    String token = peek();
    at++;
    return token;
  }

  /** Whether the next is this, which is then read. */
  boolean take(String token) {
    boolean is = !isAtEnd() && peek().equals(token);
    at += is ? 1 : 0;
    return is;
  }

  /** Whether the next is one of these, which is then read. */
  boolean takeAny(ImmutableSet<String> any) {
    boolean is = !isAtEnd() && any.contains(peek());
    at += is ? 1 : 0;
    return is;
  }

  boolean isName() {
    return !isAtEnd() && Character.isJavaIdentifierStart(peek().charAt(0));
  }
}
