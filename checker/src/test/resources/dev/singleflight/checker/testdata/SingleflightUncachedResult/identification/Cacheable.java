package org.springframework.cache.annotation;

/** A stub. */
public @interface Cacheable {
  String[] value() default {};
}
