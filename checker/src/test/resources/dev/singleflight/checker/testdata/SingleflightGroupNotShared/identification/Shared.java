package test;

import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import test.Domain.Repository;
import test.Domain.User;

/** Groups that callers, or tasks, do share, or that may go anywhere. */
class Shared {
  private static final SingleflightGroup<String, User> GLOBAL = SingleflightGroup.create();

  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final ConcurrentMap<String, SingleflightGroup<String, User>> byTenant =
      new ConcurrentHashMap<>();
  private final Map<Class<?>, SingleflightGroup<String, Object>> byType = new HashMap<>();
  private final AtomicReference<SingleflightGroup<String, User>> held = new AtomicReference<>();
  private final List<Object> registry = new ArrayList<>();
  private final Supplier<SingleflightGroup<String, User>> same = () -> users;
  private final Repository repository;
  private SingleflightGroup<String, User> lazy;
  private SingleflightGroup<String, User> generation = SingleflightGroup.create();

  Shared(Repository repository) {
    this.repository = repository;
  }

  User ofThisObject(String id) {
    return users.execute(id, repository::findUser);
  }

  User ofAll(String id) {
    return GLOBAL.execute(id, repository::findUser);
  }

  User fromSupplier(String id) {
    return same.get().execute(id, repository::findUser);
  }

  User lazily(String id) {
    if (lazy == null) {
      lazy = SingleflightGroup.create();
    }
    return lazy.execute(id, repository::findUser);
  }

  private SingleflightGroup<String, User> checkedTwice() {
    SingleflightGroup<String, User> found = lazy;
    if (found == null) {
      synchronized (this) {
        found = lazy;
        if (found == null) {
          lazy = found = SingleflightGroup.create();
        }
      }
    }
    return found;
  }

  User throughGetter(String id) {
    return checkedTwice().execute(id, repository::findUser);
  }

  User throughReference(String id) {
    held.compareAndSet(null, SingleflightGroup.create());
    return held.get().execute(id, repository::findUser);
  }

  User ofTenant(String tenant, String id) {
    return byTenant
        .computeIfAbsent(tenant, t -> SingleflightGroup.create())
        .execute(id, k -> repository.findUser(tenant, k));
  }

  User ofTenantByHand(String tenant, String id) {
    SingleflightGroup<String, User> group = byTenant.get(tenant);
    if (group == null) {
      group = SingleflightGroup.create();
      SingleflightGroup<String, User> raced = byTenant.putIfAbsent(tenant, group);
      group = raced == null ? group : raced;
    }
    return group.execute(id, k -> repository.findUser(tenant, k));
  }

  Object ofType(Class<?> type, String id) {
    synchronized (byType) {
      if (!byType.containsKey(type)) {
        byType.put(type, SingleflightGroup.create());
      }
    }
    return byType.get(type).execute(id, repository::findUser);
  }

  void clear() {
    generation = SingleflightGroup.create();
  }

  User reload(String id) {
    generation = SingleflightGroup.create();
    return generation.execute(id, repository::findUser);
  }

  List<User> parallelStream(List<String> ids) {
    SingleflightGroup<String, User> group = SingleflightGroup.create();
    return ids.parallelStream().map(id -> group.execute(id, repository::findUser)).toList();
  }

  List<User> madeParallel(List<String> ids) {
    SingleflightGroup<String, User> group = SingleflightGroup.create();
    return ids.stream().parallel().map(id -> group.execute(id, repository::findUser)).toList();
  }

  List<Future<User>> tasks(ExecutorService pool, List<String> ids) {
    SingleflightGroup<String, User> group = SingleflightGroup.create();
    List<Future<User>> tasks = new ArrayList<>();
    for (String id : ids) {
      tasks.add(pool.submit(() -> group.execute(id, repository::findUser)));
    }
    return tasks;
  }

