package jakarta.persistence;

/** A stub. */
public @interface Cacheable {
  boolean value() default true;
}
