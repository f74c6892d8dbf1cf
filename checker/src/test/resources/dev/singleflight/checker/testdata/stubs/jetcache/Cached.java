package com.alicp.jetcache.anno;

/** A stub. */
public @interface Cached {
  String name() default "";

  String key() default "";

  boolean cacheNullValue() default false;
}
