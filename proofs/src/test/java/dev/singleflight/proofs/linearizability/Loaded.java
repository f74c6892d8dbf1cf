package dev.singleflight.proofs.linearizability;

/**
 * A value of a loader: which run of the user's loader brought it.
 *
 * @param begun when that began: the number of loads that had begun or ended by then
 * @param ended when it ended, counted alike
 */
record Loaded(int begun, int ended) {
  /** There is no value. */
  static final Loaded NONE = new Loaded(0, 0);

  @Override
  public String toString() {
    return equals(NONE) ? "none" : begun + "-" + ended;
  }
}
