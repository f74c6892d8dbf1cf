package test;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.ThrowingSupplier;
import java.util.function.Supplier;
import test.Domain.Config;
import test.Domain.Repository;

/** Methods that others may call too, given the key and the loader. */
class OpenWrappers {
  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  protected final Repository db;

  OpenWrappers(Repository db) {
    this.db = db;
  }

  protected Config cached(String key, Supplier<Config> loader) {
    return group.execute(key, loader::get);
  }

  public <X extends Exception> Config checked(String key, ThrowingSupplier<Config, X> loader)
      throws X {
    return group.execute("checked/" + key, loader);
  }

  static <T> T in(SingleflightGroup<String, T> group, String key, Supplier<T> loader) {
    return group.execute(key, () -> loader.get());
  }

  /** Given a function, but not for a loader. */
  Config defaulted(String name, Supplier<Config> fallback) {
    Config found = group.execute(name, k -> db.config("shared", k));
    return found != null ? found : fallback.get();
  }

  static class Adopter extends OpenWrappers {
    private final SingleflightGroup<String, Config> own = SingleflightGroup.create();
    private String tenantId = "none";

    Adopter(Repository db) {
      super(db);
    }

    Config supplied(String tenant, String name) {
      // BUG: Diagnostic contains: tenant 'tenant'
      return cached(name, () -> db.config(tenant, name));
    }

    Config thrown(String tenant, String name) {
      // BUG: Diagnostic contains: tenant 'tenant'
      return checked(name, () -> db.config(tenant, name));
    }

    Config passed(String tenant, String name) {
      // BUG: Diagnostic contains: tenant 'tenant'
      return in(own, name, () -> db.config(tenant, name));
    }

    Config carried(String tenant, String name) {
      return cached(tenant + "/" + name, () -> db.config(tenant, name));
    }

    Config carriedToo(String tenant, String name) {
      return in(own, String.join("/", tenant, name), () -> db.config(tenant, name));
    }

    Config fallsBack(String tenant, String name) {
      return defaulted(name, () -> db.config(tenant, name));
    }

    void switchTo(String tenant) {
      this.tenantId = tenant;
    }

    Config ofCurrent(String name) {
      // BUG: Diagnostic contains: tenant 'tenantId'
      return own.execute(name, k -> db.config(tenantId, k));
    }
  }

  /** Set once, when the object is set up. */
  static class Configured {
    private final SingleflightGroup<String, Config> own = SingleflightGroup.create();
    private final Repository db;
    private String tenantId = "none";

    Configured(Repository db) {
      this.db = db;
    }

    public void setTenantId(String tenantId) {
      this.tenantId = tenantId;
    }

    Config ofConfigured(String name) {
      return own.execute(name, k -> db.config(tenantId, k));
    }
  }
}
