package dev.singleflight.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what belongs to one caller: its request, session, credentials, transaction or deadline.
 *
 * <p>A loader must not use it, since what it loads goes to other callers too. On a type it means
 * each value of that type; on a method, the value that it returns.
 *
 * <pre>{@code
 * @PerCaller
 * final class Deadline {
 *   boolean isOver() { … }
 * }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({
  ElementType.TYPE,
  ElementType.FIELD,
  ElementType.METHOD,
  ElementType.PARAMETER,
  ElementType.LOCAL_VARIABLE,
  ElementType.RECORD_COMPONENT
})
public @interface PerCaller {}
