package dev.singleflight.shared;

/**
 * The load of a key failed in other processes, one after another, while this one waited for them.
 *
 * <p>Who waits for another process's load and sees it fail takes over, or waits for the next that
 * does. If that fails too, all who still wait are thrown this, rather than to load in turn, each
 * for as long as it takes, or all at once from what is in trouble. It names the class of the last
 * failure; its message and stack trace are in the log of the process where it happened.
 *
 * <p>Not thrown for processes that ended, or whose leases expired.
 */
public final class SharedLoadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message. */
  SharedLoadException(String message) {
    super(message);
  }
}
