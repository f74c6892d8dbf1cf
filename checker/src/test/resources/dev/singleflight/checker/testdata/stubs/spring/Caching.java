package org.springframework.cache.annotation;

/** A stub. */
public @interface Caching {
  Cacheable[] cacheable() default {};

  CachePut[] put() default {};

  CacheEvict[] evict() default {};
}
