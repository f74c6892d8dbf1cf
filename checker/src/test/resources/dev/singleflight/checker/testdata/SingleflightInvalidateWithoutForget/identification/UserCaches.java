// Over 400 lines: a list of cases of a few lines each, which share what stands at the top.
package test;

import com.github.benmanes.caffeine.cache.*;
import dev.singleflight.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;

class Account {
  String id;
  String email;

  String id() {
    return id;
  }
}

interface Accounts {
  Account find(String id);

  void save(Account u);

  void updateEmail(String id, String email);

  void deleteById(String id);

  List<Account> all();
}

interface AuditLog {
  void record(String what);

  void saveEntry(String what);
}

class DropOnly {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Map<String, Account> cache = new ConcurrentHashMap<>();
  private final Accounts repository;

  DropOnly(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    Account cached = cache.get(id);
    if (cached != null) return cached;
    return group.execute(
        id,
        k -> {
          Account u = repository.find(k);
          cache.put(k, u);
          return u;
        });
  }

  void invalidate(String id) {
    // BUG: Diagnostic contains: Singleflight
    cache.remove(id);
  }
}

class DropAndForget {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Map<String, Account> cache = new ConcurrentHashMap<>();
  private final Accounts repository;

  DropAndForget(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    Account cached = cache.get(id);
    if (cached != null) return cached;
    return group.execute(
        id,
        k -> {
          Account u = repository.find(k);
          cache.put(k, u);
          return u;
        });
  }

  void invalidate(String id) {
    cache.remove(id);
    group.forget(id);
  }
}

class LeaderPuts {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Cache<String, Account> cache = Caffeine.newBuilder().build();
  private final Accounts repository;

  LeaderPuts(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    Account cached = cache.getIfPresent(id);
    if (cached != null) return cached;
    Account loaded = group.execute(id, repository::find);
    cache.put(id, loaded);
    return loaded;
  }

  void rename(Account u) {
    repository.save(u);
    // BUG: Diagnostic contains: Singleflight
    cache.invalidate(u.id());
  }
}

class UnderALock {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Map<String, Account> cache = new HashMap<>();
  private final Lock lock = new ReentrantLock();
  private final Accounts repository;

  UnderALock(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    Account cached = lookup(id);
    return cached != null ? cached : group.execute(id, this::loadAndRemember);
  }

  private Account lookup(String id) {
    lock.lock();
    try {
      return cache.get(id);
    } finally {
      lock.unlock();
    }
  }

  private Account loadAndRemember(String id) {
    Account u = repository.find(id);
    remember(id, u);
    return u;
  }

  private void remember(String id, Account u) {
    lock.lock();
    try {
      cache.put(id, u);
    } finally {
      lock.unlock();
    }
  }

  void evict(String id) {
    lock.lock();
    try {
      // BUG: Diagnostic contains: Singleflight
      cache.remove(id);
    } finally {
      lock.unlock();
    }
  }
}

// not: helper, caller forgets
class CallerForgets {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Map<String, Account> cache = new ConcurrentHashMap<>();
  private final Accounts repository;

  CallerForgets(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    return group.execute(
        id,
        k -> {
          Account u = repository.find(k);
          cache.put(k, u);
          return u;
        });
  }

  void update(Account u) {
    repository.save(u);
    drop(u.id());
    group.forget(u.id());
  }

  private void drop(String id) {
    cache.remove(id);
  }
}

class AccountCache {
  private final Map<String, Account> entries = new ConcurrentHashMap<>();

  Account get(String id) {
    return entries.get(id);
  }

  void put(String id, Account u) {
    entries.put(id, u);
  }

  void evict(String id) {
    entries.remove(id);
  }
}

class OwnCacheType {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final AccountCache cache = new AccountCache();
  private final Accounts repository;

  OwnCacheType(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    Account cached = cache.get(id);
    return cached != null
        ? cached
        : group.execute(
            id,
            k -> {
              Account u = repository.find(k);
              cache.put(k, u);
              return u;
            });
  }

  void changed(String id) {
    // BUG: Diagnostic contains: Singleflight
    cache.evict(id);
  }
}

class SharesItsMap {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Map<String, Account> cache = new ConcurrentHashMap<>();
  private final ChangeListener invalidator = new ChangeListener(cache);
  private final Accounts repository;

  SharesItsMap(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    return group.execute(
        id,
        k -> {
          Account u = repository.find(k);
          cache.put(k, u);
          return u;
        });
  }
}

class ChangeListener {
  private final Map<String, Account> cache;

  ChangeListener(Map<String, Account> cache) {
    this.cache = cache;
  }

  void onUserChanged(String id) {
    // BUG: Diagnostic contains: Singleflight
    cache.remove(id);
  }
}

