package dev.singleflight;

/** What becomes of what a user's loader throws. */
final class LoadFailures {

  private LoadFailures() {}

  /**
   * Returns what callers are thrown for what a loader threw. If the thread was interrupted and the
   * loader used that up, it is interrupted again.
   */
  static Throwable toThrow(Throwable thrown) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return thrown instanceof RuntimeException || thrown instanceof Error
        ? thrown
        : new LoadException(thrown);
  }

  /** Returns a failure to be thrown undeclared, unless it is an error: that it throws itself. */
  static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  /** Notes on what is thrown what it hides. */
  static void suppress(Throwable thrown, Throwable hidden) {
    if (thrown != hidden) {
      thrown.addSuppressed(hidden);
    }
  }
}
