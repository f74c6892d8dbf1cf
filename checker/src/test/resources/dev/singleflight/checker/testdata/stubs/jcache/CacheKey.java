package javax.cache.annotation;

/** A stub. */
public @interface CacheKey {}
