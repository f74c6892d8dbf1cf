package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Caches and maps of others. */
public class Caches {
  private final Cache<String, Theme> themes = Caffeine.newBuilder().build();
  private final ConcurrentMap<String, Theme> drafts = new ConcurrentHashMap<>();
  private final ConcurrentMap<UUID, Theme> byId = new ConcurrentHashMap<>();
  private final Map<String, ConcurrentMap<String, Theme>> perTenant = new ConcurrentHashMap<>();
  private final Themes store;

  Caches(Themes store) {
    this.store = store;
  }

  public Theme theme(String tenantId, String name) {
    // BUG: Diagnostic contains: the tenant 'tenantId'
    return themes.get(name, n -> store.theme(tenantId, n));
  }

  public Theme current(String name) {
    // BUG: Diagnostic contains: the tenant
    return drafts.computeIfAbsent(name, n -> store.theme(TenantContext.getTenantId(), n));
  }

  public Theme prefixed(String tenantId, String name) {
    return themes.get(tenantId + ":" + name, k -> store.theme(tenantId, name));
  }

  public Theme chosen(String tenantId, String name) {
    return perTenant
        .computeIfAbsent(tenantId, t -> new ConcurrentHashMap<>())
        .computeIfAbsent(name, n -> store.theme(tenantId, n));
  }

  public Theme unique(String tenantId, UUID id) {
    return byId.computeIfAbsent(id, i -> store.byId(tenantId, i));
  }

  public Theme logged(String tenantId, String name) {
    return drafts.computeIfAbsent(
        "shared:" + name,
        n -> {
          System.out.println(tenantId + " asks for " + n);
          return store.shared(n);
        });
  }

  record Theme(String css) {}

  interface Themes {
    Theme theme(String tenantId, String name);

    Theme byId(String tenantId, UUID id);

    Theme shared(String name);
  }

  static final class TenantContext {
    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    static String getTenantId() {
      return CURRENT.get();
    }
  }
}
