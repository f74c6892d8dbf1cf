package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.*;

class ShopKeys {
  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  private final Repository db;

  ShopKeys(Repository db) {
    this.db = db;
  }

  Config named(String shopId, String name) {
    // BUG: Diagnostic contains: tenant 'shopId'
    return group.execute(name, k -> db.config(shopId, k));
  }

  record Place(String realm, String city) {}

  Config component(Place place, String name) {
    // BUG: Diagnostic contains: tenant 'realm'
    return group.execute(place.city() + name, k -> db.config(place.realm(), name));
  }

  Config builtInStillCounts(String tenantId, String name) {
    // BUG: Diagnostic contains: tenant 'tenantId'
    return group.execute(name, k -> db.config(tenantId, k));
  }

  Config carried(String shopId, String name) {
    return group.execute(shopId + name, k -> db.config(shopId, name));
  }

  Config otherName(String shopName, String name) {
    return group.execute(shopName.length() + name, k -> db.config("shared", name));
  }
}
