package test;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.annotations.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import test.Domain.*;

/** Where tenants come from. */
class TenantOrigins {
  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  private final Repository db;

  TenantOrigins(Repository db) {
    this.db = db;
  }

  Config uuid(UUID tenantUuid, String name) {
    // BUG: Diagnostic contains: tenant 'tenantUuid'
    return group.execute(name, k -> db.config(tenantUuid.toString(), k));
  }

  Config number(long tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> db.config(Long.toString(tenantId), k));
  }

  Config organisation(String orgId, String name) {
    // BUG: Diagnostic contains: tenant 'orgId'
    return group.execute(name, k -> db.config(orgId, k));
  }

  Config workspace(String workspaceId, String name) {
    // BUG: Diagnostic contains: tenant 'workspaceId'
    return group.execute(name, k -> db.config(workspaceId, k));
  }

  Config prefixedName(String currentTenantId, String name) {
    // BUG: Diagnostic contains: tenant 'currentTenantId'
    return group.execute(name, k -> db.config(currentTenantId, k));
  }

  Config annotated(@Tenant String shop, String name) {
    // BUG: Diagnostic contains: tenant 'shop'
    return group.execute(name, k -> db.config(shop, k));
  }

  @interface Tenants {}

  static final class Own {
    @interface Tenant {}
  }

  Config annotatedByOwn(@Own.Tenant String site, String name) {
    // BUG: Diagnostic contains: tenant 'site'
    return group.execute(name, k -> db.config(site, k));
  }

  record TenantId(String value) {}

  Config typed(TenantId id, String name) {
    // BUG: Diagnostic contains: tenant 'id'
    return group.execute(name, k -> db.config(id.value(), k));
  }

  @Tenant
  record Realm(String slug) {}

  Config typeAnnotated(Realm realm, String name) {
    // BUG: Diagnostic contains: tenant 'realm'
    return group.execute(name, k -> db.config(realm.slug(), k));
  }

  static class Account {
    private final String tenantId;
    private final String region;

    Account(String tenantId, String region) {
      this.tenantId = tenantId;
      this.region = region;
    }

    String getTenantId() {
      return tenantId;
    }

    String getRegion() {
      return region;
    }

    @Tenant
    String owner() {
      return tenantId;
    }
  }

  Config getter(Account account, String name) {
    // BUG: Diagnostic contains: tenant
    return group.execute(name, k -> db.config(account.getTenantId(), k));
  }

  Config getterIntoLocal(Account account, String name) {
    String t = account.getTenantId();
    // BUG: Diagnostic contains: tenant
    return group.execute(account.getRegion() + name, k -> db.config(t, name));
  }

  Config annotatedMethod(Account account, String name) {
    // BUG: Diagnostic contains: tenant
    return group.execute(name, k -> db.config(account.owner(), k));
  }

  interface Claims {
    String getClaim(String name);

    Map<String, String> asMap();
  }

  Config claim(Claims claims, String name) {
    // BUG: Diagnostic contains: tenant
    return group.execute(name, k -> db.config(claims.getClaim("tenant_id"), k));
  }

  Config fromMap(Map<String, String> headers, String name) {
    String tenant = headers.get("x-tenant-id");
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(name, () -> db.config(tenant, name));
  }

  Config fromMapInline(Map<String, String> headers, String name) {
    // BUG: Diagnostic contains: tenant
    return group.execute(name, () -> db.config(headers.get("X-Tenant-Id"), name));
  }

  Config optional(Optional<String> tenant, String name) {
    String id = tenant.orElse("public");
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(name, () -> db.config(id, name));
  }

  Config optionalChain(Optional<Account> account, String name) {
    String id = account.map(Account::getTenantId).map(String::trim).orElseThrow();
    // BUG: Diagnostic contains: tenant
    return group.execute(name, () -> db.config(id, name));
  }

  Config optionalLambda(Optional<Account> account, String name) {
    String id = account.map(a -> a.getTenantId()).orElse("none");
    // BUG: Diagnostic contains: tenant
    return group.execute(name, () -> db.config(id, name));
  }

  Config ternary(String tenantId, String name, boolean global) {
    String scope = global ? "global" : tenantId;
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, () -> db.config(scope, name));
  }

  Config reassigned(String header, String name) {
    String tenant = "public";
    if (header != null) {
      tenant = header;
    }
    String effective = tenant;
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(name, () -> db.config(effective, name));
  }

  Config switched(String tenantId, String name, int level) {
    String scope =
        switch (level) {
          case 0 -> "global";
          case 1 -> {
            String lower = tenantId.toLowerCase();
            yield lower;
          }
          default -> tenantId;
        };
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, () -> db.config(scope, name));
  }

  List<Config> each(List<String> tenantIds, String name) {
    return tenantIds.stream()
        // BUG: Diagnostic contains: tenant
        .map(tenantId -> group.execute(name, () -> db.config(tenantId, name)))
        .toList();
  }

  void loop(List<Account> accounts, String name) {
    for (Account account : accounts) {
      // BUG: Diagnostic contains: tenant
      group.execute(name, () -> db.config(account.getTenantId(), name));
    }
  }

  Config builtScope(String tenant, String name) {
    String scope = "tenant/" + tenant;
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(name, () -> db.config(scope, name));
  }

  Config fromPath(String path) {
    String[] parts = path.split("/");
    String tenant = parts[1];
    String name = parts[2];
    // BUG: Diagnostic contains: tenant 'tenant'
    return group.execute(name, () -> db.config(tenant, name));
  }

  record Envelope(Meta meta, String body) {}

  record Meta(String tenantId, String trace) {}

  Config nestedRecord(Envelope envelope) {
    // BUG: Diagnostic contains: tenant
    return group.execute(envelope.body(), k -> db.config(envelope.meta().tenantId(), k));
  }

  Config patternMatched(Object command, String name) {
    if (command instanceof Meta meta) {
      // BUG: Diagnostic contains: tenant
      return group.execute(name, k -> db.config(meta.tenantId(), k));
    }
    return new Config("");
  }

  static final class Contexts {
    static final ThreadLocal<String> TENANT = new ThreadLocal<>();
  }

  Config threadLocal(String name) {
    // BUG: Diagnostic contains: TENANT
    return group.execute(name, k -> db.config(Contexts.TENANT.get(), k));
  }

  private String tenantOfCaller() {
    return TenantContext.get();
  }

  Config holderInHelper(String name) {
    // BUG: Diagnostic contains: tenant
    return group.execute(name, k -> db.config(tenantOfCaller(), k));
  }

  Config holderBefore(String name) {
    String tenantId = TenantContext.get();
    // BUG: Diagnostic contains: tenant
    return group.execute(name, k -> db.config(tenantId, k));
  }

  interface TenantResolver {
    String resolveTenantId();

    String currentTenant();
  }

  static class Resolving {
    private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
    private final TenantResolver resolver;
    private final Repository db;

    Resolving(TenantResolver resolver, Repository db) {
      this.resolver = resolver;
      this.db = db;
    }

    Config inside(String name) {
      // BUG: Diagnostic contains: tenant
      return group.execute(name, k -> db.config(resolver.resolveTenantId(), k));
    }

    Config before(String name) {
      String current = resolver.currentTenant();
      // BUG: Diagnostic contains: tenant
      return group.execute(name, k -> db.config(current, k));
    }
  }
}
