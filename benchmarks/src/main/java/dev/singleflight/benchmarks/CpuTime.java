package dev.singleflight.benchmarks;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a JMH class whose methods are compared by the processor time of their threads, which on a
 * machine that others use too is far steadier than the time that passes. For methods that never
 * wait. What the collector's threads do is not in it; the bytes an operation say how much that is.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface CpuTime {}
