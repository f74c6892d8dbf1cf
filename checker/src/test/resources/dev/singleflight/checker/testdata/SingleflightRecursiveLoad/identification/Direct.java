package test;

import dev.singleflight.Loader;
import dev.singleflight.SharedResult;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.ThrowingSupplier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import test.Domain.*;

/** Loaders that ask their own group for their own key, within one class. */
class Direct {
  private static final SingleflightGroup<String, Config> CONFIGS = SingleflightGroup.create();

  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final SingleflightGroup<Long, User> byNumber = SingleflightGroup.create();
  private final SingleflightGroup<Object, User> any = SingleflightGroup.create();
  private final SingleflightGroup<String, Config> configs = SingleflightGroup.create();
  private final Repository db;

  Direct(Repository db) {
    this.db = db;
  }

  User lambda(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return users.execute(id, k -> users.execute(k, db::findUser));
  }

  User captured(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return users.execute(id, () -> users.execute(id, () -> db.findUser(id)));
  }

  User block(String id) {
    return users.execute(
        id,
        k -> {
          User user = db.findUser(k);
          if (user == null) {
            // BUG: Diagnostic contains: asks the same group for the same key
            return users.execute(k, other -> db.findUser("default", other));
          }
          return user;
        });
  }

  User itself(String id) {
    // BUG: Diagnostic contains: itself(…) → execute
    return users.execute(id, k -> itself(k));
  }

  User itselfCaptured(String id) {
    // BUG: Diagnostic contains: itselfCaptured(…) → execute
    return users.execute(id, () -> itselfCaptured(id));
  }

  User reference(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return users.execute(id, this::reference);
  }

  User chain(String id) {
    // BUG: Diagnostic contains: first(…) → second(…) → chain(…) → execute
    return users.execute(id, k -> first(k));
  }

  private User first(String id) {
    return second(id);
  }

  private User second(String id) {
    User user = chain(id);
    return user == null ? new User() : user;
  }

  User referenceToChain(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return users.execute(id, this::viaReference);
  }

  private User viaReference(String id) {
    return referenceToChain(id);
  }

  Config statically(String name) {
    // BUG: Diagnostic contains: for the key 'name'
    return CONFIGS.execute(name, k -> CONFIGS.execute(k, n -> db.config("all", n)));
  }

  static Config staticHelper(Repository db, String name) {
    // BUG: Diagnostic contains: staticHelper(…) → execute
    return CONFIGS.execute(name, k -> staticHelper(db, k));
  }

  User joined(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return users.execute(id, k -> users.executeAsync(k, db::findUser).join());
  }

  User joinedHelper(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return users.execute(id, k -> start(k).join());
  }

  private CompletableFuture<User> start(String id) {
    return users.executeAsync(id, db::findUser);
  }

  User gotLater(String id) throws Exception {
    return users.execute(
        id,
        k -> {
          CompletableFuture<User> future = users.executeAsync(k, db::findUser);
          // BUG: Diagnostic contains: for the key 'id'
          return future.get(1, TimeUnit.SECONDS);
        });
  }

  CompletableFuture<User> asyncOuter(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return users.executeAsync(id, k -> users.execute(k, db::findUser));
  }

  SharedResult<User> sharedOuter(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return users.executeShared(id, k -> users.executeShared(k, db::findUser).value());
  }

  User timedInner(String id) throws TimeoutException {
    // BUG: Diagnostic contains: for the key 'id'
    return users.execute(id, k -> users.execute(k, db::findUser, Duration.ofSeconds(1)));
  }

  User prefixed(String id) {
    // BUG: Diagnostic contains: same key
    return users.execute("user:" + id, () -> users.execute("user:" + id, db::findUser));
  }

  User formatted(String id) {
    return users.execute(
        // BUG: Diagnostic contains: same key
        "user:" + id, () -> users.execute(String.format("user:%s", id), db::findUser));
  }

  User formattedInstance(String id) {
    String key = "user:%s".formatted(id);
    // BUG: Diagnostic contains: for the key 'key'
    return users.execute(key, () -> users.execute("user:" + id, db::findUser));
  }

  User keyHelper(String id) {
    // BUG: Diagnostic contains: same key
    return users.execute(keyOf(id), () -> users.execute("user:" + id, db::findUser));
  }

  private static String keyOf(String id) {
    return "user:" + id;
  }

  record Key(String type, String id) {
    static Key user(String id) {
      return new Key("user", id);
    }
  }

  User recordKeys(String id) {
    return any.execute(
        // BUG: Diagnostic contains: same key
        new Key("user", id), () -> any.execute(new Key("user", id), k -> db.findUser(id)));
  }

  User recordFactory(String id) {
    // BUG: Diagnostic contains: same key
    return any.execute(new Key("user", id), () -> any.execute(Key.user(id), k -> db.findUser(id)));
  }

  User listKeys(String tenant, String id) {
    return any.execute(
        // BUG: Diagnostic contains: same key
        List.of(tenant, id), () -> any.execute(List.of(tenant, id), k -> db.findUser(id)));
  }

  User constant() {
    // BUG: Diagnostic contains: for the key '"root"'
    return users.execute("root", k -> users.execute("root", db::findUser));
  }

  private static final String ROOT = "root";

  User constantField() {
    // BUG: Diagnostic contains: same key
    return users.execute(ROOT, k -> constantHelper());
  }

  private User constantHelper() {
    return users.execute("root", db::findUser);
  }

