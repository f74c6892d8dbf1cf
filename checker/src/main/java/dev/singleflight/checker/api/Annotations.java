package dev.singleflight.checker.api;

import static dev.singleflight.checker.api.CacheAnnotation.Keys.EXPRESSION;
import static dev.singleflight.checker.api.CacheAnnotation.Keys.MARKED;
import static dev.singleflight.checker.api.CacheAnnotation.Keys.NAMED;
import static dev.singleflight.checker.api.CacheAnnotation.Role.CACHES;
import static dev.singleflight.checker.api.CacheAnnotation.Role.EVICTS;
import static dev.singleflight.checker.api.CacheAnnotation.Role.EVICTS_ALL;
import static dev.singleflight.checker.api.CacheAnnotation.Role.PUTS;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol;
import dev.singleflight.checker.api.CacheAnnotation.Role;
import dev.singleflight.checker.source.Symbols;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The annotations that cache, which are known without being told. To add one, add a row. */
public final class Annotations {
  private static final ImmutableSet<String> NAMES = ImmutableSet.of("value", "cacheNames");
  private static final ImmutableSet<String> UNSEEN =
      ImmutableSet.of("keyGenerator", "cacheResolver", "cacheKeyGenerator", "cacheResolverFactory");

  static final ImmutableList<CacheAnnotation> ROWS =
      ImmutableList.<CacheAnnotation>builder()
          .add(spring("Cacheable", CACHES), spring("CachePut", PUTS), spring("CacheEvict", EVICTS))
          .addAll(jcache("javax.cache.annotation."))
          .addAll(jcache("jakarta.cache.annotation."))
          .add(jetCache("Cached", CACHES))
          .add(jetCache("CacheUpdate", PUTS), jetCache("CacheInvalidate", EVICTS))
          .add(quarkus("CacheResult", CACHES), quarkus("CacheInvalidate", EVICTS))
          .add(quarkus("CacheInvalidateAll", EVICTS_ALL))
          .add(micronaut("Cacheable", CACHES), micronaut("CachePut", PUTS))
          .add(micronaut("CacheInvalidate", EVICTS))
          .build();

  private static final ImmutableMap<String, CacheAnnotation> BY_TYPE =
      Maps.uniqueIndex(ROWS, CacheAnnotation::type);

  /** Annotations that hold others of these, by their qualified names. */
  private static final ImmutableSet<String> CONTAINERS =
      ImmutableSet.of(
          "org.springframework.cache.annotation.Caching",
          "com.alicp.jetcache.anno.CacheInvalidateContainer",
          "io.quarkus.cache.CacheInvalidate.List",
          "io.quarkus.cache.CacheInvalidateAll.List",
          "io.micronaut.cache.annotation.PutOperations",
          "io.micronaut.cache.annotation.InvalidateOperations");

  /** Of a class: what its annotated methods do not say themselves. */
  private static final ImmutableSet<String> DEFAULTS =
      ImmutableSet.of(
          "org.springframework.cache.annotation.CacheConfig",
          "javax.cache.annotation.CacheDefaults",
          "jakarta.cache.annotation.CacheDefaults",
          "io.micronaut.cache.annotation.CacheConfig");

  /** The simple names that all these go by. */
  static final ImmutableSet<String> SIMPLE_NAMES = simpleNames();

  private Annotations() {}

  private static CacheAnnotation spring(String name, Role role) {
    return new CacheAnnotation(
        "org.springframework.cache.annotation." + name, role, EXPRESSION, NAMES, UNSEEN, true);
  }

  private static ImmutableList<CacheAnnotation> jcache(String pack) {
    return ImmutableList.of(
        jcache(pack + "CacheResult", CACHES),
        jcache(pack + "CachePut", PUTS),
        jcache(pack + "CacheRemove", EVICTS),
        jcache(pack + "CacheRemoveAll", EVICTS_ALL));
  }

  private static CacheAnnotation jcache(String type, Role role) {
    return new CacheAnnotation(type, role, MARKED, ImmutableSet.of("cacheName"), UNSEEN, true);
  }

  private static CacheAnnotation jetCache(String name, Role role) {
    return new CacheAnnotation(
        "com.alicp.jetcache.anno." + name,
        role,
        EXPRESSION,
        ImmutableSet.of("name"),
        ImmutableSet.of(),
        true);
  }

  /** Quarkus puts the interceptor into a subclass, which the object's own calls come through. */
  private static CacheAnnotation quarkus(String name, Role role) {
    return new CacheAnnotation(
        "io.quarkus.cache." + name, role, MARKED, ImmutableSet.of("cacheName"), UNSEEN, false);
  }

  /** Micronaut makes a subclass, too. */
  private static CacheAnnotation micronaut(String name, Role role) {
    return new CacheAnnotation(
        "io.micronaut.cache.annotation." + name, role, NAMED, NAMES, UNSEEN, false);
  }

  private static ImmutableSet<String> simpleNames() {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    ROWS.forEach(row -> names.add(row.simpleName()));
    for (String type : CONTAINERS) {
      names.add(type.substring(type.lastIndexOf('.') + 1));
    }
    return names.build();
  }

  /** The row of an annotation; null where it is none of these, such as JPA's Cacheable. */
  public static @Nullable CacheAnnotation row(Attribute.Compound annotation) {
    return BY_TYPE.get(Symbols.qualifiedName(annotation.type));
  }

  /** Whether an annotation holds others of these. */
  static boolean isContainer(Attribute.Compound annotation) {
    return CONTAINERS.contains(Symbols.qualifiedName(annotation.type));
  }

  /** What a class says for all its methods. */
  static Attribute.@Nullable Compound defaults(Symbol type) {
    for (Attribute.Compound annotation : type.getRawAttributes()) {
      if (DEFAULTS.contains(Symbols.qualifiedName(annotation.type))) {
        return annotation;
      }
    }
    return null;
  }

  /** Whether something is annotated with one of these. */
  public static boolean isOn(Symbol symbol) {
    for (Attribute.Compound annotation : symbol.getRawAttributes()) {
      if (SIMPLE_NAMES.contains(annotation.type.tsym.name.toString())
          && (row(annotation) != null || isContainer(annotation))) {
        return true;
      }
    }
    return false;
  }

  /** Names of the annotations that cache and that an object's own calls go past. */
  public static Stream<String> proxied() {
    return ROWS.stream()
        .filter(row -> row.isProxied() && row.role() == CACHES)
        .map(CacheAnnotation::type);
  }

  /** The row of the annotation that caches what a method returns, and is written on it itself. */
  public static @Nullable CacheAnnotation caching(Symbol symbol) {
    for (Attribute.Compound annotation : symbol.getRawAttributes()) {
      CacheAnnotation row = row(annotation);
      if (row != null && row.role() == CACHES) {
        return row;
      }
    }
    return null;
  }
}
