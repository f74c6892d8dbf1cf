package test;

import dev.singleflight.SingleflightGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import test.Domain.*;

/** Monitors that are not held when the load is waited for. */
class NearMissMonitors {
  private final Object mutex = new Object();
  private final Map<String, User> cache = new HashMap<>();
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final SingleflightGroup<String, Config> configs = SingleflightGroup.create();
  private final UserDirectory directory;
  private final Repository db;
  private final Executor executor;
  private final ExecutorService pool;

  NearMissMonitors(Repository db, UserDirectory directory, ExecutorService pool) {
    this.db = db;
    this.directory = directory;
    this.executor = pool;
    this.pool = pool;
  }

  User released(String id) {
    synchronized (mutex) {
      User cached = cache.get(id);
      if (cached != null) {
        return cached;
      }
    }
    User loaded = users.execute(id, db::findUser);
    synchronized (mutex) {
      cache.put(id, loaded);
    }
    return loaded;
  }

  User insideLoader(String id) {
    return users.execute(
        id,
        k -> {
          User loaded = db.findUser(k);
          synchronized (mutex) {
            cache.put(k, loaded);
          }
          return loaded;
        });
  }

  User insideSynchronizedHelperOfLoader(String id) {
    return users.execute(id, this::loadAndStore);
  }

  private synchronized User loadAndStore(String id) {
    User loaded = db.findUser(id);
    cache.put(id, loaded);
    return loaded;
  }

  User synchronizedLookupsAround(String id) {
    User cached = cached(id);
    if (cached == null) {
      cached = users.execute(id, db::findUser);
      store(id, cached);
    }
    return cached;
  }

  private synchronized User cached(String id) {
    return cache.get(id);
  }

  private synchronized void store(String id, User user) {
    cache.put(id, user);
  }

  CompletableFuture<User> onlyStarted(String id) {
    synchronized (mutex) {
      return users.executeAsync(id, db::findUser);
    }
  }

  User startedUnderLockJoinedAfter(String id) {
    CompletableFuture<User> future;
    synchronized (mutex) {
      future = users.executeAsync(id, db::findUser);
    }
    return future.join();
  }

  void callbackUnderLock(String id) {
    synchronized (mutex) {
      users.executeAsync(id, db::findUser).thenAccept(user -> cache.put(id, user));
    }
  }

  void handedToExecutor(String id) {
    synchronized (mutex) {
      executor.execute(() -> cache.put(id, users.execute(id, db::findUser)));
    }
  }

  Future<User> submitted(String id) {
    synchronized (mutex) {
      return pool.submit(() -> users.execute(id, db::findUser));
    }
  }

  CompletableFuture<User> supplied(String id) {
    synchronized (mutex) {
      return CompletableFuture.supplyAsync(() -> users.execute(id, db::findUser), executor);
    }
  }

  synchronized Thread thread(String id) {
    return new Thread(() -> users.execute(id, db::findUser));
  }

  synchronized Runnable kept(String id) {
    Runnable later = () -> users.execute(id, db::findUser);
    return later;
  }

  synchronized Runnable keptObject(String id) {
    return new Runnable() {
      @Override
      public void run() {
        users.execute(id, db::findUser);
      }
    };
  }

  private final List<Runnable> pending = new ArrayList<>();

  synchronized void queued(String id) {
    pending.add(() -> users.execute(id, db::findUser));
  }

  User otherMethodsOfTheGroup(String id) {
    synchronized (mutex) {
      users.forget(id);
      users.forgetUnshared(id);
      if (users.inFlight() > 3) {
        return cache.get(id);
      }
    }
    return users.execute(id, db::findUser);
  }

  void otherMethodsElsewhere(String id) {
    synchronized (mutex) {
      directory.forget(id);
      if (directory.isBusy()) {
        cache.clear();
      }
    }
  }

  Config inOtherGroupsLoader(String id) {
    return configs.execute(
        id, k -> db.config(users.execute(k, db::findUser).getName(), "settings"));
  }

  User freshMonitor(String id) {
    Object own = new Object();
    synchronized (own) {
      return users.execute(id, db::findUser);
    }
  }

  User localCollectionMonitor(List<String> ids) {
    List<User> all = new ArrayList<>();
    synchronized (all) {
      all.add(users.execute(ids.get(0), db::findUser));
    }
    return all.get(0);
  }

  private User fetch(String id) {
    return users.execute(id, db::findUser);
  }

  User beforeTheLock(String id) {
    User user = fetch(id);
    synchronized (mutex) {
      cache.put(id, user);
    }
    return user;
  }

  List<User> loopWithLockPerElement(List<String> ids) {
    List<User> all = new ArrayList<>();
    for (String id : ids) {
      synchronized (mutex) {
        if (cache.containsKey(id)) {
          continue;
        }
      }
      all.add(users.execute(id, db::findUser));
    }
    return all;
  }

  User doubleChecked(String id) {
    User user = cache.get(id);
    if (user == null) {
      user = fetch(id);
      synchronized (mutex) {
        User raced = cache.get(id);
        if (raced == null) {
          cache.put(id, user);
        } else {
          user = raced;
        }
      }
    }
    return user;
  }

  User callsOtherThings(String id) {
    synchronized (mutex) {
      return db.findUser(id);
    }
  }

  /** Not private, and only sometimes called under the lock: reported at the callers that do. */
  User shared(String id) {
    return users.execute(id, db::findUser);
  }

  synchronized CompletableFuture<User> asyncOfHelper(String id) {
    return directory.lookupAsync(id).thenApply(User::copy);
  }

  synchronized User unrelatedFuture(CompletableFuture<User> given) {
    return given.join();
  }

  synchronized User unrelatedGet(String id) throws Exception {
    return pool.submit(() -> db.findUser(id)).get();
  }

  synchronized boolean isDone(String id) {
    CompletableFuture<User> future = users.executeAsync(id, db::findUser);
    return future.isDone();
  }

  synchronized User alreadyThere(String id) {
    CompletableFuture<User> future = users.executeAsync(id, db::findUser);
    return future.getNow(null);
  }

  static class Outer {
    private final SingleflightGroup<String, User> users = SingleflightGroup.create();

    synchronized void listen(Repository db) {
      class Listener implements Runnable {
        @Override
        public void run() {
          users.execute("root", db::findUser);
        }
      }
      new Thread(new Listener()).start();
    }
  }

  User waited(String id) throws InterruptedException {
    synchronized (mutex) {
      while (cache.isEmpty()) {
        mutex.wait();
      }
    }
    try {
      return users.execute(id, db::findUser);
    } finally {
      synchronized (mutex) {
        mutex.notifyAll();
      }
    }
  }
}
