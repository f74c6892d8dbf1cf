package com.alicp.jetcache.anno;

/** A stub. */
public @interface CacheInvalidate {
  String name();

  String key() default "";
}
