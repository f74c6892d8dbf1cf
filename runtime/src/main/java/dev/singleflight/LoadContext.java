package dev.singleflight;

/**
 * Carries what belongs to the leader's thread (a trace, a logging context) over to the thread that
 * runs a detached load.
 *
 * <p>A load is shared: whatever it is given of its leader, it is given on behalf of callers to whom
 * that does not belong. Carry what only describes the work, such as a trace to which its spans are
 * added, and nothing that decides what the loader returns, such as an identity, a locale or a
 * tenant; those belong into the key.
 *
 * <p>Loads that run on their leader's own thread have its context as it is; for those this is not
 * asked. {@code dev.singleflight.context} has an adapter to Micrometer's context propagation.
 *
 * <p>Implementations have to be safe for use by any number of threads at once.
 */
@FunctionalInterface
public interface LoadContext {

  /**
   * Takes what it carries from the current thread, and returns a task that runs a load with it.
   *
   * <p>Called once for each detached load, on the thread of the call that leads it. What it throws
   * is that flight's failure. The returned task is run on the thread that loads; it has to run the
   * load once, there, and leave the thread as it found it. A task that returns without having run
   * the load fails the flight.
   *
   * @param load runs the loader; throws nothing
   * @return a task that sets up the context, runs the load, and cleans up
   */
  Runnable wrap(Runnable load);
}
