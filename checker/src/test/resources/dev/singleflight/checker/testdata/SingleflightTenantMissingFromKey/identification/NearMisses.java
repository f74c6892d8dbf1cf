package test;

import dev.singleflight.SingleflightGroup;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import test.Domain.*;

class NearMisses {
  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  private final SingleflightGroup<Object, Config> any = SingleflightGroup.create();
  private final Map<String, SingleflightGroup<String, Config>> groups = new ConcurrentHashMap<>();
  private final Repository db;
  private final Logger log;
  private final String ownTenant;

  NearMisses(Repository db, Logger log, String tenant) {
    this.db = db;
    this.log = log;
    this.ownTenant = tenant;
  }

  Config concatenated(String tenant, String name) {
    return group.execute(tenant + ":" + name, k -> db.config(tenant, name));
  }

  Config formatted(String tenant, String name) {
    return group.execute(String.format("%s/%s", tenant, name), k -> db.config(tenant, name));
  }

  Config formattedInstance(String tenant, String name) {
    return group.execute("%s/%s".formatted(tenant, name), k -> db.config(tenant, name));
  }

  Config joined(String tenant, String name) {
    String key = String.join(":", tenant, name);
    return group.execute(key, k -> db.config(tenant, name));
  }

  Config built(String tenant, String name) {
    StringBuilder key = new StringBuilder();
    key.append(tenant).append(':');
    key.append(name);
    return group.execute(key.toString(), k -> db.config(tenant, name));
  }

  record Key(String owner, String name) {
    static Key of(String owner, String name) {
      return new Key(owner, name);
    }
  }

  Config inRecord(String tenant, String name) {
    return any.execute(new Key(tenant, name), k -> db.config(tenant, name));
  }

  Config factory(String tenant, String name) {
    Key key = Key.of(tenant, name);
    return any.execute(key, k -> db.config(key.owner(), key.name()));
  }

  Config list(String tenant, String name) {
    return any.execute(List.of(tenant, name), k -> db.config(tenant, name));
  }

  Config entry(String tenant, String name) {
    return any.execute(Map.entry(tenant, name), k -> db.config(tenant, name));
  }

  private static String key(String a, String b) {
    return a + '|' + b;
  }

  Config helper(String tenant, String name) {
    return group.execute(key(tenant, name), k -> db.config(tenant, name));
  }

  Config elsewhere(String tenant, String name) {
    return group.execute(Keys.of(tenant, name), k -> db.config(tenant, name));
  }

  Config groupOfTenant(String tenant, String name) {
    return groups
        .computeIfAbsent(tenant, t -> SingleflightGroup.create())
        .execute(name, k -> db.config(tenant, k));
  }

  private SingleflightGroup<String, Config> groupFor(String tenant) {
    return groups.computeIfAbsent(tenant, t -> SingleflightGroup.create());
  }

  Config groupFromHelper(String tenant, String name) {
    return groupFor(tenant).execute(name, k -> db.config(tenant, k));
  }

  Config ofThisObject(String name) {
    return group.execute(name, k -> db.config(ownTenant, k));
  }

  Config onlyLogged(String tenant, String id) {
    return group.execute(
        id,
        k -> {
          log.info("loading {} for {}", k, tenant);
          return db.config("shared", k);
        });
  }

  Config onlyInException(String tenant, String id) {
    return group.execute(
        id,
        k -> {
          Config c = db.config("shared", k);
          if (c == null) throw new IllegalStateException("none for " + tenant);
          return c;
        });
  }

  Config ignoredByHelper(String tenant, String id) {
    return group.execute(id, k -> shared(tenant, k));
  }

  private Config shared(String unused, String id) {
    return db.config("shared", id);
  }

  Config derivedFromKey(String key) {
    String tenant = key.substring(0, key.indexOf(':'));
    return group.execute(key, k -> db.config(tenant, k));
  }

  Config keyOfWhole(Key tenantKey) {
    return any.execute(tenantKey, k -> db.config(tenantKey.owner(), tenantKey.name()));
  }

  Config threadBound(String name) {
    return group.execute(
        TenantContext.get() + ":" + name, k -> db.config(TenantContext.get(), name));
  }

  Config localGroup(String tenant, List<String> names) {
    SingleflightGroup<String, Config> own = SingleflightGroup.create();
    return own.execute(names.get(0), k -> db.config(tenant, k));
  }

  Config passThrough(
      String key, dev.singleflight.ThrowingSupplier<Config, RuntimeException> loader) {
    return group.execute(key, loader);
  }

  Config branches(String tenant, String name, boolean wide) {
    String key;
    if (wide) {
      key = tenant + "/" + name;
    } else {
      key = tenant + "#" + name;
    }
    return group.execute(key, k -> db.config(tenant, name));
  }
}
