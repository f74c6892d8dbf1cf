package test;

import dev.singleflight.SingleflightGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import test.Domain.Repository;
import test.Domain.User;

/** One call for each of many: a collection's elements are told apart. */
class TenantLoops {
  record Ref(String tenant, String id) {}

  record Order(String id, String tenant) {}

  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final SingleflightGroup<String, List<User>> lists = SingleflightGroup.create();
  private final Repository db;

  TenantLoops(Repository db) {
    this.db = db;
  }

  void partsOfOneElement(List<Ref> refs) {
    for (Ref ref : refs) {
      // BUG: Diagnostic contains: uses the tenant 'tenant
      users.execute(ref.id(), () -> db.findUser(ref.tenant(), ref.id()));
    }
  }

  void idsOfTenants(Map<String, List<String>> idsByTenant) {
    idsByTenant.forEach(
        (tenant, ids) -> {
          for (String id : ids) {
            // BUG: Diagnostic contains: uses the tenant 'tenant
            users.execute(id, () -> db.findUser(tenant, id));
          }
        });
  }

  void entries(Map<String, List<String>> idsByTenant) {
    for (Map.Entry<String, List<String>> entry : idsByTenant.entrySet()) {
      String tenant = entry.getKey();
      for (String id : entry.getValue()) {
        // BUG: Diagnostic contains: uses the tenant 'tenant
        users.execute(id, () -> db.findUser(tenant, id));
      }
    }
  }

  void throughHelper(List<Ref> refs) {
    // BUG: Diagnostic contains: uses the tenant 'tenant
    refs.forEach(ref -> find(ref.id(), ref.tenant()));
  }

  private User find(String key, String owner) {
    return users.execute(key, k -> db.findUser(owner, k));
  }

  void wholeElement(List<Ref> refs) {
    for (Ref ref : refs) {
      users.execute(ref.tenant() + ":" + ref.id(), () -> db.findUser(ref.tenant(), ref.id()));
    }
  }

  void elementInWords(List<Ref> refs) {
    refs.forEach(ref -> users.execute(ref.toString(), () -> db.findUser(ref.tenant(), ref.id())));
  }

  void idsAreUnique(List<Order> orders) {
    for (Order order : orders) {
      users.execute(order.id(), () -> db.findUser(order.tenant(), order.id()));
    }
  }

  List<User> allAtOnce(List<Ref> refs) {
    StringBuilder key = new StringBuilder();
    for (Ref ref : refs) {
      key.append(ref.tenant()).append(':').append(ref.id()).append(',');
    }
    return lists.execute(key.toString(), () -> findAll(refs));
  }

  List<User> allAtOnceByStream(List<Ref> refs) {
    String key = refs.stream().map(r -> r.tenant() + r.id()).collect(Collectors.joining(","));
    return lists.execute(key, () -> findAll(refs));
  }

  private List<User> findAll(List<Ref> refs) {
    List<User> found = new ArrayList<>();
    for (Ref ref : refs) {
      found.add(db.findUser(ref.tenant(), ref.id()));
    }
    return found;
  }
}
