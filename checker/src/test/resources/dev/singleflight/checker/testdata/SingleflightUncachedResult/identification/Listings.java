package test;

import com.github.benmanes.caffeine.cache.*;
import dev.singleflight.*;
import dev.singleflight.annotations.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.concurrent.locks.*;
import java.util.function.*;

class ListRate {
  static final ListRate ZERO = new ListRate();
}

interface ListRateApi {
  ListRate fetch(String c) throws ListRemoteException;

  ListRate now(String c);

  void store(ListRate r);
}

class ListRemoteException extends Exception {}

interface ListKeyValue<K, V> {
  V read(K k);

  void write(K k, V v);

  void erase(K k);
}

class InTry {
  final SingleflightGroup<String, ListRate> g = SingleflightGroup.create();
  final ListRateApi api = null;

  Optional<ListRate> findRate(String c) {
    try {
      // BUG: Diagnostic contains: remembers nothing
      return Optional.of(g.execute(c, api::fetch));
    } catch (ListRemoteException e) {
      return Optional.empty();
    }
  }
}

class LocalMapOnly {
  final SingleflightGroup<String, List<ListRate>> g = SingleflightGroup.create();
  final Function<String, List<ListRate>> db = null;

  List<ListRate> findAll(String c) {
    Map<String, ListRate> byName = new HashMap<>();
    // BUG: Diagnostic contains: remembers nothing
    List<ListRate> l = g.execute(c, db::apply);
    for (ListRate r : l) byName.put(r.toString(), r);
    return new ArrayList<>(byName.values());
  }
}

class NamedMemo {
  interface Memo<K, V> {
    @Coalescing
    V run(@Key K key, Supplier<V> s);
  }

  final Memo<String, ListRate> m = null;
  final ListRateApi api = null;

  ListRate getRate(String c) {
    return m.run(c, () -> api.now(c));
  }
}

class SeenBefore {
  interface RateStore {
    ListRate getCached(String c);
  }

  final SingleflightGroup<String, ListRate> g = SingleflightGroup.create();
  final Map<String, ListRate> seen = new ConcurrentHashMap<>();
  final ListRateApi api = null;

  ListRate getRate(String c) {
    return seen.getOrDefault(c, null) != null ? seen.get(c) : g.execute(c, this::fetchAndKeep);
  }

  private ListRate fetchAndKeep(String c) {
    ListRate r = api.now(c);
    seen.putIfAbsent(c, r);
    return r;
  }
}

class MemoReference {
  final SingleflightGroup<String, ListRate> g = SingleflightGroup.create();
  final ListRateApi api = null;
  final AtomicReference<ListRate> memo = new AtomicReference<>();

  ListRate getRate() {
    ListRate r = memo.get();
    return r != null
        ? r
        : g.execute(
            "x",
            k -> {
              ListRate l = api.now(k);
              memo.set(l);
              return l;
            });
  }
}
