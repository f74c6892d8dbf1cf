package test;

import dev.singleflight.SharedResult;
import dev.singleflight.SingleflightGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import test.Domain.*;

/** Loads made while a monitor is held. */
class Monitors {
  private static final Map<String, Config> DEFAULTS = new HashMap<>();
  private static final SingleflightGroup<String, Config> CONFIGS = SingleflightGroup.create();

  private final Object mutex = new Object();
  private final Map<String, User> cache = new HashMap<>();
  private final SingleflightGroup<String, User> users = SingleflightGroup.create();
  private final Repository db;

  Monitors(Repository db) {
    this.db = db;
  }

  User block(String id) {
    synchronized (mutex) {
      User cached = cache.get(id);
      if (cached != null) {
        return cached;
      }
      // BUG: Diagnostic contains: while holding 'mutex'
      User loaded = users.execute(id, db::findUser);
      cache.put(id, loaded);
      return loaded;
    }
  }

  synchronized User method(String id) {
    // BUG: Diagnostic contains: while holding 'this'
    return cache.computeIfAbsent(id, k -> users.execute(k, db::findUser));
  }

  static synchronized Config ofClass(Repository db, String name) {
    // BUG: Diagnostic contains: while holding 'Monitors.class'
    Config loaded = CONFIGS.execute(name, k -> db.config("all", k));
    DEFAULTS.put(name, loaded);
    return loaded;
  }

  Config classLiteral(String name) {
    synchronized (Monitors.class) {
      // BUG: Diagnostic contains: while holding 'Monitors.class'
      return CONFIGS.execute(name, () -> db.config("all", name));
    }
  }

  User theMapItself(String id) {
    synchronized (cache) {
      if (!cache.containsKey(id)) {
        // BUG: Diagnostic contains: while holding 'cache'
        cache.put(id, users.execute(id, k -> db.findUser(k)));
      }
      return cache.get(id);
    }
  }

  SharedResult<User> thisMonitor(String id) {
    synchronized (this) {
      // BUG: Diagnostic contains: while holding 'this'
      return users.executeShared(id, k -> db.findUser(k));
    }
  }

  User impatient(String id) throws TimeoutException {
    synchronized (mutex) {
      // BUG: Diagnostic contains: users.execute
      return users.execute(id, db::findUser, Duration.ofSeconds(2));
    }
  }

  List<User> inLoop(List<String> ids) {
    List<User> found = new ArrayList<>();
    synchronized (mutex) {
      for (String id : ids) {
        // BUG: Diagnostic contains: while holding 'mutex'
        found.add(users.execute(id, db::findUser));
      }
    }
    return found;
  }

  List<User> inStream(List<String> ids) {
    synchronized (mutex) {
      // BUG: Diagnostic contains: while holding 'mutex'
      return ids.stream().map(id -> users.execute(id, db::findUser)).toList();
    }
  }

  void inForEach(List<String> ids) {
    synchronized (cache) {
      // BUG: Diagnostic contains: while holding 'cache'
      ids.forEach(id -> cache.put(id, users.execute(id, db::findUser)));
    }
  }

  User nested(String id) {
    synchronized (mutex) {
      synchronized (cache) {
        cache.remove(id);
      }
      // BUG: Diagnostic contains: while holding 'mutex'
      return users.execute(id, db::findUser);
    }
  }

  User both(String id) {
    synchronized (mutex) {
      synchronized (cache) {
        // BUG: Diagnostic contains: 'mutex' and 'cache'
        return users.execute(id, db::findUser);
      }
    }
  }

  Object bySwitch(String kind, String id) {
    synchronized (mutex) {
      switch (kind) {
        case "user":
          // BUG: Diagnostic contains: while holding 'mutex'
          return users.execute(id, db::findUser);
        case "config":
          // BUG: Diagnostic contains: while holding 'mutex'
          return CONFIGS.execute(id, k -> db.config("all", k));
        default:
          return null;
      }
    }
  }

