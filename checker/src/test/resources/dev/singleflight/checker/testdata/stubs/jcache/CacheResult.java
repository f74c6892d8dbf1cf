package javax.cache.annotation;

/** A stub. */
public @interface CacheResult {
  String cacheName() default "";
}
