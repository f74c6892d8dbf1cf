package dev.singleflight.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the parameter of a {@link Coalescing} method that is run to load the value, once for all
 * callers that share the load.
 *
 * <pre>{@code
 * @Coalescing
 * User user(@Key long id, @LoaderArgument Callable<User> query) throws Exception;
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER})
public @interface LoaderArgument {}
