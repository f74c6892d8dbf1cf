package org.springframework.cache.annotation;

/** A stub. */
public @interface CacheEvict {
  String[] value() default {};
}
