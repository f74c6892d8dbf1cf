package test;

import dev.singleflight.SingleflightGroup;
import test.Domain.*;

class PrefixInput {
  private final SingleflightGroup<String, Config> group = SingleflightGroup.create();
  private final SingleflightGroup<Long, Config> byNumber = SingleflightGroup.create();
  private final Repository db;

  PrefixInput(Repository db) {
    this.db = db;
  }

  Config supplied(String name, String language) {
    return group.execute(name, () -> db.config(language, name));
  }

  Config named(String name, String language) {
    return group.execute(name, key -> db.config(language, key));
  }

  Config flagged(String name, boolean expand) {
    return group.execute(name, () -> db.config(expand ? "all" : "own", name));
  }

  Config ofANumber(long number, String language) {
    return byNumber.execute(number, k -> db.config(language, "n" + k));
  }

  Config inPart(String name) {
    return group.execute(name.toLowerCase(), () -> db.config("shared", name));
  }
}
