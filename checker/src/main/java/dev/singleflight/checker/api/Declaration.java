package dev.singleflight.checker.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.sun.tools.javac.code.Attribute;
import dev.singleflight.checker.api.CacheAnnotation.Role;
import org.jspecify.annotations.Nullable;

/**
 * What an annotation says of a method: which caches it goes to, by which key, and when.
 *
 * @param annotation the row of the annotation
 * @param mirror the annotation as it is written
 * @param caches the names of the caches; empty where the annotation leaves that to a default
 * @param key what the key is made of; unseen where that is left to code that is not in sight
 * @param keyText the key as it is written; empty where it is left to the default, all parameters
 * @param keys positions of the parameters that are in the key as they are
 */
public record Declaration(
    CacheAnnotation annotation,
    Attribute.Compound mirror,
    ImmutableSet<String> caches,
    Spel key,
    String keyText,
    ImmutableSet<Integer> keys) {

  public Role role() {
    return annotation.role();
  }

  /** Whether it is known what the key is made of. */
  public boolean isKeyKnown() {
    return !key.has(Spel.Unseen.class);
  }

  /** Whether the key is all parameters, since nothing else is said. */
  public boolean isDefaultKey() {
    return keyText.isEmpty();
  }

  /** What an attribute is given, as text; empty where it is left out. */
  public String attribute(String name) {
    Attribute value = value(mirror, name);
    return value == null ? "" : text(value);
  }

  /** Whether an attribute is given as true. */
  public boolean isSet(String name) {
    Attribute value = value(mirror, name);
    return value != null && value.getValue() instanceof Boolean set && set;
  }

  static @Nullable Attribute value(Attribute.Compound annotation, String name) {
    for (var pair : annotation.values) {
      if (pair.fst.name.contentEquals(name)) {
        return pair.snd;
      }
    }
    return null;
  }

  static String text(Attribute value) {
    return value.getValue() instanceof String text ? text : value.toString();
  }

  /** The texts of an attribute that takes one or more. */
  static ImmutableList<String> texts(@Nullable Attribute value) {
    if (value == null) {
      return ImmutableList.of();
    }
    if (!(value instanceof Attribute.Array array)) {
      return ImmutableList.of(text(value));
    }
    ImmutableList.Builder<String> texts = ImmutableList.builder();
    for (Attribute element : array.values) {
      texts.add(text(element));
    }
    return texts.build();
  }
}
