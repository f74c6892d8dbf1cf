package test;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.ThrowingSupplier;
import java.util.Locale;
import test.Domain.*;

class PrefixInput {
  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  private final SingleflightGroup<Object, Config> any = SingleflightGroup.create();
  private final Repository db;

  PrefixInput(Repository db) {
    this.db = db;
  }

  Config keyNotUsed(String tenant, String name) {
    return group.execute(name, k -> db.config(tenant, name));
  }

  Config supplier(String tenant, String name) {
    return group.execute(name, () -> db.config(tenant, name));
  }

  Config keyUsed(String tenant, String name) {
    return group.execute(name, k -> db.config(tenant, k));
  }

  Config keyUsedTwice(String tenant, String name) {
    return group.execute(name, k -> k.isEmpty() ? null : db.config(tenant, k));
  }

  Config concatenated(long tenantId, String name) {
    return group.execute("config:" + name, k -> db.config(Long.toString(tenantId), name));
  }

  Config called(String tenant, String name) {
    return group.execute(name.trim(), () -> db.config(tenant, name));
  }

  Config literal(String tenant) {
    return group.execute("all", () -> db.config(tenant, "all"));
  }

  Config chosen(String tenant, String name, boolean wide) {
    return group.execute(wide ? "*" : name, () -> db.config(tenant, name));
  }

  Config throughLocal(Account account, String name) {
    String tenantId = account.tenantId();
    return group.execute(name, () -> db.config(tenantId, name));
  }

  record Account(String tenantId) {}

  // no fix from here on: it would change more than the key, or would not compile

  Config keyOfCallUsed(String tenant, String name) {
    return group.execute(name.trim(), k -> db.config(tenant, k));
  }

  Config keyIsNoString(String tenant, Locale locale) {
    return any.execute(locale, k -> db.config(tenant, locale.toString()));
  }

  Config noVariable(Account account, String name) {
    return group.execute(name, () -> db.config(account.tenantId(), name));
  }

  Config loaderElsewhere(String tenant, String name) {
    ThrowingSupplier<Config, RuntimeException> loader = () -> db.config(tenant, name);
    return group.execute(name, loader);
  }

  Config tenantOfLoader(Account account, String name) {
    return group.execute(
        name,
        () -> {
          String tenantId = account.tenantId();
          return db.config(tenantId, name);
        });
  }

  Config keyAssignedTwice(String tenant, String given) {
    String name = given;
    if (name == null) {
      name = "default";
    }
    return group.execute(name, k -> db.config(tenant, k));
  }
}
