package test;

import dev.singleflight.SingleflightGroup;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import test.Domain.Repository;
import test.Domain.User;

/** Loads that functions make: what a wrapper is given, what others run and the loader waits for. */
class ReachedThroughFunctions {
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final Queue<Runnable> later = new ConcurrentLinkedQueue<>();
  private final Repository db;

  ReachedThroughFunctions(Repository db) {
    this.db = db;
  }

  private User find(String id) {
    return users.execute(id, k -> db.findUser(k));
  }

  private User coalesce(String key, Supplier<User> loader) {
    return users.execute(key, () -> loader.get());
  }

  User givenToWrapper(String id) {
    // BUG: Diagnostic contains: same group for the same key
    return coalesce(id, () -> find(id));
  }

  User localFunction(String id) {
    Supplier<User> loader = () -> find(id);
    // BUG: Diagnostic contains: same group for the same key
    return users.execute(id, () -> loader.get());
  }

  User runByOthersAndWaitedFor(String id) {
    // BUG: Diagnostic contains: same group for the same key
    return users.execute(id, () -> CompletableFuture.supplyAsync(() -> find(id)).join());
  }

  User otherKeyGivenToWrapper(String id) {
    return coalesce("copy of " + id, () -> find(id));
  }

  User runByOthers(String id) {
    return users.execute(
        id,
        () -> {
          CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> find(id));
          return db.findUser(id);
        });
  }

  User runLater(String id) {
    return users.execute(
        id,
        () -> {
          Runnable refresh = () -> find(id);
          later.add(refresh);
          return db.findUser(id);
        });
  }
}
