package dev.singleflight.corpus;

import java.util.Locale;

/** How the corpus is divided; each part holds those before it. */
enum Part {
  /** What CI runs. */
  SMALL,
  /** What the targets are measured on. */
  FIRST,
  /** What was added to find out whether the first was only learnt by heart. */
  SECOND,
  /** What was added to find out whether the second was. */
  THIRD,
  /** What was added to see what is right of that which is reported by default. */
  FOURTH,
  /** All there is. */
  ALL;

  static Part named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  boolean holds(Part part) {
    return part.compareTo(this) <= 0;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
