package dev.singleflight.samples.service.catalogue;

/** Where products are kept. To find one is slow. Thread-safe. */
public interface ProductStore {

  /**
   * Finds a product of a tenant.
   *
   * @throws NoSuchProductException if the tenant does not sell it
   * @throws StoreException if the store does not answer
   */
  Product find(String tenant, String sku);

  /**
   * Puts a product on sale, or changes it. Once this has returned, {@link #find} sees it.
   *
   * @throws StoreException if the store does not answer; the product may or may not have been put
   */
  void put(String tenant, String sku, Offer offer);
}
