package dev.singleflight.checker.api;

import com.google.common.collect.ImmutableSet;

/**
 * An annotation that caches what a method returns, or drops or replaces what another has cached.
 *
 * @param type the annotation's qualified name
 * @param role what it does
 * @param keys how it says what the key is
 * @param names attributes that name the caches
 * @param unseen attributes that, when given, leave the key to code that cannot be seen
 * @param isProxied whether a proxy around the object does it, so that the object's own calls go
 *     past
 */
public record CacheAnnotation(
    String type,
    Role role,
    Keys keys,
    ImmutableSet<String> names,
    ImmutableSet<String> unseen,
    boolean isProxied) {

  /** What an annotation does to the cache when its method is called. */
  public enum Role {
    /** The method runs where the cache has no entry, and what it returns becomes the entry. */
    CACHES,
    /** The method always runs, and what it returns becomes the entry. */
    PUTS,
    /** The entry goes. */
    EVICTS,
    /** All entries go. */
    EVICTS_ALL
  }

  /** How an annotation says what the key is; where it says nothing, it is all parameters. */
  public enum Keys {
    /** By an expression, in the attribute {@code key}. */
    EXPRESSION,
    /** By the names of parameters, in the attribute {@code parameters}. */
    NAMED,
    /** By annotations of parameters, called {@code CacheKey}. */
    MARKED
  }

  /** As it is written. */
  public String simpleName() {
    return type.substring(type.lastIndexOf('.') + 1);
  }
}
