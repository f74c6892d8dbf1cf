package dev.singleflight.proofs.soak;

/** A load that was made to fail. */
final class Failed extends Exception {
  private static final long serialVersionUID = 1L;

  final transient Load load;

  /** Whether it failed because its thread, no caller's, was interrupted. */
  final boolean abandoned;

  Failed(Load load, boolean abandoned) {
    super("made to fail", null, false, false);
    this.load = load;
    this.abandoned = abandoned;
  }

  /** The same, thrown where nobody expects it. */
  static final class Fatally extends Error {
    private static final long serialVersionUID = 1L;

    final transient Load load;

    Fatally(Load load) {
      super("made to fail fatally", null, false, false);
      this.load = load;
    }
  }
}