  User twoThreads(String left, String right) {
    SingleflightGroup<String, User> group = SingleflightGroup.create();
    CompletableFuture<User> one =
        CompletableFuture.supplyAsync(() -> group.execute(left, repository::findUser));
    CompletableFuture<User> other =
        CompletableFuture.supplyAsync(() -> group.execute(right, repository::findUser));
    return one.thenCombine(other, (a, b) -> a == null ? b : a).join();
  }

  List<CompletableFuture<User>> futures(List<String> ids) {
    SingleflightGroup<String, User> group = SingleflightGroup.create();
    List<CompletableFuture<User>> futures = new ArrayList<>();
    for (String id : ids) {
      futures.add(group.executeAsync(id, repository::findUser));
    }
    return futures;
  }

  List<User> functionGivenToParallelStream(List<String> ids) {
    SingleflightGroup<String, User> group = SingleflightGroup.create();
    Function<String, User> load = id -> group.execute(id, repository::findUser);
    return ids.parallelStream().map(load).toList();
  }

  List<Future<User>> invokedTogether(ExecutorService pool, List<String> ids)
      throws InterruptedException {
    SingleflightGroup<String, User> group = SingleflightGroup.create();
    List<Callable<User>> tasks = new ArrayList<>();
    ids.forEach(id -> tasks.add(() -> group.execute(id, repository::findUser)));
    return pool.invokeAll(tasks);
  }

  Map<String, User> inBulk(List<String> ids) {
    SingleflightLoader<String, User> found =
        SingleflightLoader.newBuilder().build(repository::findUser);
    return found.getAll(ids);
  }

  private final Supplier<SingleflightGroup<String, User>> memoized =
      memoized(SingleflightGroup::create);

  User fromMemoized(String id) {
    return memoized.get().execute(id, repository::findUser);
  }

  private static <T> Supplier<T> memoized(Supplier<T> supplier) {
    AtomicReference<T> made = new AtomicReference<>();
    return () -> made.updateAndGet(old -> old == null ? supplier.get() : old);
  }

  User givenOrOwn(SingleflightGroup<String, User> given, String id) {
    SingleflightGroup<String, User> group = given;
    if (group == null) {
      group = SingleflightGroup.create();
    }
    return group.execute(id, repository::findUser);
  }

  User lazyOrOwn(String id) {
    return (lazy != null ? lazy : SingleflightGroup.<String, User>create())
        .execute(id, repository::findUser);
  }

  Function<String, User> closure() {
    SingleflightGroup<String, User> group = SingleflightGroup.create();
    return id -> group.execute(id, repository::findUser);
  }

  Lookup object() {
    SingleflightGroup<String, User> group = SingleflightGroup.create();
    return new Lookup() {
      @Override
      public User find(String id) {
        return group.execute(id, repository::findUser);
      }
    };
  }

  interface Lookup {
    User find(String id);
  }

  void registered() {
    SingleflightGroup<String, User> group = SingleflightGroup.create();
    registry.add(group);
    group.execute("root", repository::findUser);
  }

  SingleflightGroup<String, User> factory() {
    return SingleflightGroup.create();
  }

  List<User> remembersWithinTheCall(List<String> ids) {
    SingleflightLoader<String, User> found =
        SingleflightLoader.newBuilder().build(repository::findUser);
    return ids.stream().map(id -> found.get(id)).toList();
  }

  public static void main(String[] args) {
    SingleflightGroup<String, String> group = SingleflightGroup.create();
    System.out.println(group.execute("a", k -> k));
    demonstrate();
  }

  private static void demonstrate() {
    SingleflightGroup<String, String> group = SingleflightGroup.create();
    System.out.println(group.execute("b", k -> k));
  }

  static class SharedTest {
    @org.junit.jupiter.api.Test
    void loads() {
      SingleflightGroup<String, String> group = SingleflightGroup.create();
      if (!group.execute("a", k -> k).equals("a")) {
        throw new AssertionError();
      }
    }
  }
}
