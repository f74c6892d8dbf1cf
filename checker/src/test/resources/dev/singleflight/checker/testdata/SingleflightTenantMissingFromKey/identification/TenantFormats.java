package test;

import dev.singleflight.SingleflightGroup;
import java.text.MessageFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import test.Domain.Repository;
import test.Domain.User;

/**
 * Keys by a format, which need not use all that it is given; groups chosen by less than a tenant.
 */
class TenantFormats {
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final ConcurrentMap<String, SingleflightGroup<String, User>> groups =
      new ConcurrentHashMap<>();
  private final SingleflightGroup<Place, User> places = SingleflightGroup.create();
  private final Repository db;
  private final Counters counters;

  interface Counters {
    void increment(String name, String tag, String value);
  }

  TenantFormats(Repository db, Counters counters) {
    this.db = db;
    this.counters = counters;
  }

  User usesAll(String tenantId, String id) {
    String key = String.format("%2$s@%1$s", tenantId, id);
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User padded(String tenantId, int id) {
    String key = String.format("%-12s%05d%n", tenantId, id);
    return users.execute(key, () -> db.findUser(tenantId, "" + id));
  }

  User again(String tenantId, String id) {
    String key = "%s/%<s/%s".formatted(tenantId, id);
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User message(String tenantId, String id) {
    String key = MessageFormat.format("{1}@{0}", tenantId, id);
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User spread(String tenantId, String id) {
    Object[] parts = {tenantId, id};
    return users.execute(String.format("%s:%s", parts), () -> db.findUser(tenantId, id));
  }

  User patternOfAnother(String pattern, String tenantId, String id) {
    String key = String.format(pattern, tenantId, id);
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User leftOut(String tenantId, String id) {
    String key = String.format("%2$s", tenantId, id);
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User tooFew(String tenantId, String id) {
    String key = "user %s".formatted(id, tenantId);
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User messageLeavesOut(String tenantId, String id) {
    String key = MessageFormat.format("user {1}", tenantId, id);
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User groupOfTheRegion(String tenantId, String id) {
    SingleflightGroup<String, User> group =
        groups.computeIfAbsent(regionOf(tenantId), region -> SingleflightGroup.create());
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return group.execute(id, () -> db.findUser(tenantId, id));
  }

  User groupOfTheTenant(String tenantId, String id) {
    SingleflightGroup<String, User> group =
        groups.computeIfAbsent(regionOf(tenantId) + tenantId, region -> SingleflightGroup.create());
    return group.execute(id, () -> db.findUser(tenantId, id));
  }

  private static native String regionOf(String tenantId);

  /** What is built in steps keeps them all, one named after a class of tenants too. */
  record Place(String tenant, String region, String id) {
    static final class Builder {
      private String tenant;
      private String region;
      private String id;

      Builder tenant(String newTenant) {
        tenant = newTenant;
        return this;
      }

      Builder region(String newRegion) {
        region = newRegion;
        return this;
      }

      Builder id(String newId) {
        id = newId;
        return this;
      }

      Place build() {
        return new Place(tenant, region, id);
      }
    }
  }

  User built(String tenantId, String region, String id) {
    Place place = new Place.Builder().tenant(tenantId).id(id).region(region).build();
    return places.execute(place, () -> db.findUser(tenantId, region + id));
  }

  User onlyCounted(String tenantId, String id) {
    return users.execute(
        id,
        () -> {
          counters.increment("users", "tenant", tenantId);
          return db.findUser(id);
        });
  }

  User heldInALocal(String tenantId, String id) {
    Supplier<User> load = () -> db.findUser(tenantId, id);
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return TenantFormats.once(users, id, load);
  }

  User heldInALocalWithKey(String tenantId, String id) {
    Supplier<User> load = () -> db.findUser(tenantId, id);
    return TenantFormats.once(users, tenantId + id, load);
  }

  static User once(SingleflightGroup<String, User> group, String key, Supplier<User> load) {
    return group.execute(key, load::get);
  }
}
