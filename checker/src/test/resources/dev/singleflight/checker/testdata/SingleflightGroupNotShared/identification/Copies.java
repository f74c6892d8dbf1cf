package test;

import dev.singleflight.SingleflightGroup;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import test.Domain.Config;
import test.Domain.Logger;
import test.Domain.Repository;
import test.Domain.User;

/** Objects that are copied. */
class Copies {
  private final Repository repository;
  private final SingleflightGroup<String, User> users;

  Copies(Repository repository, SingleflightGroup<String, User> users) {
    this.repository = repository;
    this.users = users;
  }

  Copies(Copies other) {
    this.repository = other.repository;
    // BUG: Diagnostic contains: each copy that 'Copies' makes has one of its own
    this.users = SingleflightGroup.create();
  }

  Copies copy() {
    // BUG: Diagnostic contains: each copy that 'copy' makes has one of its own
    return new Copies(repository, SingleflightGroup.create());
  }

  static Copies clone(Copies original) {
    // BUG: Diagnostic contains: each copy that 'clone' makes has one of its own
    return new Copies(original.repository, SingleflightGroup.create());
  }

  User find(String id) {
    return users.execute(id, repository::findUser);
  }

  Copies sharing() {
    return new Copies(repository, users);
  }

  Copies of(Repository other) {
    return new Copies(other, SingleflightGroup.create());
  }

  /** Makes its group where it is declared, so that each copy has its own. */
  static class Declared {
    private final SingleflightGroup<String, Config> configs = SingleflightGroup.create();
    private final Repository repository;
    private final Logger logger;
    private final String tenant;

    Declared(Repository repository, Logger logger, String tenant) {
      this.repository = repository;
      this.logger = logger;
      this.tenant = tenant;
    }

    Declared withLogger(Logger other) {
      // BUG: Diagnostic contains: each copy that 'withLogger' makes has one of its own
      return new Declared(repository, other, tenant);
    }

    /** Loads other things, which have a right to a group of their own. */
    Declared withTenant(String other) {
      return new Declared(repository, logger, other);
    }

    Config config(String name) {
      logger.info("config {}", name);
      return configs.execute(name, k -> repository.config(tenant, k));
    }
  }

  record Timed(Repository repository, Duration patience, SingleflightGroup<String, User> group) {
    static Timed of(Repository repository) {
      return new Timed(repository, Duration.ofSeconds(1), SingleflightGroup.create());
    }

    Timed withPatience(Duration other) {
      // BUG: Diagnostic contains: each copy that 'withPatience' makes has one of its own
      return new Timed(repository, other, SingleflightGroup.create());
    }

    Timed withRepository(Repository other) {
      return new Timed(other, patience, SingleflightGroup.create());
    }

    Timed withLessPatience() {
      return new Timed(repository, patience.dividedBy(2), group);
    }

    User find(String id) throws TimeoutException {
      return group.execute(id, repository::findUser, patience);
    }
  }
}
