package test;

import com.github.benmanes.caffeine.cache.*;
import dev.singleflight.*;
import dev.singleflight.annotations.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.function.*;

class Profile {}

interface ProfileSource {
  Profile find(String id);
}

interface Redis {
  String get(String k);

  Profile getUser(String k);
}

interface ProfileApi {
  Profile getUser(String id);
}

class Plain {
  SingleflightGroup<String, Profile> g = SingleflightGroup.create();
  ProfileSource db;

  Profile getUser(String id) {
    // BUG: Diagnostic contains: remembers nothing
    return g.execute(id, db::find);
  }
}

class ThroughHelper {
  SingleflightGroup<String, Profile> g = SingleflightGroup.create();
  ProfileSource db;

  Optional<Profile> findUser(String id) {
    // BUG: Diagnostic contains: remembers nothing
    return Optional.ofNullable(load(id));
  }

  private Profile load(String id) {
    return g.execute(id, db::find);
  }
}

class CountsOnly {
  SingleflightGroup<String, Profile> g = SingleflightGroup.create();
  ProfileSource db;
  ConcurrentMap<String, LongAdder> hits = new ConcurrentHashMap<>();

  CompletableFuture<Profile> getUserAsync(String id) {
    hits.computeIfAbsent(id, k -> new LongAdder()).increment();
    // BUG: Diagnostic contains: remembers nothing
    return g.executeAsync(id, db::find);
  }
}

class ByAnnotation {
  ProfileSource db;

  @Coalescing
  // BUG: Diagnostic contains: remembers nothing
  Profile getUser(String id) {
    return db.find(id);
  }
}

class MapCache {
  SingleflightGroup<String, Profile> g = SingleflightGroup.create();
  ProfileSource db;
  Map<String, Profile> cache = new ConcurrentHashMap<>();

  Profile getUser(String id) {
    Profile u = cache.get(id);
    if (u != null) return u;
    return g.execute(
        id,
        k -> {
          Profile l = db.find(k);
          cache.put(k, l);
          return l;
        });
  }
}

class NoReadName {
  SingleflightGroup<String, Profile> g = SingleflightGroup.create();
  ProfileSource db;

  Profile loadUser(String id) {
    return g.execute(id, db::find);
  }

  Profile gettysburg(String id) {
    return g.execute(id, db::find);
  }
}

class ReadsFromRedis {
  SingleflightGroup<String, Profile> g = SingleflightGroup.create();
  Redis redis;

  Profile getUser(String id) {
    return g.execute(id, k -> redis.getUser(k));
  }
}

class LoaderOfACache {
  SingleflightGroup<String, Profile> g = SingleflightGroup.create();
  ProfileSource db;
  LoadingCache<String, Profile> users = Caffeine.newBuilder().build(this::getUser);

  private Profile getUser(String id) {
    return g.execute(id, db::find);
  }

  Profile user(String id) {
    return users.get(id);
  }
}

class KeptInField {
  SingleflightGroup<String, Profile> g = SingleflightGroup.create();
  ProfileSource db;
  volatile Profile memo;

  Profile getUser() {
    Profile u = memo;
    if (u == null) {
      u = g.execute("x", db::find);
      memo = u;
    }
    return u;
  }
}

class Tool<K, V> {
  SingleflightGroup<K, V> g = SingleflightGroup.create();

  V get(K key, Supplier<V> loader) {
    return g.execute(key, k -> loader.get());
  }

  V get2(K key, Supplier<V> loader) {
    return g.execute(key, loader::get);
  }

  V getIt(K key, Loader<K, V, RuntimeException> loader) {
    return g.execute(key, loader);
  }
}

class Delegate implements ProfileApi {
  SingleflightGroup<String, Profile> g = SingleflightGroup.create();
  ProfileSource db;

  public Profile getUser(String id) {
    return g.execute(id, db::find);
  }
}

class CachingDecorator implements ProfileApi {
  final ProfileApi delegate;
  Map<String, Profile> cache = new ConcurrentHashMap<>();

  CachingDecorator(ProfileApi d) {
    delegate = d;
  }

  public Profile getUser(String id) {
    Profile u = cache.get(id);
    if (u == null) {
      u = delegate.getUser(id);
      cache.put(id, u);
    }
    return u;
  }
}

class ProfilePage {
  ProfileApi users;

  Profile show(String id) {
    return users.getUser(id);
  }
}

class CallerKeeps {
  SingleflightGroup<String, Profile> g = SingleflightGroup.create();
  ProfileSource db;

  private Profile findUser(String id) {
    return g.execute(id, db::find);
  }

  Map<String, Profile> cache = new ConcurrentHashMap<>();

  Profile user(String id) {
    Profile u = cache.get(id);
    if (u == null) {
      u = findUser(id);
      cache.put(id, u);
    }
    return u;
  }
}

class Shards {
  SingleflightGroup<String, Profile> g = SingleflightGroup.create();
  ProfileSource db;
  Map<String, ProfileSource> shards = new HashMap<>();

  void add(String s, ProfileSource d) {
    shards.put(s, d);
  }

  Profile getUser(String shard, String id) {
    // BUG: Diagnostic contains: remembers nothing
    return g.execute(shard + id, k -> shards.get(shard).find(id));
  }
}

class OurLoader {
  SingleflightLoader<String, Profile> l;
  ProfileSource db;
  SingleflightGroup<String, Profile> g;

  Profile getUser(String id) {
    return l.get(id);
  }

  Profile getFresh(String id) {
    return g.execute(id, l::get);
  }
}
