/** Measures the same stampede with coalescing off and on. */
@NullMarked
package dev.singleflight.samples.service.loadtest;

import org.jspecify.annotations.NullMarked;
