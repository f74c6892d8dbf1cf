package dev.singleflight;

/** What is yet to be run so that one or more flights land. */
interface Load {

  /**
   * Runs it on the current thread; does nothing if it ran or failed already.
   *
   * @param detached whether this thread is no caller's, so that it may run dependents of futures
   */
  void run(boolean detached);

  /** Lands the flights with a failure, if they have not landed yet. */
  void fail(Throwable cause, boolean detached);

  /** Returns whether a thread has begun to run it, or it has failed before. */
  boolean isUnderWay();

  /** Returns its turn to be under way; only if the group is limited. */
  InFlightLimit.Turn turn();
}
