package dev.singleflight.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method whose overlapping calls with equal keys share one run of a loader.
 *
 * <p>The checks then treat its calls as they treat those of {@code SingleflightGroup.execute}.
 * {@link Key} and {@link LoaderArgument} say which arguments are which.
 *
 * <pre>{@code
 * interface Memo<K, V> {
 *   @Coalescing
 *   V get(@Key K key, @LoaderArgument Function<? super K, ? extends V> loader);
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD})
public @interface Coalescing {}
