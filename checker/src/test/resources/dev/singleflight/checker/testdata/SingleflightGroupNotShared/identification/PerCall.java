package test;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import test.Domain.Repository;
import test.Domain.User;

/** Groups that each call makes for itself. */
class PerCall {
  private final Repository repository;
  private final Supplier<SingleflightGroup<String, User>> groups = SingleflightGroup::create;
  private SingleflightGroup<String, User> current = SingleflightGroup.create();

  PerCall(Repository repository) {
    this.repository = repository;
  }

  User local(String id) {
    // BUG: Diagnostic contains: each call of 'local' makes one of its own
    SingleflightGroup<String, User> users = SingleflightGroup.create();
    return users.execute(id, k -> repository.findUser(k));
  }

  User chained(String id) {
    // BUG: Diagnostic contains: each call of 'chained' makes one of its own
    return SingleflightGroup.<String, User>create().execute(id, repository::findUser);
  }

  User built(String id) {
    return SingleflightGroup.newBuilder()
        .name("users")
        // BUG: Diagnostic contains: each call of 'built' makes one of its own
        .<String, User>build()
        .execute(id, repository::findUser);
  }

  User fromBranches(String id, boolean named) {
    SingleflightGroup<String, User> users;
    if (named) {
      // BUG: Diagnostic contains: each call of 'fromBranches'
      users = SingleflightGroup.newBuilder().name("users").build();
    } else {
      // BUG: Diagnostic contains: each call of 'fromBranches'
      users = SingleflightGroup.create();
    }
    return users.executeShared(id, repository::findUser).value();
  }

  User fromHelper(String id) {
    // BUG: Diagnostic contains: each call of 'fromHelper' makes one of its own
    return newGroup().execute(id, repository::findUser);
  }

  private SingleflightGroup<String, User> newGroup() {
    SingleflightGroup<String, User> group = SingleflightGroup.create();
    return group;
  }

  User fromSupplier(String id) {
    // BUG: Diagnostic contains: each call of 'fromSupplier' makes one of its own
    return groups.get().execute(id, repository::findUser);
  }

  User fromFactory(GroupFactory factory, String id) {
    // BUG: Diagnostic contains: each call of 'fromFactory' makes one of its own
    return factory.newGroup().execute(id, repository::findUser);
  }

  interface GroupFactory {
    SingleflightGroup<String, User> newGroup();
  }

  static class NamedGroups implements GroupFactory {
    @Override
    public SingleflightGroup<String, User> newGroup() {
      return SingleflightGroup.newBuilder().name("users").build();
    }
  }

  User throughLocalFunction(String id) {
    // BUG: Diagnostic contains: each call of 'throughLocalFunction' makes one of its own
    SingleflightGroup<String, User> users = SingleflightGroup.create();
    Supplier<User> load = () -> users.execute(id, repository::findUser);
    return load.get();
  }

  List<CompletableFuture<User>> oneForEachFuture(List<String> ids) {
    List<CompletableFuture<User>> futures = new ArrayList<>();
    for (String id : ids) {
      // BUG: Diagnostic contains: each call of 'oneForEachFuture' makes one of its own
      SingleflightGroup<String, User> users = SingleflightGroup.create();
      futures.add(users.executeAsync(id, repository::findUser));
    }
    return futures;
  }

  User setForThread(ThreadLocal<SingleflightGroup<String, User>> ofThread, String id) {
    // BUG: Diagnostic contains: each thread has one of its own
    ofThread.set(SingleflightGroup.create());
    return ofThread.get().execute(id, repository::findUser);
  }

  User givenToHelper(String id) {
    // BUG: Diagnostic contains: each call of 'givenToHelper' makes one of its own
    return load(SingleflightGroup.create(), id);
  }

  private User load(SingleflightGroup<String, User> group, String id) {
    return group.execute(id, repository::findUser);
  }

  User timed(String id) throws TimeoutException {
    // BUG: Diagnostic contains: each call of 'timed' makes one of its own
    SingleflightGroup<String, User> users = SingleflightGroup.create();
    try {
      return users.execute(id, repository::findUser, Duration.ofSeconds(2));
    } finally {
      users.forget(id);
    }
  }

  CompletableFuture<User> async(String id) {
    // BUG: Diagnostic contains: each call of 'async' makes one of its own
    SingleflightGroup<String, User> users = SingleflightGroup.create();
    return users.executeAsync(id, repository::findUser);
  }

  List<User> oneAfterTheOther(List<String> ids) {
    // BUG: Diagnostic contains: each call of 'oneAfterTheOther' makes one of its own
    SingleflightGroup<String, User> users = SingleflightGroup.create();
    List<User> found = new ArrayList<>();
    for (String id : ids) {
      found.add(users.execute(id, repository::findUser));
    }
    return found;
  }

  List<User> streamed(List<String> ids) {
    // BUG: Diagnostic contains: each call of 'streamed' makes one of its own
    SingleflightGroup<String, User> users = SingleflightGroup.create();
    return ids.stream().map(id -> users.execute(id, repository::findUser)).toList();
  }

  List<User> oneForEachTask(List<String> ids) {
    return ids.parallelStream()
        .map(
            id -> {
              // BUG: Diagnostic contains: each call of 'oneForEachTask' makes one of its own
              SingleflightGroup<String, User> users = SingleflightGroup.create();
              return users.execute(id, repository::findUser);
            })
        .toList();
  }

  Future<User> inTask(ExecutorService pool, String id) {
    return pool.submit(
        () ->
            // BUG: Diagnostic contains: each call of 'inTask' makes one of its own
            SingleflightGroup.<String, User>create().execute(id, repository::findUser));
  }

  static Function<String, User> handler(Repository repository) {
    return id -> {
      // BUG: Diagnostic contains: each call of 'handler' makes one of its own
      SingleflightGroup<String, User> users = SingleflightGroup.create();
      return users.execute(id, repository::findUser);
    };
  }

  User replaced(String id) {
    // BUG: Diagnostic contains: each call puts a new one into 'current'
    this.current = SingleflightGroup.create();
    return current.execute(id, repository::findUser);
  }

  User throughLoader(String id) {
    SingleflightLoader<String, User> users =
        // BUG: Diagnostic contains: each call of 'throughLoader' makes one of its own
        SingleflightLoader.newBuilder().maximumSize(100).build(repository::findUser);
    return users.get(id);
  }

  List<User> throughCacheThatIsMeantToLast(List<String> ids) {
    SingleflightLoader<String, User> users =
        SingleflightLoader.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(10))
            // BUG: Diagnostic contains: each call of 'throughCacheThatIsMeantToLast'
            .build(repository::findUser);
    return ids.stream().map(id -> users.get(id)).toList();
  }

  User throughTenants(String tenant, String id) {
    return SingleflightLoader.newBuilder()
        // BUG: Diagnostic contains: each call of 'throughTenants' makes one of its own
        .<String, String, User>buildPerTenant((t, k) -> repository.findUser(t, k))
        .forTenant(tenant)
        .get(id);
  }
}
