package dev.singleflight.samples.engines;

import org.jspecify.annotations.Nullable;

/** A server that cannot be started, or not be reached; the message says what to do about it. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  EngineException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
