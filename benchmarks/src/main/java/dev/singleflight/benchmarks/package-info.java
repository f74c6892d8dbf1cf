/** What coalescing costs beside what people use instead, as ratios from the same run. */
@NullMarked
package dev.singleflight.benchmarks;

import org.jspecify.annotations.NullMarked;
