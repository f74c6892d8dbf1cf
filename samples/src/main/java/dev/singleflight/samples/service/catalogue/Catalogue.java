package dev.singleflight.samples.service.catalogue;

/** The products of all tenants, cached. Thread-safe. */
public interface Catalogue {

  /**
   * Returns a product of a tenant; what it returns may be as old as the cache allows.
   *
   * @throws NoSuchProductException if the tenant does not sell it
   * @throws StoreException if it is not cached and the store does not answer
   */
  Product find(String tenant, String sku);

  /** Drops what is cached of a product: to be called after it has been changed in the store. */
  void invalidate(String tenant, String sku);
}
