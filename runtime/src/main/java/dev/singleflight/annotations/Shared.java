package dev.singleflight.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a result that other callers hold too, so that nobody may change it.
 *
 * <p>On a method it means the value that it returns, and whatever can be reached from it; on a
 * type, each value of that type that another part of the program handed out. Who wants to change it
 * has to copy it first.
 *
 * <pre>{@code
 * @Shared
 * List<Role> roles(long userId) {
 *   return roles.execute(userId, key -> directory.rolesOf(key));
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Shared {}
