package test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Keys that iterators give, and keys that name a thread. */
class IteratedKeys {
  interface Hook {
    int factoryId();

    String make();
  }

  /** Has more than one method that an interface asks for, so it is no function. */
  static final class Instances<T> implements Iterator<T> {
    private final Iterator<Class<T>> classes;

    Instances(Iterator<Class<T>> classes) {
      this.classes = classes;
    }

    @Override
    public boolean hasNext() {
      return classes.hasNext();
    }

    @Override
    public T next() {
      try {
        return classes.next().getDeclaredConstructor().newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  static final class Slot {
    final String name;

    Slot(String name) {
      this.name = name;
    }
  }

  static final class Slots implements Iterator<Slot> {
    private final Iterator<String> names;

    Slots(List<String> names) {
      this.names = names.iterator();
    }

    @Override
    public boolean hasNext() {
      return names.hasNext();
    }

    @Override
    public Slot next() {
      return new Slot(names.next());
    }
  }

  private final Map<Integer, String> factories = new HashMap<>();
  private final Map<Slot, String> bySlot = new HashMap<>();
  private final ConcurrentMap<String, Long> ids = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Long> seen = new ConcurrentHashMap<>();

  void load(Iterator<Class<Hook>> classes) {
    Iterator<Hook> hooks = new Instances<>(classes);
    while (hooks.hasNext()) {
      Hook hook = hooks.next();
      register(hook.factoryId(), hook.make());
    }
  }

  private void register(int factoryId, String factory) {
    if (!factories.containsKey(factoryId)) {
      factories.put(factoryId, factory);
    }
  }

  String slot(List<String> names) {
    Slot slot = new Slots(names).next();
    // BUG: Diagnostic contains: is a new Slot, which has no equals
    String known = bySlot.get(slot);
    if (known == null) {
      known = slot.name.trim();
      bySlot.put(slot, known);
    }
    return known;
  }

  private final List<Slot> slots = new ArrayList<>();

  /** There is one for each name: who makes it keeps it. */
  String registered(String name) {
    Slot slot = slotOf(name);
    String known = bySlot.get(slot);
    if (known == null) {
      known = name.trim();
      bySlot.put(slot, known);
    }
    return known;
  }

  private Slot slotOf(String name) {
    Slot slot = new Slot(name);
    slots.add(slot);
    return slot;
  }

  private final Map<String, String> running = new ConcurrentHashMap<>();

  /** An id that others ask with. */
  String started(String own, String query) {
    String id = own != null ? own : "q" + UUID.randomUUID();
    while (running.get(id) != null) {
      id = "q" + UUID.randomUUID();
    }
    running.put(id, query.trim());
    return id;
  }

  /** An id for each thread is what the map is for. */
  Long idOfThread(String group) {
    String key = group + "/" + Thread.currentThread().getId();
    Long known = ids.get(key);
    if (known == null) {
      known = ask(group);
      Long other = ids.putIfAbsent(key, known);
      return other == null ? known : other;
    }
    return known;
  }

  Long idOfMoment(String group) {
    String key = group + "/" + System.nanoTime();
    // BUG: Diagnostic contains: is the time of the call
    return seen.computeIfAbsent(key, k -> ask(group));
  }

  private static Long ask(String group) {
    return (long) group.length();
  }
}
