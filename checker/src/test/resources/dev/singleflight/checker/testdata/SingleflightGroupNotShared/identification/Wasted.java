package test;

import dev.singleflight.SingleflightGroup;
import java.util.List;
import test.Domain.Config;
import test.Domain.Repository;
import test.Domain.User;

/** Objects that a call makes for itself, although others of their class are shared. */
class Wasted {
  private static final String REGION = "eu";

  private final Repository repository;
  private final Reader shared;
  private final Users users;

  Wasted(Repository repository) {
    this.repository = repository;
    this.shared = new Reader(repository, REGION);
    this.users = new Users(repository);
  }

  static class Reader {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Repository repository;
    private final String region;

    Reader(Repository repository, String region) {
      this.repository = repository;
      this.region = region;
    }

    User read(String id) {
      return group.execute(region + id, () -> repository.findUser(region, id));
    }

    User readTrimmed(String id) {
      return read(id.strip());
    }

    String describe() {
      return "reads from " + region;
    }
  }

  User shared(String id) {
    return shared.read(id);
  }

  User own(String id) {
    // BUG: Diagnostic contains: it belongs to a 'Reader', of which each call makes its own
    return new Reader(repository, REGION).read(id);
  }

  User ownInLocal(String id) {
    // BUG: Diagnostic contains: it belongs to a 'Reader', of which each call makes its own
    Reader reader = new Reader(this.repository, "us");
    return reader.readTrimmed(id);
  }

  /** What it reads from is the call's: there is no one object that all could share. */
  User ofAnother(Repository replica, String id) {
    return new Reader(replica, REGION).read(id);
  }

  String loadsNothing() {
    return new Reader(repository, REGION).describe();
  }

  Reader givenAway() {
    Reader reader = new Reader(repository, REGION);
    reader.read("first");
    return reader;
  }

  List<User> parallel(List<String> ids) {
    Reader reader = new Reader(repository, REGION);
    return ids.parallelStream().map(reader::read).toList();
  }

  abstract static class Loads<K, V> {
    protected final SingleflightGroup<K, V> group = SingleflightGroup.create();

    abstract V load(K key);

    V one(K key) {
      return group.execute(key, this::load);
    }
  }

  static class Users extends Loads<String, User> {
    private final Repository repository;

    Users(Repository repository) {
      this.repository = repository;
    }

    @Override
    User load(String id) {
      return repository.findUser(id);
    }

    User named(String first, String last) {
      return one(first + ' ' + last);
    }
  }

  /** Gives the inherited group away. */
  static class Open extends Loads<String, Config> {
    @Override
    Config load(String name) {
      return new Config(name);
    }

    SingleflightGroup<String, Config> group() {
      return group;
    }
  }

  User inherited(String id) {
    return users.one(id);
  }

  User ownInherited(String first, String last) {
    // BUG: Diagnostic contains: it belongs to a 'Users', of which each call makes its own
    return new Users(repository).named(first, last);
  }

  Config ownOpen(String name) {
    return new Open().one(name);
  }
}
