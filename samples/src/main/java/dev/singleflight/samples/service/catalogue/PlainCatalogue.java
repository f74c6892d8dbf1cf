package dev.singleflight.samples.service.catalogue;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Optional;

/**
 * A catalogue with a cache and no coalescing, as it is often written: look, query, put. Whoever
 * misses queries. It is there to be compared with.
 */
public final class PlainCatalogue implements Catalogue {

  /** Empty for a product that is missing. */
  private final Cache<Key, Optional<Product>> products;

  private final ProductStore store;

  /**
   * Creates a catalogue.
   *
   * @param ticker the clock of the cache
   */
  public PlainCatalogue(ProductStore store, CacheSettings settings, Ticker ticker) {
    this.store = store;
    this.products =
        Caffeine.newBuilder()
            .ticker(ticker)
            .maximumSize(settings.maximumProducts())
            .expireAfter(
                Expiry.<Key, Optional<Product>>writing(
                    (key, found) -> found.isPresent() ? settings.ttl() : settings.missingTtl()))
            .build();
  }

  @Override
  public Product find(String tenant, String sku) {
    Key key = new Key(tenant, sku);
    Optional<Product> found = products.getIfPresent(key);
    if (found == null) {
      found = query(key);
      products.put(key, found);
    }
    return found.orElseThrow(() -> new NoSuchProductException(tenant, sku));
  }

  private Optional<Product> query(Key key) {
    try {
      return Optional.of(store.find(key.tenant(), key.sku()));
    } catch (NoSuchProductException e) {
      return Optional.empty();
    }
  }

  /** Not exact: a query under way puts what it has read when it ends. */
  @Override
  public void invalidate(String tenant, String sku) {
    products.invalidate(new Key(tenant, sku));
  }

  private record Key(String tenant, String sku) {}
}
