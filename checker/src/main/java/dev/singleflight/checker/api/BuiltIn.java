package dev.singleflight.checker.api;

import static dev.singleflight.checker.api.Api.keyOnly;
import static dev.singleflight.checker.api.Api.keyThenLoader;
import static dev.singleflight.checker.api.Api.loaderOnly;
import static dev.singleflight.checker.api.Trait.ASYNC;
import static dev.singleflight.checker.api.Trait.BLOCKS;
import static dev.singleflight.checker.api.Trait.BULK;
import static dev.singleflight.checker.api.Trait.CACHES;
import static dev.singleflight.checker.api.Trait.COALESCES;
import static dev.singleflight.checker.api.Trait.CREATES;
import static dev.singleflight.checker.api.Trait.EXPIRES;
import static dev.singleflight.checker.api.Trait.FORGETS;
import static dev.singleflight.checker.api.Trait.HOLDS_LOCK;
import static dev.singleflight.checker.api.Trait.JOINS;
import static dev.singleflight.checker.api.Trait.KEEPS_LOADER;
import static dev.singleflight.checker.api.Trait.SELECTS;
import static dev.singleflight.checker.api.Trait.SHARES;
import static dev.singleflight.checker.api.Trait.VALUE;
import static dev.singleflight.checker.api.Trait.VIEWS;

import com.google.common.collect.ImmutableList;

/** The APIs that are known without being told. To add one, add a row, and one in docs/apis.md. */
final class BuiltIn {
  static final String GROUP = "dev.singleflight.SingleflightGroup";
  private static final String LOADER = "dev.singleflight.SingleflightLoader";
  private static final String BUILDER = LOADER + ".Builder";
  private static final String TENANTS = "dev.singleflight.TenantLoader";
  private static final String MAP = "java.util.Map";
  private static final String CONCURRENT_MAP = "java.util.concurrent.ConcurrentMap";
  private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.";
  private static final String GUAVA = "com.google.common.cache.";
  private static final String SPRING = "org.springframework.cache.Cache";
  private static final String JETCACHE = "com.alicp.jetcache.Cache";
  private static final String CACHE2K = "org.cache2k.";
  private static final String QUARKUS = "io.quarkus.cache.Cache";
  private static final String MICRONAUT = "io.micronaut.cache.";

  private static final ImmutableList<Api> OWN =
      ImmutableList.of(
          keyThenLoader(GROUP, "execute", COALESCES, BLOCKS),
          keyThenLoader(GROUP, "executeShared", COALESCES, BLOCKS),
          keyThenLoader(GROUP, "executeAsync", COALESCES, ASYNC),
          keyOnly(GROUP, "forget", 1, FORGETS),
          keyOnly(GROUP, "create", 0, CREATES),
          keyOnly(GROUP + ".Builder", "build", 0, CREATES),
          loaderOnly(BUILDER, "build", COALESCES, CACHES, KEEPS_LOADER, CREATES),
          loaderOnly(BUILDER, "buildPerTenant", COALESCES, CACHES, KEEPS_LOADER, CREATES),
          keyOnly(LOADER, "get", 1, COALESCES, BLOCKS, CACHES),
          keyOnly(LOADER, "getAsync", 1, COALESCES, ASYNC, CACHES),
          // of keys, none of which is the key
          keyOnly(LOADER, "getAll", 0, COALESCES, BLOCKS, CACHES),
          // loads nothing, but gives what others are given
          keyOnly(LOADER, "getIfPresent", 1, COALESCES, CACHES),
          keyOnly(LOADER, "refresh", 1, COALESCES, ASYNC, CACHES),
          keyOnly(LOADER, "invalidate", 1, FORGETS),
          keyOnly(LOADER, "invalidateAll", 0, FORGETS),
          keyOnly(TENANTS, "get", 2, COALESCES, BLOCKS, CACHES),
          keyOnly(TENANTS, "getAsync", 2, COALESCES, ASYNC, CACHES),
          keyOnly(TENANTS, "getAll", 1, COALESCES, BLOCKS, CACHES),
          keyOnly(TENANTS, "forTenant", 1, SELECTS),
          keyOnly(TENANTS, "invalidate", 2, FORGETS),
          keyOnly(TENANTS, "invalidateAll", 1, FORGETS));

  private static final ImmutableList<Api> MAPS =
      ImmutableList.of(
          // these hold a lock of their own while the loader runs
          keyThenLoader(CONCURRENT_MAP, "computeIfAbsent", CACHES, HOLDS_LOCK, JOINS, SHARES),
          keyThenLoader(CONCURRENT_MAP, "computeIfPresent", CACHES, HOLDS_LOCK, SHARES),
          keyThenLoader(CONCURRENT_MAP, "compute", CACHES, HOLDS_LOCK, SHARES),
          // whether one of these holds a lock depends on what map it is
          keyThenLoader(MAP, "computeIfAbsent", CACHES, SHARES),
          keyThenLoader(MAP, "computeIfPresent", CACHES, SHARES),
          keyThenLoader(MAP, "compute", CACHES, SHARES),
          // its function is given two values, not the key
          keyThenLoader(CONCURRENT_MAP, "merge", HOLDS_LOCK).loaderAt(2).withoutKey());

