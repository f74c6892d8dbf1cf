package dev.singleflight.samples.tasks.task08;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.Stats;
import dev.singleflight.TenantLoader;
import java.time.Duration;

/** Documents of many tenants: each has a loader, a cache and a bound of its own. */
final class TenantDocuments {
  private final TenantLoader<String, String, String> documents;

  TenantDocuments(DocumentTable table) {
    this.documents =
        SingleflightLoader.newBuilder()
            .name("documents")
            .maximumSize(1_000) // for each tenant: none evicts another's
            .expireAfterWrite(Duration.ofMinutes(5))
            .maximumTenants(10_000)
            .expireTenantsAfterAccess(Duration.ofHours(1))
            .recordStatsPerTenant()
            .buildPerTenant(table::find);
  }

  String document(String tenant, String id) {
    return documents.get(tenant, id);
  }

  /** To be called after each write to the tenant's document. */
  void changed(String tenant, String id) {
    documents.invalidate(tenant, id);
  }

  Stats stats(String tenant) {
    return documents.forTenant(tenant).stats();
  }
}
