package test;

import dev.singleflight.SharedResult;
import dev.singleflight.SingleflightGroup;
import java.util.concurrent.CompletableFuture;
import test.Domain.*;

class Positives {
  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  private final Repository db;

  Positives(Repository db) {
    this.db = db;
  }

  Config lambda(String tenant, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(name, k -> db.config(tenant, k));
  }

  Config supplier(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, () -> db.config(tenantId, name));
  }

  CompletableFuture<Config> async(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.executeAsync(name, () -> db.config(tenantId, name));
  }

  SharedResult<Config> shared(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.executeShared(name, () -> db.config(tenantId, name));
  }

  Config helper(String tenant, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute("config:" + name, k -> load(tenant, name));
  }

  private Config load(String owner, String name) {
    return db.config(owner, name);
  }

  Config local(Call call, String name) {
    String tenant = call.header("X-Tenant");
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(name, k -> db.config(tenant, k));
  }

  interface Call {
    String header(String name);
  }

  record Query(String tenant, String name) {}

  Config record(Query query) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(query.name(), k -> db.config(query.tenant(), k));
  }

  Config anonymous(String tenant, String name) {
    return group.execute(
        // BUG: Diagnostic contains: tenant 'tenant'
        name,
        new dev.singleflight.Loader<String, Config, RuntimeException>() {
          @Override
          public Config load(String key) {
            return db.config(tenant, key);
          }
        });
  }

  Config named(String tenant, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(name, new ConfigLoader(db, tenant));
  }

  static final class ConfigLoader
      implements dev.singleflight.Loader<String, Config, RuntimeException> {
    private final Repository db;
    private final String scope;

    ConfigLoader(Repository db, String scope) {
      this.db = db;
      this.scope = scope;
    }

    @Override
    public Config load(String key) {
      return db.config(scope, key);
    }
  }

  Config holder(String name) {
    // BUG: Diagnostic contains: TenantContext
    return group.execute(name, k -> db.config(TenantContext.get(), k));
  }

  Config heldInVariable(String tenant, String name) {
    dev.singleflight.ThrowingSupplier<Config, RuntimeException> loader =
        () -> db.config(tenant, name);
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(name, loader);
  }
}
