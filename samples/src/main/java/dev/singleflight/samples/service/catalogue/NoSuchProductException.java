package dev.singleflight.samples.service.catalogue;

/**
 * A tenant does not sell a product. An answer rather than a fault: it is cached for a while, thrown
 * to many callers at once, and so has no stack trace, which would tell of one of them.
 */
public final class NoSuchProductException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public NoSuchProductException(String tenant, String sku) {
    super("Tenant " + tenant + " has no product " + sku, null, false, false);
  }
}
