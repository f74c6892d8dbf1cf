package io.micronaut.cache.annotation;

/** A stub. */
public @interface Cacheable {
  String[] value() default {};

  String[] parameters() default {};
}
