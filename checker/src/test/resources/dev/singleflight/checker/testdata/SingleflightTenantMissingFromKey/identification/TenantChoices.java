package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.Repository;
import test.Domain.User;

/** Constants, chosen by the tenant. */
class TenantChoices {
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final Repository db;

  TenantChoices(Repository db) {
    this.db = db;
  }

  User bySchema(String tenantId, String id) {
    String schema = tenantId.equals("acme") ? "acme_schema" : "shared";
    // BUG: Diagnostic contains: uses the tenant 'tenantId'
    return users.execute(id, () -> db.findUser(schema, id));
  }

  User bySchemaInTheKey(String tenantId, String id) {
    String schema = tenantId.equals("acme") ? "acme_schema" : "shared";
    return users.execute(schema + id, () -> db.findUser(schema, id));
  }

  User byDefault(String tenantId, String id) {
    String schema = tenantId == null || tenantId.isBlank() ? "shared" : tenantId;
    return users.execute(schema + id, () -> db.findUser(schema, id));
  }
}
