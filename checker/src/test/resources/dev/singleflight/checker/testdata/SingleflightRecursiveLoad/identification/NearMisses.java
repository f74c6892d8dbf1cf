// Over 400 lines: a list of cases of a few lines each, which share the fields at the top.
package test;

import dev.singleflight.SingleflightGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import test.Domain.*;

/** Loaders that load other things. */
class NearMisses {
  private static final SingleflightGroup<String, User> SHARED = SingleflightGroup.create();

  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final SingleflightGroup<String, User> archived = SingleflightGroup.create();
  private final SingleflightGroup<String, Config> configs = SingleflightGroup.create();
  private final SingleflightGroup<Object, User> any = SingleflightGroup.create();
  private final SingleflightGroup<Long, User> numbers = SingleflightGroup.create();
  private final NearMisses parent;
  private final UserFetcher fetcher;
  private final UserFetcher archivedFetcher;
  private final Repository db;
  private final ExecutorService pool;

  NearMisses(Repository db, NearMisses parent, ExecutorService pool) {
    this.db = db;
    this.parent = parent;
    this.pool = pool;
    this.fetcher = new UserFetcher(users);
    this.archivedFetcher = new UserFetcher(archived);
  }

  User plain(String id) {
    return users.execute(id, db::findUser);
  }

  User otherConstants() {
    return users.execute("a", k -> users.execute("b", db::findUser));
  }

  User otherPrefix(String id) {
    return users.execute("full:" + id, k -> users.execute("base:" + id, db::findUser));
  }

  User prefixed(String id) {
    return users.execute(id, k -> users.execute("base:" + k, db::findUser));
  }

  User suffix(String id) {
    return users.execute(id, k -> users.execute(k + "/parent", db::findUser));
  }

  User unprefixed(String id) {
    return users.execute("full:" + id, () -> users.execute(id, db::findUser));
  }

  User parentKey(String path) {
    return users.execute(
        path, k -> users.execute(k.substring(0, k.lastIndexOf('/')), db::findUser));
  }

  User parentHelper(String path) {
    return users.execute(path, k -> k.isEmpty() ? new User() : parentHelper(parentOf(k)));
  }