  User renamed(String id) {
    String userId = id;
    return users.execute(
        userId,
        k -> {
          String again = id;
          // BUG: Diagnostic contains: for the key 'userId'
          return users.execute(again, db::findUser);
        });
  }

  User anonymous(String id) {
    return users.execute(
        id,
        new Loader<String, User, RuntimeException>() {
          @Override
          public User load(String key) {
            // BUG: Diagnostic contains: for the key 'id'
            return users.execute(key, db::findUser);
          }
        });
  }

  User anonymousSupplier(String id) {
    return users.execute(
        id,
        new ThrowingSupplier<User, RuntimeException>() {
          @Override
          public User get() {
            // BUG: Diagnostic contains: anonymousSupplier(…) → execute
            return anonymousSupplier(id);
          }
        });
  }

  User nestedOfOtherGroup(String id) {
    return users.execute(
        id,
        k -> {
          Config config =
              // BUG: Diagnostic contains: for the key 'id'
              configs.execute(k, c -> db.config(users.execute(k, db::findUser).getName(), c));
          return db.findUser(config.text());
        });
  }

  User inStream(List<String> ids, String id) {
    return users.execute(
        id,
        // BUG: Diagnostic contains: for the key 'id'
        k -> ids.stream().map(i -> users.execute(id, db::findUser)).findFirst().orElseThrow());
  }

  User inOptional(String id) {
    return users.execute(
        id,
        k ->
            Optional.ofNullable(db.findUser(k))
                // BUG: Diagnostic contains: for the key 'id'
                .orElseGet(() -> users.execute(k, other -> db.findUser("backup", other))));
  }

  User retry(String id) {
    return users.execute(
        id,
        k -> {
          try {
            return db.findUser(k);
          } catch (IllegalStateException e) {
            // BUG: Diagnostic contains: retry(…) → execute
            return retry(k);
          }
        });
  }

  User heldInLocal(String id) {
    Loader<String, User, RuntimeException> loader = k -> users.execute(k, db::findUser);
    // BUG: Diagnostic contains: for the key 'id'
    return users.execute(id, loader);
  }

  private final Loader<String, User, RuntimeException> field = k -> fromField(k);

  User fromField(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return users.execute(id, field);
  }

  User guarded(String id, boolean deep) {
    // BUG: Diagnostic contains: guarded(…) → execute
    return users.execute(id, k -> deep ? guarded(k, true) : db.findUser(k));
  }

  User load(String id, boolean cached) {
    if (!cached) {
      return db.findUser(id);
    }
    // BUG: Diagnostic contains: load(…) → execute
    return users.execute(id, k -> load(k, true));
  }

  User boxed(long id) {
    // BUG: Diagnostic contains: for the key 'id'
    return byNumber.execute(id, n -> boxed(n));
  }

  User unboxed(Long id) {
    // BUG: Diagnostic contains: for the key 'id'
    return byNumber.execute(id, () -> byNumber.execute(id, n -> db.findUser(n.toString())));
  }

  User stringified(UUID id) {
    return users.execute(
        // BUG: Diagnostic contains: same key
        id.toString(), () -> users.execute(id.toString(), k -> db.findUser(id.toString())));
  }

  User valueOf(long id) {
    // BUG: Diagnostic contains: same key
    return users.execute(String.valueOf(id), () -> users.execute("" + id, db::findUser));
  }

  User getAsync(String id) throws ExecutionException, InterruptedException {
    return users
        // BUG: Diagnostic contains: for the key 'id'
        .executeAsync(id, k -> users.executeAsync(k, db::findUser).get())
        .get();
  }

  User dependent(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return users.execute(id, k -> users.executeAsync(k, db::findUser).thenApply(User::copy).join());
  }

  User inLoop(String id) {
    return users.execute(
        id,
        k -> {
          User user = null;
          for (int attempt = 0; attempt < 3 && user == null; attempt++) {
            // BUG: Diagnostic contains: for the key 'id'
            user = users.execute(k, db::findUser);
          }
          return user;
        });
  }

  User local(String id) {
    final SingleflightGroup<String, User> alias = this.users;
    // BUG: Diagnostic contains: for the key 'id'
    return alias.execute(id, k -> users.execute(k, db::findUser));
  }

  private SingleflightGroup<String, User> group() {
    return users;
  }

  User getter(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return group().execute(id, k -> users.execute(k, db::findUser));
  }

  User runner(String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return users.execute(id, k -> traced(() -> users.execute(k, db::findUser)));
  }

  private static <T> T traced(java.util.function.Supplier<T> work) {
    return work.get();
  }

  private final java.util.Map<String, SingleflightGroup<String, User>> regions =
      new java.util.concurrent.ConcurrentHashMap<>();

  private SingleflightGroup<String, User> groupFor(String region) {
    return regions.computeIfAbsent(region, r -> SingleflightGroup.create());
  }

  User groupOfMap(String region, String id) {
    // BUG: Diagnostic contains: for the key 'id'
    return groupFor(region).execute(id, k -> groupFor(region).execute(k, db::findUser));
  }

  User depth(String id, int depth) {
    // BUG: Diagnostic contains: depth(…) → execute
    return depth == 0 ? db.findUser(id) : users.execute(id, k -> depth(k, 1));
  }

  User referenceOfHelper() {
    // BUG: Diagnostic contains: for the key 'ROOT'
    return users.execute(ROOT, k -> traced(this::constantHelper));
  }
}
