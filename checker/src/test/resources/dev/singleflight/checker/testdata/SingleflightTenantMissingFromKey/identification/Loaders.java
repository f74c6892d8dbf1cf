package test;

import dev.singleflight.SingleflightLoader;
import dev.singleflight.TenantLoader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import test.Domain.Config;
import test.Domain.Repository;

/** Loaders that are built once and serve the calls that come later. */
class Loaders {
  private static final ThreadLocal<String> CURRENT_TENANT = new ThreadLocal<>();

  private final Repository repository;
  private final ConcurrentMap<String, SingleflightLoader<String, Config>> byName =
      new ConcurrentHashMap<>();
  private final Map<String, SingleflightLoader<String, Config>> registry =
      new ConcurrentHashMap<>();
  private final TenantLoader<String, String, Config> tenants;
  private SingleflightLoader<String, Config> lazy;
  private volatile SingleflightLoader<String, Config> checkedTwice;

  Loaders(Repository repository) {
    this.repository = repository;
    this.tenants = SingleflightLoader.newBuilder().buildPerTenant(repository::config);
  }

  Config filledOnce(String tenant, String name) {
    if (lazy == null) {
      // BUG: Diagnostic contains: keeps the tenant 'tenant' (tenant) of the call that built it
      lazy = SingleflightLoader.newBuilder().build(k -> repository.config(tenant, k));
    }
    return lazy.get(name);
  }

  Config filledOnceByHelper(String tenant, String name) {
    SingleflightLoader<String, Config> configs = checkedTwice;
    if (configs == null) {
      synchronized (this) {
        configs = checkedTwice;
        if (configs == null) {
          // BUG: Diagnostic contains: keeps the tenant 'tenant'
          checkedTwice = configs = newLoader(tenant);
        }
      }
    }
    return configs.get(name);
  }

  private SingleflightLoader<String, Config> newLoader(String tenant) {
    return SingleflightLoader.newBuilder().build(k -> repository.config(tenant, k));
  }

  Config underAnotherKey(String tenant, String table, String name) {
    return byName
        .computeIfAbsent(
            table,
            t ->
                // BUG: Diagnostic contains: keeps the tenant 'tenant'
                SingleflightLoader.newBuilder().build(k -> repository.config(tenant, t + k)))
        .get(name);
  }

  Config putUnderAnotherKey(String tenant, String table, String name) {
    if (!registry.containsKey(table)) {
      registry.put(
          table,
          // BUG: Diagnostic contains: keeps the tenant 'tenant'
          SingleflightLoader.newBuilder().build(k -> repository.config(tenant, table + k)));
    }
    return registry.get(table).get(name);
  }

  private final SingleflightLoader<String, Config> ofCaller =
      // BUG: Diagnostic contains: uses the tenant
      SingleflightLoader.newBuilder().build(k -> config(k));

  private Config config(String name) {
    return repository.config(CURRENT_TENANT.get(), name);
  }

  Config ofCaller(String name) {
    return ofCaller.get(name);
  }

  // what follows tells tenants apart

  Config perTenant(String tenant, String name) {
    return tenants.get(tenant, name);
  }

  Config underTenant(String tenant, String name) {
    return byName
        .computeIfAbsent(
            tenant, t -> SingleflightLoader.newBuilder().build(k -> repository.config(t, k)))
        .get(name);
  }

  Config underCapturedTenant(String tenant, String name) {
    return byName
        .computeIfAbsent(
            tenant + "/configs",
            t -> SingleflightLoader.newBuilder().build(k -> repository.config(tenant, k)))
        .get(name);
  }

  SingleflightLoader<String, Config> forOneTenant(String tenant) {
    return SingleflightLoader.newBuilder().build(k -> repository.config(tenant, k));
  }

  /** Replaced whenever another tenant signs in. */
  void signIn(String tenant) {
    lazy = SingleflightLoader.newBuilder().build(k -> repository.config(tenant, k));
  }

  static class OfTenant {
    private final SingleflightLoader<String, Config> configs;

    OfTenant(Repository repository, String tenant) {
      this.configs = SingleflightLoader.newBuilder().build(k -> repository.config(tenant, k));
    }

    Config config(String name) {
      return configs.get(name);
    }
  }
}
