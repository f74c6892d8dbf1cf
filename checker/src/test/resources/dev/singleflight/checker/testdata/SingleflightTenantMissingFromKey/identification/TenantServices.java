package test;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.ThrowingSupplier;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import test.Domain.*;

/** Services of several tenants, right and wrong side by side. */
class TenantServices {
  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  private final SingleflightGroup<Object, Config> any = SingleflightGroup.create();
  private final SingleflightGroup<Long, User> users = SingleflightGroup.create();
  private final ConcurrentMap<String, SingleflightGroup<String, Config>> perTenant =
      new ConcurrentHashMap<>();
  private final Map<Region, SingleflightGroup<String, Config>> perRegion =
      new EnumMap<>(Region.class);
  private final Repository db;
  private final Accounts accounts;

  TenantServices(Repository db, Accounts accounts) {
    this.db = db;
    this.accounts = accounts;
  }

  enum Region {
    EU,
    US
  }

  interface Accounts {
    Optional<Account> find(String id);

    Account get(String id);
  }

  static final class Account {
    private final String id;
    private final Tenant tenant;
    private final Region region;

    Account(String id, Tenant tenant, Region region) {
      this.id = id;
      this.tenant = tenant;
      this.region = region;
    }

    String id() {
      return id;
    }

    Tenant tenant() {
      return tenant;
    }

    Region region() {
      return region;
    }

    String scopedId() {
      return tenant.slug() + "/" + id;
    }
  }

  record Tenant(String slug, String plan) {}

  Config tenantOfObject(Account account, String name) {
    // BUG: Diagnostic contains: tenant
    return group.execute(name, k -> db.config(account.tenant().slug(), k));
  }

  Config tenantObject(Tenant tenant, String name) {
    // BUG: Diagnostic contains: tenant
    return group.execute(name, k -> db.config(tenant.slug(), k));
  }

  Config planIsNotTenant(Tenant tenant, String name) {
    // BUG: Diagnostic contains: tenant
    return group.execute(tenant.plan() + name, k -> db.config(tenant.slug(), name));
  }

  Config slugCarried(Tenant tenant, String name) {
    return group.execute(tenant.slug() + name, k -> db.config(tenant.slug(), name));
  }

  Config objectCarried(Tenant tenant, String name) {
    return any.execute(List.of(tenant, name), k -> db.config(tenant.slug(), name));
  }

  Config scopedIdCarried(Account account) {
    return group.execute(account.scopedId(), k -> db.config(account.tenant().slug(), account.id()));
  }

  Config accountId(Account account) {
    return group.execute(account.id(), k -> db.config(account.tenant().slug(), "main"));
  }

  Config groupOfRegion(Account account, String name) {
    return perRegion
        .computeIfAbsent(account.region(), r -> SingleflightGroup.create())
        // BUG: Diagnostic contains: tenant
        .execute(name, k -> db.config(account.tenant().slug(), k));
  }

  Config groupOfTenant(Account account, String name) {
    return perTenant
        .computeIfAbsent(account.tenant().slug(), t -> SingleflightGroup.create())
        .execute(name, k -> db.config(account.tenant().slug(), k));
  }

  Config groupOfTenantInLocal(Account account, String name) {
    String slug = account.tenant().slug();
    SingleflightGroup<String, Config> own =
        perTenant.computeIfAbsent(slug, t -> SingleflightGroup.create());
    return own.execute(name, k -> db.config(slug, k));
  }

  CompletableFuture<Config> asyncOfTenant(String tenantId, String name) {
    var own = perTenant.computeIfAbsent(tenantId, t -> SingleflightGroup.create());
    return own.executeAsync(name, k -> db.config(tenantId, k));
  }

  Config optionalAccount(String accountId, String name) {
    return accounts
        .find(accountId)
        // BUG: Diagnostic contains: tenant
        .map(account -> group.execute(name, k -> db.config(account.tenant().slug(), k)))
        .orElse(null);
  }

  Config optionalAccountCarried(String accountId, String name) {
    return accounts
        .find(accountId)
        .map(
            account ->
                group.execute(
                    account.tenant().slug() + name, k -> db.config(account.tenant().slug(), name)))
        .orElse(null);
  }

  User user(String tenantId, long userId) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return users.execute(userId, id -> db.findUser(tenantId, Long.toString(id)));
  }

  Map<String, Config> all(String tenantId, List<String> names) {
    return names.stream()
        .collect(
            Collectors.toMap(
                n -> n,
                // BUG: Diagnostic contains: tenant 'tenantId'
                n -> group.execute(n, k -> db.config(tenantId, k))));
  }

  Config retried(String tenantId, String name) {
    for (int attempt = 0; ; attempt++) {
      try {
        // BUG: Diagnostic contains: tenant 'tenantId'
        return group.execute(name, k -> db.config(tenantId, k));
      } catch (IllegalStateException e) {
        if (attempt == 3) {
          throw e;
        }
      }
    }
  }

  Config timeout(String tenantId, String name, Duration timeout) throws Exception {
    String key = Objects.requireNonNull(name, "name");
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(key, k -> db.config(tenantId, k), timeout);
  }

  Config requireNonNullCarried(String tenantId, String name) {
    String owner = Objects.requireNonNull(tenantId, "tenantId");
    return group.execute(owner + name, k -> db.config(tenantId, name));
  }

  Config requireNonNullElse(String tenantId, String name) {
    String owner = Objects.requireNonNullElse(tenantId, "public");
    return group.execute(owner + ":" + name, () -> db.config(owner, name));
  }

  Config escaped(String tenantId, String name) {
    return group.execute(escape(tenantId) + "|" + escape(name), () -> db.config(tenantId, name));
  }

  private static String escape(String part) {
    return part.replace("|", "||");
  }

  Config overload(String tenantId, String name) {
    return config(tenantId, name, "default");
  }

  private Config config(String tenantId, String name, String variant) {
    String key = String.join("/", tenantId, name, variant);
    return group.execute(key, () -> db.config(tenantId, name));
  }

  abstract static class Cached {
    private final SingleflightGroup<String, Config> group = SingleflightGroup.create();

    protected abstract Config fetch(String key);

    Config get(String key) {
      return group.execute(key, this::fetch);
    }
  }

  static final class TenantCached extends Cached {
    private final String tenantId;
    private final Repository db;

    TenantCached(String tenantId, Repository db) {
      this.tenantId = tenantId;
      this.db = db;
    }

    @Override
    protected Config fetch(String key) {
      return db.config(tenantId, key);
    }
  }

  static final class FixedLoader {
    private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
    private final ThrowingSupplier<Config, RuntimeException> loader;

    FixedLoader(Repository db, String tenantId) {
      this.loader = () -> db.config(tenantId, "main");
    }

    Config get() {
      return group.execute("main", loader);
    }
  }
}
