package dev.singleflight.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what identifies a tenant: a customer, an account or a realm whose data others must not see.
 *
 * <p>A loader that uses it must have it in the key, or else in the choice of the group. On a type
 * it means each value of that type; on a method, the value that it returns.
 *
 * <pre>{@code
 * record DocumentKey(@Tenant String workspace, long id) {}
 *
 * Document document(@Tenant String workspace, long id) {
 *   return documents.execute(
 *       new DocumentKey(workspace, id), key -> store.read(key.workspace(), key.id()));
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
public @interface Tenant {}
