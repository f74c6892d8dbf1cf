package dev.singleflight.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says how many bytes an operation of a JMH method that is a subject may allocate. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface BytesAtMost {
  int value();
}
