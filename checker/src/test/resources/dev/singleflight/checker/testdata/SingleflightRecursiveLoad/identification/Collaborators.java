package test;

import dev.singleflight.SingleflightGroup;
import java.util.concurrent.CompletableFuture;
import test.Domain.*;

/** Loaders that come back to their group through other classes. */
class Collaborators {
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final SingleflightGroup<String, User> others = SingleflightGroup.create();
  private final UserFetcher fetcher = new UserFetcher(users);
  private final UserSource source = new UserSource(this);
  private final Aliased aliased;
  private final Repository db;

  Collaborators(Repository db) {
    this.db = db;
    this.aliased = new Aliased(users, db);
  }

  SingleflightGroup<String, User> group() {
    return users;
  }

  User groupPassedToConstructor(String id) {
    // BUG: Diagnostic contains: fetch(…) → execute
    return users.execute(id, k -> fetcher.fetch(k, db));
  }

  User aliasAssignedInConstructor(String id) {
    // BUG: Diagnostic contains: load(…)
    return users.execute(id, k -> aliased.load(k));
  }

  User groupAsArgument(String id) {
    // BUG: Diagnostic contains: fetchFrom(…) → execute
    return users.execute(id, k -> UserFetcher.fetchFrom(users, k, db));
  }

  User newHelper(String id) {
    // BUG: Diagnostic contains: fetch(…) → execute
    return users.execute(id, k -> new UserFetcher(users).fetch(k, db));
  }

  User staticGroup(String id) {
    // BUG: Diagnostic contains: shared(…) → execute
    return UserFetcher.SHARED.execute(id, k -> UserFetcher.shared(k, db));
  }

  User staticGroupDirectly(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return UserFetcher.SHARED.execute(id, k -> UserFetcher.SHARED.execute(k, db::findUser));
  }

  User backThroughSource(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return users.execute(id, k -> source.find(k));
  }

  User async(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return users.execute(id, k -> fetcher.fetchAsync(k, db).join());
  }

  private static final class Aliased {
    private final SingleflightGroup<String, User> group;
    private final Repository db;

    Aliased(SingleflightGroup<String, User> group, Repository db) {
      this.group = group;
      this.db = db;
    }

    User load(String id) {
      return group.execute(id, db::findUser);
    }
  }

  /** An interface with one implementation. */
  interface Finder {
    User find(String id);
  }

  static final class CoalescingFinder implements Finder {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Repository db;
    private final Finder self;

    CoalescingFinder(Repository db) {
      this.db = db;
      this.self = this;
    }

    @Override
    public User find(String id) {
      // BUG: Diagnostic contains: find(…)
      return group.execute(id, k -> self.find(k));
    }
  }

  abstract static class Template {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();

    User get(String id) {
      // BUG: Diagnostic contains: load(…) → get(…) → execute
      return group.execute(id, k -> load(k));
    }

    abstract User load(String id);
  }

  static final class Recursing extends Template {
    @Override
    User load(String id) {
      return get(id);
    }
  }

  static class Base {
    protected final SingleflightGroup<String, User> group = SingleflightGroup.create();

    protected User cached(String id, Repository db) {
      return group.execute(id, db::findUser);
    }
  }

  static final class Derived extends Base {
    User find(String id, Repository db) {
      // BUG: Diagnostic contains: cached(…) → execute
      return group.execute(id, k -> cached(k, db));
    }

    User superFind(String id, Repository db) {
      // BUG: Diagnostic contains: cached(…) → execute
      return group.execute(id, k -> super.cached(k, db));
    }
  }

  class Inner {
    User find(String id) {
      // BUG: Diagnostic contains: groupPassedToConstructor(…)
      return users.execute(id, k -> groupPassedToConstructor(k));
    }
  }

  CompletableFuture<User> started(String id) {
    return others.executeAsync(id, db::findUser);
  }
}
