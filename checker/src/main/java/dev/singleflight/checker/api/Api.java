package dev.singleflight.checker.api;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.ImmutableSet;

/**
 * A method that loads a value for a key.
 *
 * @param type the declaring type's qualified name
 * @param method the method's name; its overloads share a row, told apart by their parameters
 * @param keys positions of the parameters that make up the key; empty where the loader brings it
 * @param loader position of the loader, or {@link #NO_LOADER}
 * @param loaderType the simple name of the loader's type, where overloads differ in that only;
 *     empty for whatever can be a loader
 * @param traits what holds for it
 */
public record Api(
    String type,
    String method,
    ImmutableSet<Integer> keys,
    int loader,
    String loaderType,
    ImmutableSet<Trait> traits) {

  /** The loader is not an argument. */
  public static final int NO_LOADER = -1;

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** Whether a call of it is answered with what a load returned, which others are given too. */
  public boolean isLoad() {
    return has(Trait.COALESCES) && !has(Trait.KEEPS_LOADER);
  }

  /**
   * Whether it is a cache or map of somebody else's that loads what it has not: what is known of
   * such is less, and what is found there weighs less.
   */
  public boolean isCache() {
    return has(Trait.CACHES) && !has(Trait.COALESCES);
  }

  /** Whether a call of it brings the loader along. */
  public boolean takesLoader() {
    return loader != NO_LOADER;
  }

  /** A row of the table for a method called with a key and then a loader. */
  public static Api keyThenLoader(String type, String method, Trait... traits) {
    return new Api(type, method, ImmutableSet.of(0), 1, "", ImmutableSet.copyOf(traits));
  }

  /** A row for a method whose first arguments are the key, of an object that keeps its loader. */
  public static Api keyOnly(String type, String method, int keys, Trait... traits) {
    return new Api(
        type,
        method,
        ContiguousSet.closedOpen(0, keys),
        NO_LOADER,
        "",
        ImmutableSet.copyOf(traits));
  }

  /** A row for a method that is only given a loader: the key is the loader's own parameter. */
  public static Api loaderOnly(String type, String method, Trait... traits) {
    return new Api(type, method, ImmutableSet.of(), 0, "", ImmutableSet.copyOf(traits));
  }

  /** The same row with the loader at another position. */
  public Api loaderAt(int position) {
    return new Api(type, method, keys, position, loaderType, traits);
  }

  /** The same row for the overload whose loader is of this type. */
  public Api takes(String loader) {
    return new Api(type, method, keys, this.loader, loader, traits);
  }

  /** The same row with further traits. */
  Api with(Trait... more) {
    ImmutableSet<Trait> all = ImmutableSet.<Trait>builder().addAll(traits).add(more).build();
    return new Api(type, method, keys, loader, loaderType, all);
  }

  /** The same row for a loader that is not given the key. */
  Api withoutKey() {
    return new Api(type, method, ImmutableSet.of(), loader, loaderType, traits);
  }
}