class HandsOutItsMap {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Map<String, Account> cache = new ConcurrentHashMap<>();
  private final Accounts repository;

  HandsOutItsMap(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    return group.execute(
        id,
        k -> {
          Account u = repository.find(k);
          cache.put(k, u);
          return u;
        });
  }

  Map<String, Account> cache() {
    return cache;
  }
}

class AdminConsole {
  private final HandsOutItsMap users;

  AdminConsole(HandsOutItsMap users) {
    this.users = users;
  }

  void flush(String id) {
    // BUG: Diagnostic contains: Singleflight
    users.cache().remove(id);
  }
}

class StoredByCallback {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Map<String, Account> cache = new ConcurrentHashMap<>();
  private final Accounts repository;

  StoredByCallback(Accounts repository) {
    this.repository = repository;
  }

  CompletableFuture<Account> user(String id) {
    return group
        .executeAsync(id, repository::find)
        .thenApply(
            u -> {
              cache.put(id, u);
              return u;
            });
  }

  void reset() {
    // BUG: Diagnostic contains: Singleflight
    cache.clear();
  }
}

// not: generation
class CountsChanges {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Map<String, Account> cache = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();
  private final Accounts repository;

  CountsChanges(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    long before = changes.get();
    return group.execute(
        id,
        k -> {
          Account u = repository.find(k);
          if (changes.get() == before) {
            cache.put(k, u);
          }
          return u;
        });
  }

  void invalidate(String id) {
    changes.incrementAndGet();
    cache.remove(id);
  }
}

// not: per-key versions
class CountsPerKey {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Map<String, Account> cache = new ConcurrentHashMap<>();
  private final Map<String, Integer> marks = new ConcurrentHashMap<>();
  private final Accounts repository;

  CountsPerKey(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    return group.execute(id, this::load);
  }

  private Account load(String id) {
    Integer seen = marks.getOrDefault(id, 0);
    Account u = repository.find(id);
    if (!seen.equals(marks.getOrDefault(id, 0))) {
      return u;
    }
    cache.put(id, u);
    return u;
  }

  void invalidate(String id) {
    marks.merge(id, 1, Integer::sum);
    cache.remove(id);
  }
}

// not: other map, expiry, listener, close, conditional
class Housekeeping {
  record Entry(Account user, long at) {
    boolean isExpired(long now) {
      return now - at > 1000;
    }
  }

  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Map<String, Entry> cache = new ConcurrentHashMap<>();
  private final Map<String, String> sessions = new ConcurrentHashMap<>();
  private final Accounts repository;

  Housekeeping(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    Entry e = cache.get(id);
    if (e != null && !e.isExpired(System.currentTimeMillis())) return e.user();
    if (e != null) cache.remove(id, e);
    return group.execute(
        id,
        k -> {
          Account u = repository.find(k);
          cache.put(k, new Entry(u, System.currentTimeMillis()));
          return u;
        });
  }

  void logout(String id) {
    sessions.remove(id);
  }

  void sweep() {
    long now = System.currentTimeMillis();
    cache.values().removeIf(e -> e.isExpired(now));
  }

  void purge() {
    long now = System.currentTimeMillis();
    for (String k : cache.keySet()) {
      Entry e = cache.get(k);
      if (e != null && e.isExpired(now)) cache.remove(k);
    }
  }

  void close() {
    cache.clear();
  }

  void shrink2() {
    while (cache.size() > 100) {
      cache.remove(cache.keySet().iterator().next());
    }
  }
}

// not: Caffeine loads by itself
class LoadedByCaffeine {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Accounts repository;
  private final LoadingCache<String, Account> cache;

  LoadedByCaffeine(Accounts repository) {
    this.repository = repository;
    this.cache = Caffeine.newBuilder().build(id -> group.execute(id, repository::find));
  }

  Account user(String id) {
    return cache.get(id);
  }

  void invalidate(String id) {
    cache.invalidate(id);
  }
}

class FieldMemo {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Accounts repository;
  private volatile Account current;

  FieldMemo(Accounts repository) {
    this.repository = repository;
  }

  Account user() {
    Account c = current;
    if (c != null) return c;
    return group.execute(
        "current",
        k -> {
          Account u = repository.find(k);
          current = u;
          return u;
        });
  }

  void invalidate() {
    // BUG: Diagnostic contains: Singleflight
    current = null;
  }
}

class InvalidatesFirst {
  private final SingleflightLoader<String, Account> loader;
  private final Accounts repository;

  InvalidatesFirst(Accounts repository) {
    this.repository = repository;
    this.loader = SingleflightLoader.newBuilder().build(repository::find);
  }

  Account user(String id) {
    return loader.get(id);
  }

  void update(Account user) {
    // BUG: Diagnostic contains: Singleflight
    loader.invalidate(user.id());
    repository.save(user);
  }
}

