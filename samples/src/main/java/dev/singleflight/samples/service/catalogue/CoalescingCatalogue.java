package dev.singleflight.samples.service.catalogue;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantLoader;
import dev.singleflight.micrometer.SingleflightMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * A catalogue that asks the store once for all who miss the same product at the same time.
 *
 * <p>Callers wait for the leader's query, which is bounded in time by the store; so nobody needs a
 * timeout of their own.
 */
public final class CoalescingCatalogue implements Catalogue {

  /**
   * Tenants are named by whoever calls, so what they can make the service hold has to be bounded.
   */
  private static final int MAXIMUM_TENANTS = 1_000;

  private final TenantLoader<String, String, Product> products;

  /**
   * Creates a catalogue.
   *
   * @param ticker the clock of the cache
   * @param registry where its meters go, tagged {@code group="products"}
   */
  public CoalescingCatalogue(
      ProductStore store, CacheSettings settings, Ticker ticker, MeterRegistry registry) {
    SingleflightLoader.Builder<Object, Object> builder =
        SingleflightLoader.newBuilder()
            .name("products")
            .ticker(ticker)
            .maximumSize(settings.maximumProducts())
            .maximumTenants(MAXIMUM_TENANTS)
            .expireTenantsAfterAccess(Duration.ofHours(1))
            .expireAfterWrite(settings.ttl())
            .cacheFailures(NoSuchProductException.class::isInstance, settings.missingTtl());
    settings.refreshAfter().ifPresent(builder::refreshAfterWrite);
    this.products = builder.buildPerTenant(store::find);
    SingleflightMetrics.monitor(registry, products, "products");
  }

  @Override
  public Product find(String tenant, String sku) {
    return products.get(tenant, sku);
  }

  @Override
  public void invalidate(String tenant, String sku) {
    products.invalidate(tenant, sku);
  }
}
