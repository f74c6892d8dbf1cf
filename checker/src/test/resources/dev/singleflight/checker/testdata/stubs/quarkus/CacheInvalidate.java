package io.quarkus.cache;

/** A stub. */
public @interface CacheInvalidate {
  String cacheName();
}
