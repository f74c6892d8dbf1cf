package dev.singleflight.shared.jcache;

import dev.singleflight.shared.Event;
import dev.singleflight.shared.TierEngine.Listener;
import dev.singleflight.shared.TierEngine.Registration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryListener;
import javax.cache.event.CacheEntryUpdatedListener;
import org.jspecify.annotations.Nullable;

/** Makes events of a tier of what the cache tells of its entries. */
final class Events {

  private static final System.Logger LOGGER = System.getLogger(JCacheTierEngine.class.getName());

  /** Those of this process. What is sent to other members is a name that means nothing there. */
  private static final Map<String, Events> BY_NAME = new ConcurrentHashMap<>();

  private final String name = UUID.randomUUID().toString();
  private final Cache<String, String> cache;
  private final CacheEntryListenerConfiguration<String, String> configuration;
  private final Map<String, List<Listener>> listeners = new ConcurrentHashMap<>();

  Events(Cache<String, String> cache) {
    this.cache = cache;
    this.configuration =
        new MutableCacheEntryListenerConfiguration<>(
            new ToldByName(name),
            null,
            /* isOldValueRequired= */ false,
            /* isSynchronous= */ false);
    BY_NAME.put(name, this);
    cache.registerCacheEntryListener(configuration);
  }

  /** What a provider may serialize. */
  private static final class ToldByName
      implements Factory<CacheEntryListener<? super String, ? super String>> {
    private static final long serialVersionUID = 1L;

    private final String name;

    ToldByName(String name) {
      this.name = name;
    }

    @Override
    public CacheEntryListener<? super String, ? super String> create() {
      return new Told(name);
    }
  }

  private record Told(String name)
      implements CacheEntryCreatedListener<String, String>,
          CacheEntryUpdatedListener<String, String> {

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> changes) {
      tell(changes);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends String, ? extends String>> changes) {
      tell(changes);
    }

    private void tell(Iterable<CacheEntryEvent<? extends String, ? extends String>> changes) {
      Events events = BY_NAME.get(name);
      if (events != null) {
        changes.forEach(change -> events.changed(change.getKey(), change.getValue()));
      }
    }
  }

  Registration listen(String tier, Listener listener) {
    List<Listener> of = listeners.computeIfAbsent(tier, t -> new CopyOnWriteArrayList<>());
    of.add(listener);
    return () -> of.remove(listener);
  }

  private void changed(String key, String value) {
    try {
      Names names = Names.of(key);
      List<Listener> of = listeners.get(names.tier());
      Event event = of == null ? null : event(names, value);
      if (of != null && event != null) {
        of.forEach(listener -> listener.told(event));
      }
    } catch (RuntimeException e) {
      LOGGER.log(System.Logger.Level.WARNING, "What a cache told of cannot be passed on", e);
    }
  }

  private static @Nullable Event event(Names names, String value) {
    if (names.kind() != Names.Kind.CELL) {
      String origin = Generation.of(value).origin();
      Event.Kind kind =
          names.kind() == Names.Kind.TIER_GENERATION
              ? Event.Kind.TIER_INVALIDATED
              : Event.Kind.TENANT_INVALIDATED;
      return origin == null ? null : new Event(kind, names.tenant(), "", origin);
    }
    Cell cell = Cell.of(value);
    Event.Kind kind =
        switch (cell.last()) {
          case FILLED_FOR_OTHERS -> Event.Kind.FILLED;
          case RELEASED -> Event.Kind.RELEASED;
          case INVALIDATED -> Event.Kind.INVALIDATED;
          case LEASED, TURNED_AWAY, FILLED, RENEWED -> null;
        };
    return kind == null ? null : new Event(kind, names.tenant(), names.key(), cell.detail());
  }

  void close() {
    BY_NAME.remove(name);
    if (!cache.isClosed()) {
      cache.deregisterCacheEntryListener(configuration);
    }
  }
}
