package io.quarkus.cache;

/** A stub. */
public @interface CacheResult {
  String cacheName();
}
