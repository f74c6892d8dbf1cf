package test;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import test.Domain.Config;
import test.Domain.Repository;

/** State whose setters see to it that nobody is given what was loaded before. */
class Invalidated {
  private final SingleflightGroup<String, Config> configs = SingleflightGroup.create();
  private final SingleflightLoader<String, Config> kept =
      SingleflightLoader.newBuilder().build((String name) -> read(name));
  private final Repository db;
  private volatile String region = "eu";
  private volatile String stage = "test";

  Invalidated(Repository db) {
    this.db = db;
  }

  private Config read(String name) {
    return db.config(region, name);
  }

  Config keptConfig(String name) {
    return kept.get(name);
  }

  void moveTo(String newRegion) {
    region = newRegion;
    kept.invalidateAll();
    configs.forgetAll();
  }

  Config inRegion(String name) {
    return configs.execute(name, () -> db.config(region, name));
  }

  void promote(String newStage) {
    stage = newStage;
  }

  Config inStage(String name) {
    // BUG: Diagnostic contains: reads 'this.stage'
    return configs.execute(name, () -> db.config(stage, name));
  }
}
