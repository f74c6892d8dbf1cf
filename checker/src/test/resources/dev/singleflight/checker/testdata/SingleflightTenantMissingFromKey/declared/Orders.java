package test;

import java.util.List;
import org.springframework.cache.annotation.Cacheable;

class Orders {
  /** Bound to the thread. */
  static final class TenantContext {
    private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

    static String getTenantId() {
      return TENANT.get();
    }
  }

  interface Store {
    List<String> orders(String tenant, String status);
  }

  private final Store store;

  Orders(Store store) {
    this.store = store;
  }

  @Cacheable("orders")
  public List<String> orders(String status) {
    // BUG: Diagnostic contains: a tenant that its key (status) does not carry
    return store.orders(TenantContext.getTenantId(), status);
  }

  @Cacheable(value = "ofTenant", key = "#status")
  public List<String> ofTenant(String tenantId, String status) {
    // BUG: Diagnostic contains: reads 'tenantId'
    return store.orders(tenantId, status);
  }

  /** Nobody else has an order of that id. */
  @Cacheable(value = "byId", key = "#orderId")
  public List<String> byId(String tenantId, String orderId) {
    return store.orders(tenantId, orderId);
  }

  @Cacheable("carried")
  public List<String> carried(String tenantId, String status) {
    return store.orders(tenantId, status);
  }

  @Cacheable(value = "spelled", key = "#tenantId + '/' + #status")
  public List<String> spelled(String tenantId, String status) {
    return store.orders(tenantId, status);
  }

  @Cacheable(value = "seen", key = "T(test.Orders$TenantContext).getTenantId() + #status")
  public List<String> seen(String status) {
    return store.orders(TenantContext.getTenantId(), status);
  }
}
