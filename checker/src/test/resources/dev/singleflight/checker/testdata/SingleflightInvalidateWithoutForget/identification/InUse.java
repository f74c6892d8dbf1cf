package test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What follows a removal and writes nothing that a load reads. */
class InUse {
  record Field(int id, String name) {}

  interface Query {
    void setParameter(String name, Object value);

    Field single();
  }

  interface Repository {
    Query createQuery(String text);

    Field load(int id);

    void save(Field field);
  }

  /** The order of use, from the least recent on. */
  interface UseOrder {
    Object offer(Entry entry);

    boolean removeToken(Object token);
  }

  static final class Entry {
    private final String key;
    private Object token;

    Entry(String key) {
      this.key = key;
    }

    Object clearToken() {
      Object old = token;
      token = null;
      return old;
    }
  }

  private final Map<String, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Field> fields = new ConcurrentHashMap<>();
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final UseOrder order;
  private final Repository fieldRows;

  InUse(UseOrder order, Repository fieldRows) {
    this.order = order;
    this.fieldRows = fieldRows;
  }

  /** What comes after the removal is the load itself. */
  Field byName(String name) {
    Integer id = ids.get(name);
    if (id != null) {
      Field field = fieldRows.load(id);
      if (field.name().equals(name)) {
        return field;
      }
      ids.remove(name);
    }
    Query query = fieldRows.createQuery("from Field where name = :name");
    query.setParameter("name", name);
    Field found = query.single();
    ids.put(name, found.id());
    return found;
  }

  Field byId(Integer id) {
    return fields.computeIfAbsent(id, fieldRows::load);
  }

  void rename(Field field) {
    // BUG: Diagnostic contains: comes before the write that it is meant for
    fields.remove(field.id());
    fieldRows.save(field);
  }

  Entry entry(String key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      entry = new Entry(key);
      entries.put(key, entry);
      entry.token = order.offer(entry);
    }
    return entry;
  }

  /** The queue is told of the very entry that was taken out. */
  void remove(String key) {
    Entry removed = entries.remove(key);
    if (removed != null) {
      Object token = removed.clearToken();
      if (token != null) {
        order.removeToken(token);
      }
    }
  }

  /** Closes what it is given, if it is given something. */
  static final class Resources {
    static void close(AutoCloseable resource) {
      try {
        if (resource != null) {
          resource.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final Map<String, Field> started = new ConcurrentHashMap<>();
  private final Map<String, AutoCloseable> open = new ConcurrentHashMap<>();

  Field start(String name) {
    return started.computeIfAbsent(
        name,
        n -> {
          open.get(n);
          return fieldRows.load(n.length());
        });
  }

  void stop(String name) {
    started.remove(name);
    Resources.close(open.remove(name));
  }

  interface Answer {
    void addAll(Map<String, Object> values);
  }

  private final Map<String, Integer> versions = new ConcurrentHashMap<>();

  /** What is told to whoever asked is read by no load. */
  void answer(String name, boolean changed, Answer answer) {
    if (changed) {
      versions.remove(name);
    }
    Integer version = versions.get(name);
    if (version == null) {
      version = fieldRows.load(name.length()).id();
      versions.put(name, version);
    }
    answer.addAll(Map.of("version", version));
  }
}