class InvalidatesAfter {
  private final SingleflightLoader<String, Account> loader;
  private final Accounts repository;
  private final AuditLog audit;

  InvalidatesAfter(Accounts repository, AuditLog audit) {
    this.repository = repository;
    this.audit = audit;
    this.loader = SingleflightLoader.newBuilder().build(repository::find);
  }

  Account user(String id) {
    return loader.get(id);
  }

  void update(Account user) {
    repository.save(user);
    loader.invalidate(user.id());
    audit.saveEntry("x");
  }

  void twice(Account user) {
    loader.invalidate(user.id());
    repository.save(user);
    loader.invalidate(user.id());
  }

  Account fresh(String id) {
    loader.invalidate(id);
    return repository.find(id);
  }

  void either(Account u, boolean write) {
    if (write) {
      repository.save(u);
    } else {
      loader.invalidate(u.id());
    }
  }
}

class ForgetsFirst {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Map<String, Account> cache = new ConcurrentHashMap<>();
  private final Accounts repository;

  ForgetsFirst(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    return group.execute(
        id,
        k -> {
          Account u = repository.find(k);
          cache.put(k, u);
          return u;
        });
  }

  void changeEmail(String id, String email) {
    // BUG: Diagnostic contains: Singleflight
    cache.remove(id);
    group.forget(id);
    persist(id, email);
  }

  private void persist(String id, String email) {
    repository.updateEmail(id, email);
  }
}

class KeepsFutures {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Map<String, CompletableFuture<Account>> futures = new ConcurrentHashMap<>();
  private final Accounts repository;

  KeepsFutures(Accounts repository) {
    this.repository = repository;
  }

  CompletableFuture<Account> user(String id) {
    CompletableFuture<Account> f =
        futures.computeIfAbsent(id, k -> group.executeAsync(k, repository::find));
    f.whenComplete(
        (u, e) -> {
          if (e != null) futures.remove(id, f);
        });
    return f;
  }

  void invalidate(String id) {
    // BUG: Diagnostic contains: Singleflight
    futures.remove(id);
  }
}

class ForgetsAnotherGroup {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final SingleflightGroup<String, Account> other = SingleflightGroup.create();
  private final Map<String, Account> cache = new ConcurrentHashMap<>();
  private final Accounts repository;

  ForgetsAnotherGroup(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    return group.execute(
        id,
        k -> {
          Account u = repository.find(k);
          cache.put(k, u);
          return u;
        });
  }

  void invalidate(Collection<String> ids) {
    // BUG: Diagnostic contains: Singleflight
    ids.forEach(cache::remove);
    other.forgetAll();
  }
}

abstract class CachingBase {
  protected final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  protected final Map<String, Account> cache = new ConcurrentHashMap<>();

  abstract Account load(String id);

  Account user(String id) {
    return group
        .executeShared(
            id,
            k -> {
              Account u = load(k);
              cache.put(k, u);
              return u;
            })
        .value();
  }
}

class InSubclass extends CachingBase {
  private final Accounts repository;

  InSubclass(Accounts repository) {
    this.repository = repository;
  }

  @Override
  Account load(String id) {
    return repository.find(id);
  }

  void onChange(String id) {
    // BUG: Diagnostic contains: Singleflight
    cache.remove(id);
  }
}

// not: failure cleanup
class DropsAfterFailure {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Map<String, Account> cache = new ConcurrentHashMap<>();
  private final Accounts repository;

  DropsAfterFailure(Accounts repository) {
    this.repository = repository;
  }

  Account user(String id) {
    try {
      return group.execute(
          id,
          k -> {
            Account u = repository.find(k);
            cache.put(k, u);
            return u;
          });
    } catch (RuntimeException e) {
      cache.remove(id);
      throw e;
    }
  }
}

class RefreshJoinsOldLoad {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final Cache<String, Account> cache = Caffeine.newBuilder().build();
  private final Accounts repository;

  RefreshJoinsOldLoad(Accounts repository) {
    this.repository = repository;
  }

  Account refresh(String id) {
    // BUG: Diagnostic contains: Singleflight
    cache.asMap().remove(id);
    return group.execute(
        id,
        k -> {
          Account u = repository.find(k);
          cache.put(k, u);
          return u;
        });
  }
}

class ReferenceMemo {
  private final SingleflightGroup<String, Account> group = SingleflightGroup.create();
  private final AtomicReference<Account> memo = new AtomicReference<>();
  private final Accounts repository;

  ReferenceMemo(Accounts repository) {
    this.repository = repository;
  }

  Account user() {
    Account u = memo.get();
    if (u == null) {
      u = group.execute("x", repository::find);
      memo.set(u);
    }
    return u;
  }

  void clear() {
    // BUG: Diagnostic contains: Singleflight
    memo.set(null);
  }
}
