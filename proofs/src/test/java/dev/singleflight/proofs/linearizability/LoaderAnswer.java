package dev.singleflight.proofs.linearizability;

/**
 * What a call of a loader got.
 *
 * @param since how many loads had begun or ended when it was made
 * @param value the value it got; none if it asks for none
 */
record LoaderAnswer(int since, Loaded value) {
  @Override
  public String toString() {
    return value + " since " + since;
  }
}
