package org.springframework.cache.annotation;

/** A stub. */
public @interface CacheEvict {
  String[] value() default {};

  String[] cacheNames() default {};

  String key() default "";

  String keyGenerator() default "";

  String condition() default "";

  boolean allEntries() default false;

  boolean beforeInvocation() default false;
}
