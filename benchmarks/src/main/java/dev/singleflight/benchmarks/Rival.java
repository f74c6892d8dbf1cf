package dev.singleflight.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a JMH method that another method of its class is compared with. The ratio is the score of
 * that other one, the subject, divided by the score of this one, under the same conditions.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Rival {

  /** The name of the subject's method. */
  String of();

  /** The highest ratio that is good, for times; not given if there is no such target. */
  double atMost() default Double.NaN;

  /** The lowest ratio that is good, for throughputs; not given if there is no such target. */
  double atLeast() default Double.NaN;
}
