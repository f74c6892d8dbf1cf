package dev.singleflight.proofs.linearizability;

/**
 * What a call got.
 *
 * @param begun when the load began whose outcome it is: the number of loads that had begun or ended
 *     by then
 * @param ended when that load ended, counted alike
 * @param led whether it was this call's loader that ran
 * @param failed whether the load threw
 * @param followers what the call was told of followers, or {@link #UNTOLD}
 */
record Answer(int begun, int ended, boolean led, boolean failed, int followers) {
  static final int UNTOLD = -1;

  @Override
  public String toString() {
    return (led ? "led " : "followed ")
        + begun
        + "-"
        + ended
        + (failed ? " failed" : "")
        + (followers == UNTOLD ? "" : ", followers " + followers);
  }
}
