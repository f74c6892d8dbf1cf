package org.springframework.cache.annotation;

/** A stub. */
public @interface CacheConfig {
  String[] cacheNames() default {};

  String keyGenerator() default "";
}
