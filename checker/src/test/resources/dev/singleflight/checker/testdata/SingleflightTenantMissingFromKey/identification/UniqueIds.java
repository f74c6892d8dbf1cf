package test;

import dev.singleflight.SingleflightGroup;
import java.util.UUID;
import test.Domain.Config;
import test.Domain.Repository;

/** An id that is unique among all tenants says whose it is. */
final class UniqueIds {
  private final SingleflightGroup<UUID, Config> byId = SingleflightGroup.create();
  private final SingleflightGroup<String, Config> byName = SingleflightGroup.create();
  private final SingleflightGroup<Long, Config> byNumber = SingleflightGroup.create();
  private final Repository db;

  UniqueIds(Repository db) {
    this.db = db;
  }

  Config unique(String tenant, UUID document) {
    return byId.execute(document, id -> db.config(tenant, id.toString()));
  }

  Config numbered(String tenant, long number) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return byNumber.execute(number, n -> db.config(tenant, "n" + n));
  }

  Config named(String tenant, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return byName.execute(name, n -> db.config(tenant, n));
  }
}
