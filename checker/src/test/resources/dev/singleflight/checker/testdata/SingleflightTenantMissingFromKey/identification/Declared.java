package test;

import dev.singleflight.annotations.Coalescing;
import dev.singleflight.annotations.Key;
import test.Domain.Config;
import test.Domain.Repository;

/** Methods that an annotation coalesces, the parameters being the key and the body the loader. */
class Declared {
  private final Repository db;

  Declared(Repository db) {
    this.db = db;
  }

  @Coalescing
  // BUG: Diagnostic contains: the key 'name' does not carry it
  Config ofName(String tenant, @Key String name) {
    return db.config(tenant, name);
  }

  @Coalescing
  Config ofAll(String tenant, String name) {
    return db.config(tenant, name);
  }

  @Coalescing
  Config ofBoth(@Key String tenant, @Key String name) {
    return db.config(tenant, name);
  }
}
