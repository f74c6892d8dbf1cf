package dev.singleflight.benchmarks;

/**
 * A key whose hash code is chosen.
 *
 * @param number what tells it from others
 * @param hash its hash code
 */
record HashedKey(int number, int hash) {

  @Override
  public boolean equals(Object other) {
    return other instanceof HashedKey key && key.number == number;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
