package dev.singleflight;

import static java.util.Objects.requireNonNull;

/**
 * Wraps the checked exception of a {@link SingleflightLoader}'s loader, whose methods declare none:
 * the {@linkplain #getCause() cause}. Unchecked exceptions and {@link Error}s are thrown as they
 * are.
 *
 * <p>One load makes one such exception: all callers that share the load get the same instance, with
 * the stack trace of the thread that ran it.
 */
public final class LoadException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Wraps an exception.
   *
   * @param cause the checked exception that the loader threw
   * @throws NullPointerException if the cause is null
   */
  public LoadException(Throwable cause) {
    super(requireNonNull(cause, "cause must not be null"));
  }
}