  Object bySwitchExpression(String kind, String id) {
    synchronized (mutex) {
      return switch (kind) {
        // BUG: Diagnostic contains: while holding 'mutex'
        case "user" -> users.execute(id, db::findUser);
        default -> cache.get(id);
      };
    }
  }

  User throughHelper(String id) {
    synchronized (mutex) {
      // BUG: Diagnostic contains: fetch(…) → users.execute
      return fetch(id);
    }
  }

  User unlocked(String id) {
    return fetch(id);
  }

  private User fetch(String id) {
    return users.execute(id, db::findUser);
  }

  User throughTwoHelpers(String id) {
    synchronized (mutex) {
      // BUG: Diagnostic contains: require(…) → fetch(…) → users.execute
      return require(id);
    }
  }

  User require(String id) {
    User user = fetch(id);
    if (user == null) {
      throw new IllegalArgumentException(id);
    }
    return user;
  }

  synchronized void refresh(String id) {
    cache.remove(id);
    reload(id);
  }

  void refreshAll(List<String> ids) {
    synchronized (this) {
      ids.forEach(this::drop);
      for (String id : ids) {
        reload(id);
      }
    }
  }

  private void drop(String id) {
    cache.remove(id);
  }

  private void reload(String id) {
    // BUG: Diagnostic contains: while holding
    cache.put(id, users.execute(id, db::findUser));
  }

  User finallyReload(String id) {
    synchronized (mutex) {
      try {
        return cache.get(id);
      } finally {
        // BUG: Diagnostic contains: while holding 'mutex'
        users.execute(id, db::findUser);
      }
    }
  }

  User inCatch(String id) {
    synchronized (mutex) {
      try {
        return db.findUser(id);
      } catch (IllegalStateException e) {
        // BUG: Diagnostic contains: while holding 'mutex'
        return users.execute(id, db::findUser);
      }
    }
  }

  User ternary(String id) {
    synchronized (mutex) {
      // BUG: Diagnostic contains: while holding 'mutex'
      return cache.containsKey(id) ? cache.get(id) : users.execute(id, db::findUser);
    }
  }

  User otherFile(String id, UserDirectory directory) {
    synchronized (mutex) {
      // BUG: Diagnostic contains: lookup(…)
      return directory.lookup(id);
    }
  }

  private static final class Registry {
    private final Map<String, User> known = new HashMap<>();
    private final UserDirectory directory;

    Registry(UserDirectory directory) {
      this.directory = directory;
    }

    synchronized User get(String id) {
      User user = known.get(id);
      if (user == null) {
        // BUG: Diagnostic contains: lookup(…)
        user = directory.lookup(id);
        known.put(id, user);
      }
      return user;
    }
  }

  Registry registry(UserDirectory directory) {
    return new Registry(directory);
  }

  User ofParameter(Account account, String id) {
    synchronized (account) {
      // BUG: Diagnostic contains: while holding 'account'
      return account.owner(users.execute(id, db::findUser));
    }
  }

  static class Account {
    private User owner;

    User owner(User owner) {
      this.owner = owner;
      return this.owner;
    }
  }

  User whileWaiting(String id) throws InterruptedException {
    synchronized (mutex) {
      while (cache.isEmpty()) {
        mutex.wait();
      }
      // BUG: Diagnostic contains: while holding 'mutex'
      return users.execute(id, db::findUser);
    }
  }

  Runnable laterButUnderLock(String id) {
    return () -> {
      synchronized (mutex) {
        // BUG: Diagnostic contains: while holding 'mutex'
        cache.put(id, users.execute(id, db::findUser));
      }
    };
  }

  Runnable anonymous(String id) {
    return new Runnable() {
      @Override
      public synchronized void run() {
        // BUG: Diagnostic contains: while holding 'this'
        users.execute(id, db::findUser);
      }
    };
  }
}
