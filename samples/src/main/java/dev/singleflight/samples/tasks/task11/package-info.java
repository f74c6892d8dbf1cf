/** Task 11: a cache in two tiers, each of which coalesces. */
@NullMarked
package dev.singleflight.samples.tasks.task11;

import org.jspecify.annotations.NullMarked;
