package dev.singleflight.checker.api;

import static dev.singleflight.checker.api.Api.keyOnly;
import static dev.singleflight.checker.api.Api.keyThenLoader;
import static dev.singleflight.checker.api.Api.loaderOnly;
import static dev.singleflight.checker.api.Trait.ASYNC;
import static dev.singleflight.checker.api.Trait.BLOCKS;
import static dev.singleflight.checker.api.Trait.CACHES;
import static dev.singleflight.checker.api.Trait.COALESCES;
import static dev.singleflight.checker.api.Trait.CREATES;
import static dev.singleflight.checker.api.Trait.FORGETS;
import static dev.singleflight.checker.api.Trait.HOLDS_LOCK;
import static dev.singleflight.checker.api.Trait.KEEPS_LOADER;
import static dev.singleflight.checker.api.Trait.SELECTS;
import static dev.singleflight.checker.api.Trait.VALUE;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/** The APIs that are known without being told. To add one, add a row. */
final class BuiltIn {
  static final String GROUP = "dev.singleflight.SingleflightGroup";
  private static final String LOADER = "dev.singleflight.SingleflightLoader";
  private static final String BUILDER = LOADER + ".Builder";
  private static final String TENANTS = "dev.singleflight.TenantLoader";
  private static final String MAP = "java.util.Map";
  private static final String CONCURRENT_MAP = "java.util.concurrent.ConcurrentMap";
  private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.";
  private static final String GUAVA = "com.google.common.cache.";

  static final ImmutableList<Api> APIS =
      ImmutableList.of(
          keyThenLoader(GROUP, "execute", COALESCES, BLOCKS),
          keyThenLoader(GROUP, "executeShared", COALESCES, BLOCKS),
          keyThenLoader(GROUP, "executeAsync", COALESCES, ASYNC),
          new Api(GROUP, "forget", ImmutableSet.of(0), Api.NO_LOADER, ImmutableSet.of(FORGETS)),
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
          keyOnly(TENANTS, "invalidateAll", 1, FORGETS),
          // these hold a lock of their own while the loader runs
          keyThenLoader(CONCURRENT_MAP, "computeIfAbsent", CACHES, HOLDS_LOCK),
          keyThenLoader(CONCURRENT_MAP, "computeIfPresent", CACHES, HOLDS_LOCK),
          keyThenLoader(CONCURRENT_MAP, "compute", CACHES, HOLDS_LOCK),
          // whether one of these holds a lock depends on what map it is
          keyThenLoader(MAP, "computeIfAbsent", CACHES),
          keyThenLoader(MAP, "compute", CACHES),
          // its function is given two values, not the key
          new Api(CONCURRENT_MAP, "merge", ImmutableSet.of(), 2, ImmutableSet.of(HOLDS_LOCK)),
          keyThenLoader(CAFFEINE + "Cache", "get", CACHES, HOLDS_LOCK),
          keyThenLoader(CAFFEINE + "Cache", "getAll", CACHES),
          loaderOnly(CAFFEINE + "Caffeine", "build", CACHES, HOLDS_LOCK, KEEPS_LOADER),
          keyThenLoader(GUAVA + "Cache", "get", CACHES, HOLDS_LOCK),
          loaderOnly(GUAVA + "CacheBuilder", "build", CACHES, HOLDS_LOCK, KEEPS_LOADER),
          loaderOnly(GUAVA + "CacheLoader", "from", CACHES, HOLDS_LOCK, KEEPS_LOADER));

  /** A hand-made memoizer's last step: the value is there, and is put for those who come later. */
  static final Api MEMO = keyThenLoader(MAP, "put", CACHES, VALUE);

  private BuiltIn() {}
}
