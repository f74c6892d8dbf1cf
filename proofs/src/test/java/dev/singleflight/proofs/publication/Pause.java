package dev.singleflight.proofs.publication;

/** Makes a load last so long that another call may meet it. */
final class Pause {

  private static final int SPINS = 30;

  private Pause() {}

  static void briefly() {
    for (int i = 0; i < SPINS; i++) {
      Thread.onSpinWait();
    }
  }
}
