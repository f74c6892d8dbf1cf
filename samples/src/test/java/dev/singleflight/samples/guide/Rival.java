package dev.singleflight.samples.guide;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import dev.singleflight.SingleflightGroup;
import dev.singleflight.SingleflightLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.concurrent.ConcurrentMapCache;

/** One of the libraries that are compared, as its users would call it. */
interface Rival {

  @Nullable Object get(Object key, Callable<? extends @Nullable Object> loader) throws Exception;

  void invalidate(Object key);

  /** Returns a caller's future, or null if there are none. */
  default @Nullable CompletableFuture<?> getAsync(Object key, Callable<?> loader) {
    return null;
  }

  /** Returns a new instance of that of a name in the table's head. */
  static Rival named(String name) {
    return switch (name) {
      case "`SingleflightGroup`" -> new Group();
      case "`SingleflightLoader`" -> new CachingLoader();
      case "Guava `Cache`" -> new Guava();
      case "Caffeine `Cache`" -> new CaffeineCache();
      case "Caffeine `AsyncCache`" -> new CaffeineAsyncCache();
      case "Spring `sync = true`" -> new Spring();
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Ours, without a cache. */
  final class Group implements Rival {
    private final SingleflightGroup<Object, @Nullable Object> group = SingleflightGroup.create();

    @Override
    public @Nullable Object get(Object key, Callable<? extends @Nullable Object> loader)
        throws Exception {
      return group.execute(key, loader::call);
    }

    @Override
    public void invalidate(Object key) {
      group.forget(key);
    }

    @Override
    public CompletableFuture<?> getAsync(Object key, Callable<?> loader) {
      return group.executeAsync(key, loader::call);
    }
  }

  /** Ours, with a cache; its loader is what the first caller brings. */
  final class CachingLoader implements Rival {
    private final ConcurrentMap<Object, Callable<? extends @Nullable Object>> next =
        new ConcurrentHashMap<>();
    private final SingleflightLoader<Object, @Nullable Object> loader =
        SingleflightLoader.newBuilder().build(key -> next.getOrDefault(key, () -> null).call());

    @Override
    public @Nullable Object get(Object key, Callable<? extends @Nullable Object> load) {
      next.put(key, load);
      return loader.get(key);
    }

    @Override
    public void invalidate(Object key) {
      loader.invalidate(key);
    }

    @Override
    public CompletableFuture<?> getAsync(Object key, Callable<?> load) {
      next.put(key, load);
      return loader.getAsync(key);
    }
  }

  /** What {@code LoadingCache.get} is made of, with a loader for each call. */
  final class Guava implements Rival {
    private final com.google.common.cache.Cache<Object, Object> cache =
        CacheBuilder.newBuilder().build();

    @Override
    @SuppressWarnings("NullAway") // what becomes of null is what is asked
    public @Nullable Object get(Object key, Callable<? extends @Nullable Object> loader)
        throws Exception {
      return cache.get(key, loader);
    }

    @Override
    public void invalidate(Object key) {
      cache.invalidate(key);
    }
  }

  /** What {@code LoadingCache.get} is made of, with a loader for each call. */
  final class CaffeineCache implements Rival {
    private final com.github.benmanes.caffeine.cache.Cache<Object, @Nullable Object> cache =
        Caffeine.newBuilder().build();

    @Override
    public @Nullable Object get(Object key, Callable<? extends @Nullable Object> loader) {
      return cache.get(key, unchecked(loader));
    }

    @Override
    public void invalidate(Object key) {
      cache.invalidate(key);
    }
  }

  /** With an executor that never runs short of threads, to show what is not its fault. */
  final class CaffeineAsyncCache implements Rival {
    private static final Executor THREADS =
        task -> {
          Thread thread = new Thread(task, "async cache");
          thread.setDaemon(true);
          thread.start();
        };
    private final AsyncCache<Object, @Nullable Object> cache =
        Caffeine.newBuilder().executor(THREADS).buildAsync();

    @Override
    public @Nullable Object get(Object key, Callable<? extends @Nullable Object> loader)
        throws Exception {
      return cache.get(key, unchecked(loader)).get();
    }

    @Override
    public void invalidate(Object key) {
      cache.synchronous().invalidate(key);
    }

    @Override
    public CompletableFuture<?> getAsync(Object key, Callable<?> loader) {
      return cache.get(key, unchecked(loader));
    }
  }

  /** What {@code @Cacheable(sync = true)} calls, of the cache that Spring brings along. */
  final class Spring implements Rival {
    private final ConcurrentMapCache cache = new ConcurrentMapCache("cache");

    @Override
    @SuppressWarnings("NullAway") // its callable may return null, which its annotations do not say
    public @Nullable Object get(Object key, Callable<? extends @Nullable Object> loader) {
      return cache.get(key, loader);
    }

    @Override
    public void invalidate(Object key) {
      cache.evict(key);
    }
  }

  private static Function<Object, @Nullable Object> unchecked(
      Callable<? extends @Nullable Object> loader) {
    return key -> {
      try {
        return loader.call();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new CompletionException(e);
      }
    };
  }
}
