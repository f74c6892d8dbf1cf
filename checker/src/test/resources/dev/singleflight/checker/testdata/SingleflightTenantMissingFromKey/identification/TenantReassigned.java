package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.Repository;
import test.Domain.User;

/** Keys that are made of what they were before, some of it under a condition. */
class TenantReassigned {
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final Repository db;

  TenantReassigned(Repository db) {
    this.db = db;
  }

  User prefixed(String tenantId, String id) {
    String key = tenantId + id;
    key = "v2:" + key;
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User grown(String tenantId, String id, boolean strict) {
    String key = tenantId;
    key += id;
    if (strict) {
      key += "?strict";
    }
    key = "v2:" + key;
    return users.execute(key, () -> db.findUser(tenantId, strict ? id : id + "*"));
  }

  User replaced(String tenantId, String id) {
    String key = tenantId + id;
    key = "v2:" + id;
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User grownSometimes(String tenantId, String id, boolean strict) {
    String key = id;
    if (strict) {
      key += tenantId;
    }
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User builtSometimes(String tenantId, String id, boolean strict) {
    StringBuilder key = new StringBuilder(id);
    if (strict) {
      key.append(tenantId);
    }
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.execute(key.toString(), () -> db.findUser(tenantId, id));
  }

  User builtWhereThereIsOne(String tenantId, String id) {
    StringBuilder key = new StringBuilder(id);
    if (tenantId != null) {
      key.append('@').append(tenantId);
    }
    return users.execute(key.toString(), () -> db.findUser(tenantId, id));
  }

  User inRounds(String tenantId, String[] ids) {
    String key = tenantId;
    for (String id : ids) {
      key = key + "/" + id;
    }
    String whole = key;
    return users.execute(whole, () -> db.findUser(tenantId, String.join("/", ids)));
  }
}
