package test;

import dev.singleflight.SingleflightGroup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reads that coalesce by what they inherit. */
class Inherited {
  interface Source {
    String read(String key);
  }

  abstract static class Loads<K, V> {
    private final SingleflightGroup<K, V> group = SingleflightGroup.create();

    abstract V load(K key);

    V one(K key) {
      return group.execute(key, this::load);
    }
  }

  abstract static class Keeps<K, V> extends Loads<K, V> {
    private final Map<K, V> kept = new ConcurrentHashMap<>();

    V known(K key) {
      V value = kept.get(key);
      if (value == null) {
        value = one(key);
        kept.put(key, value);
      }
      return value;
    }
  }

  static class Titles extends Loads<String, String> {
    private final Source source;
    private final Names names;

    Titles(Source source, Names names) {
      this.source = source;
      this.names = names;
    }

    @Override
    String load(String key) {
      return source.read(key);
    }

    String getTitle(String key) {
      // BUG: Diagnostic contains: remembers nothing
      return one(key.strip());
    }

    String title(String key) {
      return one(key);
    }

    String getName(String key) {
      return names.getName(key);
    }
  }

  static class Names extends Keeps<String, String> {
    private final Source source;

    Names(Source source) {
      this.source = source;
    }

    @Override
    String load(String key) {
      return source.read(key);
    }

    String getName(String key) {
      return known(key);
    }
  }
}
