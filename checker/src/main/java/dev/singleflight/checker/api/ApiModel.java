package dev.singleflight.checker.api;

/**
 * What a library says of its own caches, so that the checks know them without being told by each
 * user. The library ships an implementation with a public constructor, and names it in {@code
 * META-INF/services/dev.singleflight.checker.api.ApiModel}; it is found on the path that the
 * checker itself is on.
 */
public interface ApiModel {

  /** The methods that load, as rows of the table. */
  Iterable<Api> apis();
}
