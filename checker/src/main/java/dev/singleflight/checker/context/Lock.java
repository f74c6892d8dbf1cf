package dev.singleflight.checker.context;

import com.sun.tools.javac.code.Symbol;

/**
 * A lock, as the source names it.
 *
 * @param identity what tells it from other locks: a variable where there is one, else its words
 * @param words how a message names it
 */
public record Lock(Object identity, String words) {

  static Lock of(Symbol variable, String words) {
    return new Lock(variable, words);
  }

  static Lock of(String words) {
    return new Lock(words, words);
  }
}
