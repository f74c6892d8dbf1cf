package org.springframework.cache.annotation;

/** A stub. */
public @interface EnableCaching {
  Mode mode() default Mode.PROXY;

  /** A stub. */
  enum Mode {
    PROXY,
    ASPECTJ
  }
}
