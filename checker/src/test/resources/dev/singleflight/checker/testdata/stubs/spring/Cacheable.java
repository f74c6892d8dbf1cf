package org.springframework.cache.annotation;

/** A stub. */
public @interface Cacheable {
  String[] value() default {};

  String[] cacheNames() default {};

  String key() default "";

  String keyGenerator() default "";

  String condition() default "";

  String unless() default "";

  boolean sync() default false;
}
