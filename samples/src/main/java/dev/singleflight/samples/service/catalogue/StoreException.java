package dev.singleflight.samples.service.catalogue;

/** The store does not answer now; it may later. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
