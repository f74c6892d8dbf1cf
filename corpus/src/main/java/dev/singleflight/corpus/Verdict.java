package dev.singleflight.corpus;

import java.util.Locale;

/** What a reader of the code thinks of a finding. */
enum Verdict {
  RIGHT,
  WRONG,
  DEBATABLE;

  /**
   * @throws IllegalArgumentException if it is none
   */
  static Verdict named(String word) {
    for (Verdict verdict : values()) {
      if (verdict.toString().equals(word)) {
        return verdict;
      }
    }
    throw new IllegalArgumentException("'" + word + "' is no verdict");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
