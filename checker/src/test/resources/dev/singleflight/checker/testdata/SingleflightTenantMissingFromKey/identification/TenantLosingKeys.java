package test;

import dev.singleflight.SingleflightGroup;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import test.Domain.*;

/** Keys and groups that look as if they carried the tenant, and do not. */
class TenantLosingKeys {
  private static final SingleflightGroup<String, Config> SHARED = SingleflightGroup.create();
  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  private final SingleflightGroup<Object, Config> any = SingleflightGroup.create();
  private final Map<String, SingleflightGroup<String, Config>> byRegion = new ConcurrentHashMap<>();
  private final Repository db;
  private final String tenantId;

  TenantLosingKeys(Repository db, String tenantId) {
    this.db = db;
    this.tenantId = tenantId;
  }

  record Key(String kind, String name) {}

  Config recordWithout(String tenant, String kind, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return any.execute(new Key(kind, name), k -> db.config(tenant, name));
  }

  Config listWithout(String tenant, String kind, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return any.execute(List.of(kind, name), k -> db.config(tenant, name));
  }

  Config formattedWithout(String tenant, String kind, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(String.format("%s:%s", kind, name), () -> db.config(tenant, name));
  }

  private static String keyOf(String tenant, String name) {
    return "config:" + name;
  }

  Config helperThatDropsIt(String tenant, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(keyOf(tenant, name), () -> db.config(tenant, name));
  }

  record LossyKey(String name) {
    static LossyKey of(String tenant, String name) {
      return new LossyKey(name);
    }
  }

  Config factoryThatDropsIt(String tenant, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return any.execute(LossyKey.of(tenant, name), k -> db.config(tenant, name));
  }

  Config onlyItsLength(String tenant, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(tenant.length() + ":" + name, () -> db.config(tenant, name));
  }

  Config onlyWhetherItIsThere(String tenant, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute((tenant == null) + ":" + name, () -> db.config(tenant, name));
  }

  Config onlyWhich(String tenant, String name) {
    String prefix = tenant.equals("acme") ? "big" : "small";
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(prefix + name, () -> db.config(tenant, name));
  }

  Config ofAnotherTenant(String tenantId, String parentTenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(parentTenantId + name, () -> db.config(tenantId, name));
  }

  Config anotherField(Account account, String name) {
    // BUG: Diagnostic contains: tenant
    return group.execute(account.region() + name, () -> db.config(account.tenantId(), name));
  }

  record Account(String tenantId, String region) {}

  Config constant(String tenant) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute("settings", () -> db.config(tenant, "settings"));
  }

  enum Setting {
    THEME,
    LOGO
  }

  Config enumKey(String tenant, Setting setting) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return any.execute(setting, k -> db.config(tenant, setting.name()));
  }

  Config classKey(String tenant) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return any.execute(Config.class, k -> db.config(tenant, "main"));
  }

  Config oneBranchOnly(String tenant, String name, boolean global) {
    String key = name;
    if (global) {
      key = "global:" + name;
    }
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(key, () -> db.config(tenant, name));
  }

  Config groupOfRegion(String tenant, String region, String name) {
    return byRegion
        .computeIfAbsent(region, r -> SingleflightGroup.create())
        // BUG: Diagnostic contains: tenant 'tenant'
        .execute(name, () -> db.config(tenant, name));
  }

  Config sharedByAllObjects(String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return SHARED.execute(name, () -> db.config(tenantId, name));
  }

  Config sharedGroup(String tenant, String name) {
    // BUG: Diagnostic contains: tenant 'tenant'
    return SHARED.execute(name, () -> db.config(tenant, name));
  }

  Config checkedBefore(String tenant, String name) {
    Objects.requireNonNull(tenant);
    if (tenant.isEmpty()) {
      throw new IllegalArgumentException("no tenant");
    }
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(name, () -> db.config(tenant, name));
  }

  Config keyBuiltForSomethingElse(String tenant, String name) {
    String cacheKey = tenant + ":" + name;
    Config cached = lookup(cacheKey);
    // BUG: Diagnostic contains: tenant 'tenant'
    return cached != null ? cached : group.execute(name, () -> db.config(tenant, name));
  }

  private Config lookup(String key) {
    return null;
  }

  Config overwritten(String tenant, String name) {
    String key = tenant + ":" + name;
    key = name;
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(key, () -> db.config(tenant, name));
  }
}