  private static String parentOf(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  User loadedParent(String id) {
    return users.execute(
        id,
        k -> {
          User user = db.findUser(k);
          User manager = users.execute(user.getName(), db::findUser);
          user.setName(manager.getName());
          return user;
        });
  }

  User decremented(long id) {
    return numbers.execute(id, n -> n <= 0 ? new User() : decremented(n - 1));
  }

  User otherGroup(String id) {
    return users.execute(id, k -> archived.execute(k, db::findUser));
  }

  User otherGroupHelper(String id) {
    return users.execute(id, k -> fromArchive(k));
  }

  private User fromArchive(String id) {
    return archived.execute(id, db::findUser);
  }

  User otherGroupOfCollaborator(String id) {
    return users.execute(id, k -> archivedFetcher.fetch(k, db));
  }

  User ownGroupOfCollaborator(String id) {
    return archived.execute(id, k -> fetcher.fetch(k, db));
  }

  User newHelperOfOtherGroup(String id) {
    return users.execute(id, k -> new UserFetcher(archived).fetch(k, db));
  }

  User otherGroupAsArgument(String id) {
    return users.execute(id, k -> UserFetcher.fetchFrom(archived, k, db));
  }

  User staticGroup(String id) {
    return users.execute(id, k -> SHARED.execute(k, db::findUser));
  }

  User otherStatic(String id) {
    return SHARED.execute(id, k -> UserFetcher.shared(k, db));
  }

  User otherInstance(String id) {
    return users.execute(id, k -> parent.otherInstance(k));
  }

  User otherInstancesGroup(String id) {
    return users.execute(id, k -> parent.users.execute(k, db::findUser));
  }

  User instanceOfParameter(NearMisses other, String id) {
    return users.execute(id, k -> other.plain(k));
  }

  User notWaitedFor(String id) {
    return users.execute(
        id,
        k -> {
          users.executeAsync(k, db::findUser);
          return db.findUser(k);
        });
  }

  User callbackOnly(String id) {
    return users.execute(
        id,
        k -> {
          users.executeAsync(k, db::findUser).thenAccept(user -> user.touch(0));
          return db.findUser(k);
        });
  }

  User handedToExecutor(String id) {
    return users.execute(
        id,
        k -> {
          pool.execute(() -> users.execute(k, db::findUser));
          return db.findUser(k);
        });
  }

  User submitted(String id) {
    return users.execute(
        id,
        k -> {
          pool.submit(() -> handedToExecutor(k));
          return db.findUser(k);
        });
  }

  User refreshedLater(String id) {
    return users.execute(
        id,
        k -> {
          CompletableFuture.runAsync(() -> users.execute(k, db::findUser), pool);
          return db.findUser(k);
        });
  }

  User thread(String id) {
    return users.execute(
        id,
        k -> {
          new Thread(() -> users.execute(k, db::findUser)).start();
          return db.findUser(k);
        });
  }

  Runnable returned(String id) {
    return () -> users.execute(id, db::findUser);
  }

  User callbackKept(String id) {
    return users.execute(
        id,
        k -> {
          listeners.add(() -> users.execute(k, db::findUser));
          return db.findUser(k);
        });
  }

  private final List<Runnable> listeners = new ArrayList<>();

  User guardedOff(String id, boolean coalesce) {
    if (!coalesce) {
      return db.findUser(id);
    }
    return users.execute(id, k -> guardedOff(k, false));
  }

  User guardedOffTernary(String id, boolean direct) {
    return direct ? db.findUser(id) : users.execute(id, k -> guardedOffTernary(k, true));
  }

  User guardedOffElse(String id, boolean coalesce) {
    if (coalesce) {
      return users.execute(id, k -> guardedOffElse(k, false));
    } else {
      return db.findUser(id);
    }
  }

  User guardedThroughHelper(String id) {
    return users.execute(id, k -> find(k, false));
  }

  private User find(String id, boolean coalesce) {
    return coalesce ? guardedThroughHelper(id) : db.findUser(id);
  }

  User before(String id) {
    User user = users.execute(id, db::findUser);
    return archived.execute(user.getName(), db::findUser);
  }

  User sequence(String id) {
    User first = users.execute(id, db::findUser);
    return first != null ? first : users.execute(id, k -> db.findUser("backup", k));
  }

  User forgets(String id) {
    return users.execute(
        id,
        k -> {
          User user = db.findUser(k);
          if (user == null) {
            users.forget(k);
          }
          return user;
        });
  }

  User asksHowMany(String id) {
    return users.execute(id, k -> users.inFlight() > 100 ? null : db.findUser(k));
  }

  Config otherType(String id) {
    return configs.execute(id, k -> db.config(users.execute(k, db::findUser).getName(), k));
  }

  record Key(String type, String id) {}

  User recordOfOtherType(String id) {
    return any.execute(
        new Key("full", id), () -> any.execute(new Key("base", id), k -> db.findUser(id)));
  }

  User recordOfOtherId(String id, String manager) {
    return any.execute(
        new Key("user", id),
        () -> any.execute(new Key("user", manager), k -> db.findUser(manager)));
  }

  User swapped(String from, String to) {
    return any.execute(
        new Key(from, to), () -> any.execute(new Key(to, from), k -> db.findUser(to)));
  }

  User recordAndComponent(Key key) {
    return any.execute(key, () -> any.execute(key.id(), k -> db.findUser(key.id())));
  }

  User lowerCase(String name) {
    return users.execute(name, k -> users.execute(k.toLowerCase(), db::findUser));
  }

  User trimmed(String name) {
    return users.execute(name, k -> users.execute(k.trim(), db::findUser));
  }

  User others(String id, List<String> friends) {
    return users.execute(
        id,
        k -> {
          User user = db.findUser(k);
          for (String friend : friends) {
            user.getRoles().add(users.execute(friend, db::findUser).getName());
          }
          return user;
        });
  }

  User othersInStream(String id, List<String> friends) {
    return users.execute(
        id,
        k -> {
          User user = db.findUser(k);
          friends.stream().map(f -> users.execute(f, db::findUser)).forEach(f -> f.getName());
          return user;
        });
  }

  User random(String id) {
    return users.execute(
        UUID.randomUUID().toString(),
        () -> users.execute(UUID.randomUUID().toString(), k -> db.findUser(id)));
  }

  User reassigned(String id) {
    return users.execute(
        id,
        k -> {
          String key = k;
          key = db.findUser(key).getName();
          return users.execute(key, db::findUser);
        });
  }

  User twoParameters(String id, String other) {
    return users.execute(id, k -> users.execute(other, db::findUser));
  }

  User swappedArguments(String id, String other) {
    return users.execute(id, k -> swappedArguments(other, k));
  }

  User freshGroup(String id) {
    return users.execute(
        id,
        k -> {
          SingleflightGroup<String, User> own = SingleflightGroup.create();
          return own.execute(k, db::findUser);
        });
  }

  interface Finder {
    User find(String id);
  }

  static final class Coalescing implements Finder {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Finder delegate;

    Coalescing(Finder delegate) {
      this.delegate = delegate;
    }

    @Override
    public User find(String id) {
      return group.execute(id, delegate::find);
    }
  }

  static final class Direct implements Finder {
    private final Repository db;

    Direct(Repository db) {
      this.db = db;
    }

    @Override
    public User find(String id) {
      return db.findUser(id);
    }
  }

  /** One implementation that decorates itself: another object of the same class. */
  interface Store {
    User get(String id);
  }

  static final class Tier implements Store {
    private final SingleflightGroup<String, User> group = SingleflightGroup.create();
    private final Store next;
    private final Repository db;

    Tier(Store next, Repository db) {
      this.next = next;
      this.db = db;
    }

    @Override
    public User get(String id) {
      return group.execute(id, k -> next == null ? db.findUser(k) : next.get(k));
    }
  }

  /** The same static group with another key in each of two mutually recursive loaders. */
  User folder(String path) {
    return users.execute("folder:" + path, () -> file(path + "/index"));
  }

  User file(String path) {
    return users.execute(
        "file:" + path, () -> path.isEmpty() ? new User() : folder(parentOf(path)));
  }

  User conditionalKey(String id, boolean wide) {
    return users.execute(
        wide ? "w:" + id : "n:" + id,
        k -> wide ? users.execute("n:" + id, db::findUser) : db.findUser(id));
  }

  User exceptionOnly(String id) {
    return users.execute(
        id,
        k -> {
          User user = db.findUser(k);
          if (user == null) {
            throw new IllegalStateException("none", new Exception(k));
          }
          return user;
        });
  }

  private final java.util.Map<String, SingleflightGroup<String, User>> regions =
      new java.util.concurrent.ConcurrentHashMap<>();

  private SingleflightGroup<String, User> groupFor(String region) {
    return regions.computeIfAbsent(region, r -> SingleflightGroup.create());
  }

  User groupOfOtherRegion(String region, String fallback, String id) {
    return groupFor(region).execute(id, k -> groupFor(fallback).execute(k, db::findUser));
  }

  enum Mode {
    COALESCED,
    DIRECT
  }

  User mode(String id, Mode mode) {
    if (mode == Mode.DIRECT) {
      return db.findUser(id);
    }
    return users.execute(id, k -> mode(k, Mode.DIRECT));
  }

  User modeEquals(String id, Mode mode) {
    if (!Mode.DIRECT.equals(mode)) {
      return users.execute(id, k -> modeEquals(k, Mode.DIRECT));
    }
    return db.findUser(id);
  }

  User depth(String id, int depth) {
    return depth <= 0 ? db.findUser(id) : users.execute(id, k -> depth(k, 0));
  }

  User nullable(String id, SingleflightGroup<String, User> group) {
    if (group == null) {
      return db.findUser(id);
    }
    return group.execute(id, k -> nullable(k, null));
  }

  User nextOfIterator(java.util.Iterator<String> ids) {
    String first = ids.next();
    String second = ids.next();
    return users.execute(first, k -> users.execute(second, db::findUser));
  }

  User referenceOfOtherKey(String id, List<String> others) {
    return users.execute(id, k -> others.stream().map(this::plain).findFirst().orElseThrow());
  }

  User otherKeyOfTheSameMethod(String id, java.util.Map<String, String> successors) {
    return users.execute(
        id,
        k ->
            java.util.Optional.ofNullable(successors.get(k))
                .map(next -> next)
                .map(this::referenced)
                .orElseGet(() -> db.findUser(k)));
  }

  private User referenced(String id) {
    return users.execute(
        id, k -> java.util.Optional.of(k + "'").map(this::referenced).orElseThrow());
  }
}
