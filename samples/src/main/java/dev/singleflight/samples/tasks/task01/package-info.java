/** Task 1: a hundred callers, one load. */
@NullMarked
package dev.singleflight.samples.tasks.task01;

import org.jspecify.annotations.NullMarked;
