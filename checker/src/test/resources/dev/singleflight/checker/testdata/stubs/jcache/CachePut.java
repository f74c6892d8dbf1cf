package javax.cache.annotation;

/** A stub. */
public @interface CachePut {
  String cacheName() default "";
}
