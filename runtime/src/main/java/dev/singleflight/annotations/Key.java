package dev.singleflight.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the parameter of a {@link Coalescing} method that says which calls may share a load: those
 * whose arguments are equal. With several, all of them have to be equal.
 *
 * <pre>{@code
 * @Coalescing
 * Price price(@Key Currency currency, @Key LocalDate day, @LoaderArgument Supplier<Price> loader);
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER})
public @interface Key {}
