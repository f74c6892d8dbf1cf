package test;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/** Locks taken inside a map's function, under which others change the map. */
class CrossedLocks {

  /** Tags are written under the lock under which they are forgotten. */
  static class Tags {
    private final Object writing = new Object();
    private final ConcurrentMap<String, String> tags = new ConcurrentHashMap<>();
    private final Cache<String, String> cached = Caffeine.newBuilder().build();
    private int written;

    void forget() {
      synchronized (writing) {
        written = 0;
        tags.clear();
        cached.invalidateAll();
      }
    }

    String byHelper(String name) {
      // BUG: Diagnostic contains: takes 'writing' while the map holds the lock of a bin
      return tags.computeIfAbsent(name, this::write);
    }

    String inLambda(String name) {
      return tags.computeIfAbsent(
          name,
          key -> {
            // BUG: Diagnostic contains: 'tags.clear()' wants the bin while 'writing' is held
            synchronized (writing) {
              written++;
              return "#" + key;
            }
          });
    }

    String throughHelper(String name) {
      return tags.computeIfAbsent(
          name,
          key ->
              // BUG: Diagnostic contains: wait for each other for ever
              "#" + write(key));
    }

    String fromCaffeine(String name) {
      // BUG: Diagnostic contains: takes 'writing' while the map holds
      return cached.get(name, this::write);
    }

    private String write(String name) {
      synchronized (writing) {
        written++;
        return "#" + name;
      }
    }
  }

  /** A queue of what is to go, kept by a function that wraps the loader. */
  static class Bounded<K, V> {
    interface Maker<K, V> {
      V make(K key);
    }

    private final ConcurrentMap<K, V> values = new ConcurrentHashMap<>();
    private final Deque<K> queue = new ArrayDeque<>();
    private final Maker<K, V> maker;

    Bounded(Maker<K, V> maker) {
      this.maker = queued(maker);
    }

    V get(K key) {
      try {
        // BUG: Diagnostic contains: takes 'queue' while the map holds the lock of a bin
        return values.computeIfAbsent(key, maker::make);
      } finally {
        expunge();
      }
    }

    private Maker<K, V> queued(Maker<K, V> made) {
      if (made == null) {
        return key -> null;
      }
      return key -> {
        V value = made.make(key);
        synchronized (queue) {
          queue.addFirst(key);
        }
        return value;
      };
    }

    private void expunge() {
      synchronized (queue) {
        while (queue.size() > 10) {
          values.remove(queue.removeLast());
        }
      }
    }
  }

  /** Its own monitor, and a lock. */
  static class Monitors {
    private final Map<String, List<String>> lists = new ConcurrentHashMap<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int made;

    synchronized void drop(String key) {
      lists.remove(key);
    }

    List<String> list(String key) {
      // BUG: Diagnostic contains: takes 'this' while the map holds the lock of a bin
      return lists.computeIfAbsent(key, k -> make());
    }

    private synchronized List<String> make() {
      made++;
      return new ArrayList<>();
    }

    void rename(String key, String name) {
      lock.lock();
      try {
        names.put(key, name);
      } finally {
        lock.unlock();
      }
    }

    String name(String key) {
      return names.computeIfAbsent(
          key,
          k -> {
            // BUG: Diagnostic contains: takes 'lock' while the map holds the lock of a bin
            lock.lock();
            try {
              return k + made;
            } finally {
              lock.unlock();
            }
          });
    }
  }

  /** The same locks in one order, or others. */
  static class NearMisses {
    private final Object lock = new Object();
    private final Object other = new Object();
    private final ReentrantLock perhaps = new ReentrantLock();
    private final ConcurrentMap<String, String> always = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, String> read = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, String> apart = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, String> tried = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Runnable> later = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Part> parts = new ConcurrentHashMap<>();
    private final Map<String, String> plain = new HashMap<>();
    private String prefix = "";

    /** The lock is always taken first. */
    String lockedBefore(String name) {
      synchronized (lock) {
        return always.computeIfAbsent(name, this::write);
      }
    }

    void clearAlways() {
      synchronized (lock) {
        always.clear();
      }
    }

    private String write(String name) {
      synchronized (lock) {
        return prefix + name;
      }
    }

    /** A look does not wait for a bin. */
    String onlyLookedAt(String name) {
      return read.computeIfAbsent(name, this::write);
    }

    boolean has(String name) {
      synchronized (lock) {
        return read.containsKey(name) || read.get(name) != null;
      }
    }

    /** The map is changed under another lock, and without one. */
    String another(String name) {
      return apart.computeIfAbsent(name, this::write);
    }

    void clearApart() {
      synchronized (other) {
        apart.clear();
      }
      apart.remove(prefix);
    }

    /** Who only tries does not wait. */
    String tried(String name) {
      return tried.computeIfAbsent(
          name,
          key -> {
            if (perhaps.tryLock()) {
              perhaps.unlock();
            }
            return key;
          });
    }

    void clearTried() {
      perhaps.lock();
      try {
        tried.clear();
      } finally {
        perhaps.unlock();
      }
    }

    /** What is kept takes the lock when it is run, not when it is made. */
    Runnable later(String name) {
      return later.computeIfAbsent(
          name,
          key ->
              () -> {
                synchronized (lock) {
                  prefix = key;
                }
              });
    }

    void clearLater() {
      synchronized (lock) {
        later.clear();
      }
    }

    /** Each part has a monitor of its own. */
    Part part(String name) {
      return parts.computeIfAbsent(
          name,
          key -> {
            Part part = new Part();
            part.start();
            return part;
          });
    }

    synchronized void clearParts() {
      parts.clear();
    }

    static class Part {
      private int started;

      synchronized void start() {
        started++;
      }
    }

    /** A map that locks nothing. */
    String plain(String name) {
      return plain.computeIfAbsent(name, this::write);
    }

    void clearPlain() {
      synchronized (lock) {
        plain.clear();
      }
    }
  }
}
