package org.springframework.cache.annotation;

/** A stub. */
public @interface CachePut {
  String[] value() default {};

  String[] cacheNames() default {};

  String key() default "";

  String keyGenerator() default "";

  String condition() default "";

  String unless() default "";
}
