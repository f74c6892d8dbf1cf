package test;

import dev.singleflight.SingleflightGroup;
import java.util.Optional;
import test.Domain.Logger;
import test.Domain.Repository;
import test.Domain.User;

/** Keys that carry the tenant in one branch only. */
class TenantInOneBranch {
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final Repository db;
  private final Logger log;
  private final boolean perTenant;

  TenantInOneBranch(Repository db, Logger log, boolean perTenant) {
    this.db = db;
    this.log = log;
    this.perTenant = perTenant;
  }

  User loaderDoesNotGoAlong(String tenantId, String id, boolean strict) {
    String key = strict ? tenantId + ":" + id : id;
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User partOfTheKey(String tenantId, String id, boolean strict) {
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.execute((strict ? tenantId + ":" : "") + id, () -> db.findUser(tenantId, id));
  }

  User byStatements(String tenantId, String id, boolean strict) {
    String key;
    if (strict) {
      key = tenantId + ":" + id;
    } else {
      key = id;
    }
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User loaderGoesAlong(String tenantId, String id, boolean global) {
    String key = global ? id : tenantId + ":" + id;
    return users.execute(key, () -> global ? db.findUser(id) : db.findUser(tenantId, id));
  }

  User loaderChosenAlike(String tenantId, String id, boolean global) {
    String key = global ? id : tenantId + ":" + id;
    if (global) {
      return users.execute(key, () -> db.findUser(id));
    }
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User handedOn(String tenantId, String id, boolean global) {
    String key = global ? id : tenantId + ":" + id;
    return users.execute(key, () -> find(tenantId, id, global));
  }

  private User find(String tenantId, String id, boolean global) {
    return global ? db.findUser(id) : db.findUser(tenantId, id);
  }

  User noTenant(String tenantId, String id) {
    String key = tenantId == null ? id : tenantId + ":" + id;
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User theDefaultTenant(String tenantId, String id) {
    String key = "default".equals(tenantId) ? id : tenantId + ":" + id;
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User configured(String tenantId, String id) {
    String key = perTenant ? tenantId + ":" + id : id;
    return users.execute(key, () -> db.findUser(tenantId, id));
  }

  User optional(Optional<String> tenantId, String id) {
    String key = tenantId.map(t -> t + ":" + id).orElse(id);
    return users.execute(key, () -> db.findUser(tenantId.orElse("public"), id));
  }

  User inBoth(String tenantId, String id, boolean old) {
    String key = old ? tenantId + "/" + id : id + "@" + tenantId;
    return users.execute(key, () -> db.findUser(tenantId, id));
  }
}
