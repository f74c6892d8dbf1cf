package test;

import dev.singleflight.Loader;
import dev.singleflight.SingleflightGroup;
import test.Domain.Config;
import test.Domain.Repository;

/** What a key was given is not always what it compares. */
final class LooseKeys {
  static final class Loose {
    private final String tenant;
    private final String name;

    Loose(String tenant, String name) {
      this.tenant = tenant;
      this.name = name;
    }

    String tenant() {
      return tenant;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Loose other && name.equals(other.name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  private final SingleflightGroup<Object, Config> group = SingleflightGroup.create();
  private final Repository db;

  LooseKeys(Repository db) {
    this.db = db;
  }

  Config loose(String tenant, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(new Loose(tenant, name), k -> db.config(tenant, name));
  }

  Config joined(String tenant, String name) {
    return group.execute(String.join("/", tenant, name), k -> db.config(tenant, name));
  }

  Config anonymous(String tenant, String name) {
    return group.execute(
        // BUG: Diagnostic contains: tenant 'tenant'
        name,
        new Loader<Object, Config, RuntimeException>() {
          private final String owner = tenant;

          @Override
          public Config load(Object key) {
            return db.config(owner, name);
          }
        });
  }

  Config anonymousCarried(String tenant, String name) {
    return group.execute(
        tenant + name,
        new Loader<Object, Config, RuntimeException>() {
          private final String owner;

          {
            owner = tenant;
          }

          @Override
          public Config load(Object key) {
            return db.config(owner, name);
          }
        });
  }
}