  private static final ImmutableList<Api> CACHE_LIBRARIES =
      ImmutableList.of(
          cache(CAFFEINE + "Cache", "get", HOLDS_LOCK, JOINS),
          cache(CAFFEINE + "Cache", "getAll", BULK),
          keyOnly(CAFFEINE + "Cache", "asMap", 0, VIEWS),
          kept(CAFFEINE + "LoadingCache", "get", HOLDS_LOCK, JOINS, BLOCKS),
          kept(CAFFEINE + "LoadingCache", "getAll", BULK, BLOCKS),
          // its executor runs a plain function, but a function of key and executor runs at once
          cache(CAFFEINE + "AsyncCache", "get", ASYNC, HOLDS_LOCK, JOINS).takes("BiFunction"),
          cache(CAFFEINE + "AsyncCache", "get", ASYNC, JOINS),
          cache(CAFFEINE + "AsyncCache", "getAll", ASYNC, BULK),
          keyOnly(CAFFEINE + "AsyncCache", "asMap", 0, VIEWS),
          keyOnly(CAFFEINE + "AsyncCache", "synchronous", 0, VIEWS),
          kept(CAFFEINE + "AsyncLoadingCache", "get", ASYNC, JOINS),
          kept(CAFFEINE + "AsyncLoadingCache", "getAll", ASYNC, BULK),
          builder(CAFFEINE + "Caffeine", "build", HOLDS_LOCK, JOINS),
          builder(CAFFEINE + "Caffeine", "buildAsync", ASYNC, JOINS),
          cache(GUAVA + "Cache", "get", HOLDS_LOCK, JOINS),
          keyOnly(GUAVA + "Cache", "asMap", 0, VIEWS),
          kept(GUAVA + "LoadingCache", "get", HOLDS_LOCK, JOINS, BLOCKS),
          kept(GUAVA + "LoadingCache", "getUnchecked", HOLDS_LOCK, JOINS, BLOCKS),
          kept(GUAVA + "LoadingCache", "getAll", BULK, BLOCKS),
          builder(GUAVA + "CacheBuilder", "build", HOLDS_LOCK, JOINS),
          builder(GUAVA + "CacheLoader", "from", HOLDS_LOCK, JOINS),
          cache(CACHE2K + "Cache", "computeIfAbsent", HOLDS_LOCK, JOINS),
          keyOnly(CACHE2K + "Cache", "asMap", 0, VIEWS),
          builder(CACHE2K + "Cache2kBuilder", "loader", HOLDS_LOCK, JOINS));

  private static final ImmutableList<Api> FRAMEWORKS =
      ImmutableList.of(
          cache(SPRING, "get", BLOCKS),
          cache(SPRING, "retrieve", ASYNC),
          cache(JETCACHE, "computeIfAbsent", BLOCKS),
          keyOnly(JETCACHE, "asMap", 0, VIEWS),
          cache(QUARKUS, "get", BLOCKS, JOINS),
          cache(QUARKUS, "getAsync", ASYNC, JOINS),
          cache(MICRONAUT + "SyncCache", "get", BLOCKS).loaderAt(2),
          // an entry processor is given the entry, which the cache locks, and keeps it by value
          keyThenLoader("javax.cache.Cache", "invoke", HOLDS_LOCK).withoutKey());

  static final ImmutableList<Api> APIS =
      ImmutableList.<Api>builder()
          .addAll(OWN)
          .addAll(MAPS)
          .addAll(CACHE_LIBRARIES)
          .addAll(FRAMEWORKS)
          .build();

  /** A hand-made memoizer's last step: the value is there, and is put for those who come later. */
  static final Api MEMO = keyThenLoader(MAP, "put", CACHES, VALUE, SHARES);

  private BuiltIn() {}

  /** Of a library's cache, by a loader that is given along. */
  private static Api cache(String type, String method, Trait... traits) {
    return keyThenLoader(type, method, traits).with(CACHES, SHARES, EXPIRES);
  }

  /** Of a library's cache, by the loader that it was built with. */
  private static Api kept(String type, String method, Trait... traits) {
    return keyOnly(type, method, 1, traits).with(CACHES, SHARES, EXPIRES);
  }

  /** Gives a library's cache the loader that it is to keep. */
  private static Api builder(String type, String method, Trait... traits) {
    return loaderOnly(type, method, traits).with(CACHES, SHARES, EXPIRES, KEEPS_LOADER);
  }
}
