package dev.singleflight.shared.redis;

/** There is no connection to the server now. */
final class EngineUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EngineUnavailableException() {
    super("not connected to Redis", null, /* enableSuppression= */ false, false);
  }
}
