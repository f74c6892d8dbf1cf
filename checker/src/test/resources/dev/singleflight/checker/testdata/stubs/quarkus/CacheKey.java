package io.quarkus.cache;

/** A stub. */
public @interface CacheKey {}
