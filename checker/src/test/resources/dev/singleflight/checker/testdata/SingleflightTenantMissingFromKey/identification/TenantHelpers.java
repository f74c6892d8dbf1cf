package test;

import dev.singleflight.Loader;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.ThrowingSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import test.Domain.*;

/** Private helpers that are given the key and the loader. */
class TenantHelpers {
  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  private final Repository db;
  private final Logger log;

  TenantHelpers(Repository db, Logger log) {
    this.db = db;
    this.log = log;
  }

  private Config coalesced(String key, ThrowingSupplier<Config, RuntimeException> loader) {
    return group.execute(key, loader);
  }

  Config supplier(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return coalesced(name, () -> db.config(tenantId, name));
  }

  Config supplierCarried(String tenantId, String name) {
    return coalesced(tenantId + ":" + name, () -> db.config(tenantId, name));
  }

  private Config logged(String kind, String name, Supplier<Config> loader) {
    String key = kind + ":" + name;
    return group.execute(
        key,
        () -> {
          log.info("loading {}", key);
          return loader.get();
        });
  }

  Config wrapped(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return logged("config", name, () -> db.config(tenantId, name));
  }

  Config wrappedCarried(String tenantId, String name) {
    return logged(tenantId, name, () -> db.config(tenantId, name));
  }

  private Config byFunction(String key, Function<String, Config> loader) {
    return group.execute(key, k -> loader.apply(k));
  }

  Config function(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return byFunction(name, n -> db.config(tenantId, n));
  }

  Config functionOfKey(String tenantId, String name) {
    return byFunction(tenantId + "/" + name, n -> db.config(n, name));
  }

  private Config load(String key, Loader<String, Config, RuntimeException> loader) {
    return group.execute("v1:" + key, loader);
  }

  Config loader(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return load(name, k -> db.config(tenantId, name));
  }

  private Config inHelper(String tenantId, String key) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(key, k -> db.config(tenantId, k));
  }

  Config callsHelper(String tenantId, String name) {
    return inHelper(tenantId, name);
  }

  private Config keyed(String key, String owner, String name) {
    return group.execute(key, k -> db.config(owner, name));
  }

  Config keyedCarried(String tenantId, String name) {
    return keyed(tenantId + name, tenantId, name);
  }

  Config keyedMissing(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return keyed(name, tenantId, name);
  }

  private Config scoped(String tenantId, String key, String name) {
    return group.execute(key, k -> db.config(tenantId, name));
  }

  Config scopedCarried(String tenantId, String name) {
    return scoped(tenantId, tenantId + "/" + name, name);
  }
}
