package test;

import test.Domain.*;

abstract class TenantBase {
  protected final Repository db;

  TenantBase(Repository db) {
    this.db = db;
  }

  protected Config loadFor(String owner, String name) {
    return db.config(owner, name);
  }

  protected String keyFor(String owner, String name) {
    return owner + ":" + name;
  }

  static Config fetch(Repository db, String owner, String name) {
    return db.config(owner, name);
  }
}

interface TenantDefaults {
  Repository repository();

  default Config defaultLoad(String owner, String name) {
    return repository().config(owner, name);
  }

  default String defaultKey(String owner, String name) {
    return String.join("/", owner, name);
  }
}
